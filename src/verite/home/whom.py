"""The person meant by an identity or a shown id, with every key and name of theirs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from verite.home.finding import find_person

if TYPE_CHECKING:
    from verite.home.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Whom:
    """One person: their key, every key of theirs, and the names behind them."""

    person: int
    keys: tuple[int, ...]
    names: tuple[str, ...]


def whom(desk: Desk, asked: str) -> Whom:
    """The person meant; one clear refusal for nobody."""
    person = find_person(desk, asked)
    keys = desk.ledger.keys_with(person)
    return Whom(person=person, keys=keys, names=desk.ledger.names_of(keys))


def with_orphans(desk: Desk, whose: Whom) -> Whom:
    """The same person with the identities known only through them."""
    keys = desk.ledger.widened(whose.keys)
    return Whom(person=whose.person, keys=keys, names=desk.ledger.names_of(keys))
