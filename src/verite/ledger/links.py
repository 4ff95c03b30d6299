"""Links between identities: a table of their own, with reason and time, so a merge can be undone.

A link that would join two components that already hold two different `user:` (or two different
`account:`) identities is kept pending: a shared mailbox must not melt two customers into one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import numpy as np

from verite.ledger.content import Int64s
from verite.ledger.store import Store

EXCLUSIVE: Final = ("user:", "account:")
_VERSION: Final = "SELECT value FROM counters WHERE name = 'people_version'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Two identities said to be one person, by their keys."""

    one: int
    other: int
    reason: str
    at: datetime


class Links:
    """The links of a home. The components are held in memory and follow other writers."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._components = Components()
        self._known: set[tuple[int, int]] = set()
        self._seen = -1

    @property
    def version(self) -> int:
        """Grows whenever links are applied: with the ledger version, the key of what is derived."""
        return self._store.number(_VERSION)

    @property
    def pending(self) -> tuple[Link, ...]:
        """Links that wait for someone to decide."""
        return self._read("is_applied = 0")

    @property
    def applied(self) -> tuple[Link, ...]:
        """Links in force."""
        return self._read("is_applied = 1")

    def touching(self, keys: Iterable[int], *, is_applied: bool) -> tuple[Link, ...]:
        """Links with one end at least among some keys, in force or waiting."""
        listed = ",".join(str(int(key)) for key in keys)
        ends = f"(one IN ({listed}) OR other IN ({listed}))"
        return self._read(f"is_applied = {int(is_applied)} AND {ends}")

    def arrays(self) -> tuple[Int64s, Int64s]:
        """Both ends of every link in force."""
        rows = self._store.rows("SELECT one, other FROM links WHERE is_applied = 1")
        ends = np.array(rows, dtype=np.int64).reshape(-1, 2)
        return ends[:, 0], ends[:, 1]

    def component(self, key: int) -> tuple[int, ...]:
        """The keys linked to one, itself included."""
        rows = self._store.rows(
            "WITH RECURSIVE mine (key) AS (SELECT ? UNION"
            " SELECT other FROM mine JOIN links ON one = mine.key WHERE is_applied = 1 UNION"
            " SELECT one FROM mine JOIN links ON other = mine.key WHERE is_applied = 1)"
            " SELECT key FROM mine ORDER BY key",
            [key],
        )
        return tuple(int(row[0] or 0) for row in rows)

    def learn(self, named: Sequence[tuple[str, int, str, int, str]], *, at: datetime) -> int:
        """Takes (identity, key, alias, its key, reason), in this order; answers how many apply."""
        self._follow()
        new = [one for one in named if _pair(one[1], one[3]) not in self._known]
        if not new:
            return 0
        rows: list[tuple[int, int, str, str, int]] = []
        for identity, key, alias, other, reason in new:
            pair = _pair(key, other)
            if pair in self._known or key == other:
                continue
            self._name_ends(identity, key, alias, other)
            is_applied = self._components.join(*pair)
            self._known.add(pair)
            rows.append((*pair, reason, at.isoformat(), int(is_applied)))
        self._write(rows)
        return sum(row[4] for row in rows)

    def _name_ends(self, identity: str, key: int, alias: str, other: int) -> None:
        self._components.name(key, identity)
        self._components.name(other, alias)

    def _write(self, rows: Sequence[tuple[int, int, str, str, int]]) -> None:
        applied = any(row[4] for row in rows)
        try:
            with self._store.writing() as cursor:
                cursor.executemany("INSERT OR IGNORE INTO links VALUES (?, ?, ?, ?, ?)", rows)
                cursor.execute(
                    "UPDATE counters SET value = value + ? WHERE name = 'people_version'",
                    [int(applied)],
                )
        except BaseException:
            self._seen = -1  # memory ran ahead of the disk: read again
            raise
        self._seen = self._state()

    def _follow(self) -> None:
        """Reads everything again when another process wrote links."""
        state = self._state()
        if state == self._seen:
            return
        self._components, self._known = Components(), set()
        names = self._store.rows(
            "SELECT key, identity FROM identities WHERE identity >= 'account:'"
            " AND identity < 'account;' OR identity >= 'user:' AND identity < 'user;'"
        )
        for key, identity in names:
            self._components.name(int(key or 0), str(identity))
        for one, other, is_applied in self._store.rows("SELECT one, other, is_applied FROM links"):
            pair = (int(one or 0), int(other or 0))
            self._known.add(pair)
            if is_applied:
                self._components.join(*pair)
        self._seen = state

    def _state(self) -> int:
        return self._store.number("SELECT count(*) FROM links")

    def _read(self, where: str) -> tuple[Link, ...]:
        rows = self._store.rows(
            f"SELECT one, other, reason, at FROM links WHERE {where} ORDER BY at, one, other"
        )
        return tuple(
            Link(
                one=int(one or 0),
                other=int(other or 0),
                reason=str(reason),
                at=datetime.fromisoformat(str(at)),
            )
            for one, other, reason, at in rows
        )


class Components:
    """Union-find over keys that refuses to join two exclusive names of one kind."""

    def __init__(self) -> None:
        self._parent: dict[int, int] = {}
        self._names: dict[int, tuple[str, ...]] = {}

    def name(self, key: int, identity: str) -> None:
        """Tells which identity a key stands for; only exclusive ones matter."""
        if identity.startswith(EXCLUSIVE) and self._find(key) == key:
            self._names.setdefault(key, (identity,))

    def join(self, one: int, other: int) -> bool:
        """Joins two keys unless their components may not be one person."""
        left, right = self._find(one), self._find(other)
        if left == right:
            return True
        mine, theirs = self._names.get(left, ()), self._names.get(right, ())
        if _differ(mine, theirs):
            return False
        root, child = min(left, right), max(left, right)
        self._parent[child] = root
        if mine or theirs:
            self._names[root] = tuple(sorted({*mine, *theirs}))
        return True

    def _find(self, key: int) -> int:
        root = key
        while (parent := self._parent.get(root, root)) != root:
            root = parent
        while (parent := self._parent.get(key, key)) != root:
            self._parent[key] = root
            key = parent
        return root


def people_of(keys: Int64s, one: Int64s, other: Int64s) -> Int64s:
    """The person of each key (sorted): the smallest key of its component.

    Roots are hooked to smaller roots and paths are halved until nothing moves (Shiloach &
    Vishkin 1982): a few passes over arrays.

    >>> people_of(np.array([1, 4, 6, 9]), np.array([9, 4]), np.array([6, 9])).tolist()
    [1, 4, 4, 4]
    """
    left, right = np.searchsorted(keys, one), np.searchsorted(keys, other)
    person = np.arange(len(keys))
    while True:
        mine, theirs = person[left], person[right]
        low, high = np.minimum(mine, theirs), np.maximum(mine, theirs)
        if not bool(np.any(low != high)):
            return keys[person]
        np.minimum.at(person, high, low)
        while bool(np.any((following := person[person]) != person)):
            person = following


def _pair(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)


def _differ(mine: Iterable[str], theirs: Iterable[str]) -> bool:
    """Whether two components hold two different identities of one exclusive kind."""
    return any(
        left.split(":", 1)[0] == right.split(":", 1)[0] and left != right
        for left in mine
        for right in theirs
    )
