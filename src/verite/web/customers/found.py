"""A customer asked by an address, told in the zone of the home."""

from __future__ import annotations

from typing import cast
from zoneinfo import ZoneInfo

from verite.home import Home
from verite.home.one_customer import read_customer
from verite.sentences.zones import in_zone
from verite.words.customer import Customer, read_person
from verite.words.errors import BadInput


def customer_there(home: Home, person: str, case: str | None = None) -> Customer:
    """The customer behind a shown id, told by one case, their times in the zone of the home.

    Only an id: an address that took identities too would put e-mails in histories and logs.
    """
    key, desk = read_person(person), home.desk
    if key is None or not desk.ledger.names_of((key,)):
        raise BadInput("unknown_customer", fields={"customer": person})
    found = desk.recovering(lambda: read_customer(home, desk.ledger.person_of(key), case))
    return cast("Customer", in_zone(found, home.settings.zone))


def zone_of(home: Home) -> ZoneInfo:
    """The zone of the home."""
    return ZoneInfo(home.settings.zone)
