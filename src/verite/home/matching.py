"""The customers that what was typed may mean: an identity, a case, a shown id, a beginning."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final

import numpy as np

from verite.home.finding import find_person, spellings
from verite.text.contacts import country_of
from verite.words.customer import show_person
from verite.words.errors import BadInput
from verite.words.stories import Match

if TYPE_CHECKING:
    from verite.home.desk import Desk

_LEAST: Final = 4  # letters of a beginning; fewer would list everybody
_AT_MOST: Final = 20
_ASIDE: Final = ("email", "phone", "device")  # beginnings of these are for who may join people


def match_people(desk: Desk, asked: str, *, widely: bool) -> tuple[Match, ...]:
    """Who is meant. A whole identity, id or case finds its customer; else a beginning, some.

    Beginnings of e-mails and phones are tried for who may see everything (`widely`) only:
    typing letter after letter would spell out addresses that the pages mask.
    """
    text = asked.strip()
    if not text:
        return ()
    person = _by_case(desk, text)
    if person is not None:
        return (Match(person=show_person(person), by="case"),)
    with suppress(BadInput):
        person = find_person(desk, text)
        country = desk.settings.country or country_of(desk.settings.zone)
        known = (name for name in spellings(text, country) if desk.ledger.key_of(name))
        named = next(known, None)
        by = "identity" if named is not None else "person"
        return (Match(person=show_person(person), by=by, identity=named),)
    return _by_start(desk, text, widely=widely)


def _by_case(desk: Desk, text: str) -> int | None:
    timeline = desk.timeline
    if not timeline.rows:
        return None
    labels = timeline.labels("case_id")
    code = labels.index(text) if text in labels else -1
    if code < 0:
        return None
    row = int(np.argmax(timeline.codes("case_id") == code))
    place = int(np.searchsorted(timeline.starts, row, "right")) - 1
    return int(timeline.persons[place])


def _by_start(desk: Desk, text: str, *, widely: bool) -> tuple[Match, ...]:
    _, colon, bare = text.partition(":")
    if len(bare if colon else text) < _LEAST:
        return ()
    found: dict[int, Match] = {}
    for start in [text] if colon else [f"{guess}:{text}" for guess in _kinds(widely=widely)]:
        if start.partition(":")[0] in _ASIDE and not widely:
            continue
        for name in desk.ledger.names_starting(start, limit=_AT_MOST):
            person = find_person(desk, name)
            match = Match(person=show_person(person), by="start", identity=name)
            found.setdefault(person, match)
    return tuple(found.values())[:_AT_MOST]


def _kinds(*, widely: bool) -> tuple[str, ...]:
    return ("user", "account", "card", *(_ASIDE if widely else ()))
