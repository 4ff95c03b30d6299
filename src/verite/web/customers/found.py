"""A customer asked by an address, told in the zone of the home."""

from __future__ import annotations

from dataclasses import replace
from typing import cast
from zoneinfo import ZoneInfo

from verite.home import Home
from verite.home.one_customer import read_customer
from verite.records.audit.records import mark
from verite.records.current import current_alias
from verite.sentences.episodes import MENU
from verite.sentences.zones import in_zone
from verite.web.language import language
from verite.web.touchpoints.naming import Names, names_of
from verite.words.customer import Customer, Remembered, read_person
from verite.words.errors import BadInput


def customer_there(home: Home, person: str, case: str | None = None) -> Customer:
    """The customer behind a shown id, told by one case, in the zone and the names of the home.

    Only an id: an address that took identities too would put e-mails in histories and logs.
    """
    key, desk = read_person(person), home.desk
    if key is None or not desk.ledger.names_of((key,)):
        raise BadInput("unknown_customer", fields={"customer": person})
    found = desk.recovering(lambda: read_customer(home, desk.ledger.person_of(key), case))
    there = cast("Customer", in_zone(found, home.settings.zone))
    return _named(there, _names(home))


def _names(home: Home) -> Names:
    """The names of touchpoints, read once until somebody changes the records."""
    question = ("touchpoint names", mark(using=current_alias()), language())
    return home.desk.answer(question, lambda: names_of(home))


def _named(customer: Customer, names: Names) -> Customer:
    """Touchpoints by the names that designed maps give them; the voice menu keeps its key."""
    known = {beat.touchpoint for beat in customer.timeline} - {None, MENU}
    called = {key: names.name(key) for key in known if key is not None}

    def moment(kept: Remembered | None) -> Remembered | None:
        if kept is None or kept.touchpoint is None:
            return kept
        return replace(kept, touchpoint=called.get(kept.touchpoint, kept.touchpoint))

    feeling = customer.feeling
    return replace(
        customer,
        timeline=tuple(
            replace(beat, touchpoint=called.get(beat.touchpoint or "", beat.touchpoint))
            for beat in customer.timeline
        ),
        feeling=replace(
            feeling,
            worst=moment(feeling.worst),
            best=moment(feeling.best),
            last=moment(feeling.last),
        ),
    )


def zone_of(home: Home) -> ZoneInfo:
    """The zone of the home."""
    return ZoneInfo(home.settings.zone)
