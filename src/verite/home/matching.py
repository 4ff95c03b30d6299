"""The customers that what was typed may mean: an identity, a case, a shown id, a beginning."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import numpy as np

from verite.home.desk import START_OF_TIME
from verite.home.finding import find_person, place_of, spellings
from verite.ledger.efforts import EffortRules
from verite.text.contacts import country_of
from verite.words.customer import show_person
from verite.words.errors import BadInput
from verite.words.stories import Match

if TYPE_CHECKING:
    from collections.abc import Sequence

    from verite.home.desk import Desk

_LEAST: Final = 4  # letters of a beginning; fewer would list everybody
AT_MOST: Final = 20  # told at once; one more says that there are others
_NAMES: Final = 5 * AT_MOST  # read for that: several may be one customer
_CONTACTS: Final = EffortRules().contact_kinds
_MICRO: Final = timedelta(microseconds=1)
_ASIDE: Final = ("email", "phone", "device")  # beginnings of these are for who may join people


def match_people(desk: Desk, asked: str, *, widely: bool) -> tuple[Match, ...]:
    """Who is meant. A whole identity, id or case finds its customer; else a beginning, some.

    Beginnings of e-mails and phones are tried for who may see everything (`widely`) only:
    typing letter after letter would spell out addresses that the pages mask.
    More than `AT_MOST` are cut just after: ask for something more precise.
    """
    text = asked.strip()
    if not text:
        return ()
    person = _by_case(desk, text)
    if person is not None:
        return (_match(desk, person, by="case"),)
    with suppress(BadInput):
        person = find_person(desk, text)
        country = desk.settings.country or country_of(desk.settings.zone)
        known = (name for name in spellings(text, country) if desk.ledger.key_of(name))
        named = next(known, None)
        by = "identity" if named is not None else "person"
        return (_match(desk, person, by=by, identity=named),)
    return _by_start(desk, text, widely=widely)


def _by_case(desk: Desk, text: str) -> int | None:
    timeline = desk.timeline
    if not timeline.rows:
        return None
    code = _place(timeline.labels("case_id"), text)
    if code is None:
        return None
    row = int(np.argmax(timeline.codes("case_id") == code))
    place = int(np.searchsorted(timeline.starts, row, "right")) - 1
    return int(timeline.persons[place])


def _place(labels: Sequence[str], text: str) -> int | None:
    """Where a case number stands, as typed, else whatever its letters' case.

    >>> _place(("t1", "T1", "Bis-2"), "T1"), _place(("T1", "Bis-2"), "bis-2")
    (1, 1)
    """
    if text in labels:
        return labels.index(text)
    low = text.lower()
    return next((at for at, label in enumerate(labels) if label.lower() == low), None)


def _match(desk: Desk, person: int, *, by: str, identity: str | None = None) -> Match:
    """A customer with what tells them from another: their last contact, and why."""
    match = Match(person=show_person(person), by=by, identity=identity)
    timeline, place = desk.timeline, place_of(desk, person)
    if place is None:
        return match
    rows = slice(int(timeline.starts[place]), int(timeline.starts[place + 1]))
    kinds, motives = timeline.labels("kind"), timeline.labels("motive")
    held = [code for code, kind in enumerate(kinds) if kind in _CONTACTS]
    contacts = timeline.ts[rows][np.isin(timeline.codes("kind")[rows], held)]
    codes = timeline.codes("motive")[rows]
    known = codes[codes >= 0]
    return replace(
        match,
        last_at=START_OF_TIME + int(contacts.max()) * _MICRO if len(contacts) else None,
        motive=motives[int(known[-1])] if len(known) else None,
    )


def _by_start(desk: Desk, text: str, *, widely: bool) -> tuple[Match, ...]:
    _, colon, bare = text.partition(":")
    if len(bare if colon else text) < _LEAST:
        return ()
    found: dict[int, str] = {}
    for start in [text] if colon else [f"{guess}:{text}" for guess in _kinds(widely=widely)]:
        if start.partition(":")[0] in _ASIDE and not widely:
            continue
        for name in desk.ledger.names_starting(start, limit=_NAMES):
            found.setdefault(find_person(desk, name), name)
    first = tuple(found.items())[: AT_MOST + 1]
    return tuple(_match(desk, person, by="start", identity=name) for person, name in first)


def _kinds(*, widely: bool) -> tuple[str, ...]:
    return ("user", "account", "card", *(_ASIDE if widely else ()))
