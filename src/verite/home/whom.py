"""The person meant by an identity or a shown id, with every key and name of theirs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from verite.home.finding import find_person
from verite.words.customer import show_person

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


def shown_ids(keys: Iterable[int]) -> tuple[str, ...]:
    """How records know a person: the id that pages show, and the key as the audit writes it.

    >>> shown_ids([1296])
    ('100', '510')
    """
    return tuple(text for key in keys for text in (show_person(key), f"{key:x}"))


def with_orphans(desk: Desk, whose: Whom) -> Whom:
    """The same person with the identities known only through them."""
    keys = desk.ledger.widened(whose.keys)
    return Whom(person=whose.person, keys=keys, names=desk.ledger.names_of(keys))
