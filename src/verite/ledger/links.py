"""Links between identities: told by sources with reason and time, decided upon by people.

Who is joined is a function of the links told and of the decisions, whatever their order
(`joining`). What people decided is remembered: a link undone stays undone when it is told again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Final

import numpy as np

from verite.ledger import told
from verite.ledger.content import Int64s
from verite.ledger.store import Store
from verite.words.errors import WrongUse

if TYPE_CHECKING:
    import sqlite3

    from verite.ledger.graph import Bools, Graph, Int32s

ACCEPTED: Final = "accepted"
PARTED: Final = "parted"
JOINED_BY_HAND: Final = "merge"  # the reason of a link that a person decided
AT_MOST: Final = 12  # identities of a person, unless the home says otherwise
_ACCEPTED, _PARTED = 1, 2
_CODES: Final = {"": 0, ACCEPTED: _ACCEPTED, PARTED: _PARTED}
_COUNTER: Final = "SELECT value FROM counters WHERE name = ?"
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Two identities said to be one person, by their keys."""

    one: int
    other: int
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What a decision changed: links, and the people that their identities made and make."""

    links: tuple[Pair, ...]
    keys: tuple[int, ...]
    was: tuple[int, ...] = ()
    makes: tuple[int, ...] = ()
    aside: int = 0  # links set aside by a decision on the identity that they all bear
    is_back: bool = False  # a whole decision is taken back: everything is as before it
    waits: bool = False  # and what it had answered waits again

    @property
    def before(self) -> int:
        """How many people the identities made."""
        return len(self.was)

    @property
    def after(self) -> int:
        """How many people they make."""
        return len(self.makes)


class Links:
    """The links of a home, held in memory from the first need; they follow other writers."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._graph: Graph | None = None
        self.lines: list[tuple[str, datetime]] = []  # reason and time of each line told
        self.decisions: dict[Pair, str] = {}
        self._line = 0  # the last line read
        self._seen = (-1, -1)

    @property
    def version(self) -> int:
        """Grows when somebody is somebody else: with the ledger's, the key of what is derived."""
        return self.store.number(_COUNTER, ["people_version"])

    @property
    def state(self) -> int:
        """Grows with every link, decision or impossible identity, whatever comes of it."""
        return self.store.number(_COUNTER, ["links"])

    @property
    def merged(self) -> int:
        """How many identities are joined to a smaller key's person."""
        with self.store.turn:
            graph = self.follow()
            return int(np.count_nonzero(graph.person != graph.keys))

    def people_of(self, keys: Int64s) -> Int64s:
        """The person of each key: the smallest key of its component."""
        with self.store.turn:
            return self.follow().persons_of(keys)

    def component(self, key: int) -> tuple[int, ...]:
        """The keys of the person of one key, sorted."""
        with self.store.turn:
            graph = self.follow()
            place = int(graph.numbers_of(np.array([key], dtype=np.int64))[0])
            if place < 0:
                return (key,)
            mine = np.flatnonzero(graph.person == graph.person[place])
            return tuple(sorted(graph.keys[mine].tolist()))

    def touching(self, keys: Iterable[int], *, is_applied: bool) -> tuple[Link, ...]:
        """Links with one end at least among some keys, in force or waiting."""
        from verite.ledger.review import list_touching

        return list_touching(self, keys, is_applied=is_applied)

    def unknown(self, ends: Int64s) -> Bools:
        """Which pairs of keys were never told."""
        with self.store.turn:
            return ~self.follow().holds(ends[:, 0], ends[:, 1])

    def learn(self, links: told.Packed, *, reason: str, at: datetime) -> None:
        """Takes links that a source told; those known already change nothing."""
        self._write(links, reason, {}, at)

    def adopt(self) -> None:
        """Takes over the links that an older version kept one by one."""
        if not self.store.number("SELECT count(*) FROM (SELECT 1 FROM links LIMIT 1)"):
            return
        with self.store.turn, self.store.writing() as cursor:
            told.adopt(cursor)
            self._bump(cursor, changed=True)

    def decide(self, pairs: Sequence[Pair], verdict: str, *, at: datetime) -> Effect:
        """Remembers what a person decided on links; a pair of one key twice decides on it alone."""
        return self._write(None, "", dict.fromkeys(map(_ordered, pairs), verdict), at)

    def accept(self, links: told.Packed, *, reason: str, at: datetime) -> Effect:
        """Joins identities because a person said so, told by a source or not."""
        pairs = zip(links["one"].tolist(), links["other"].tolist(), strict=True)
        return self._write(links, reason, dict.fromkeys(pairs, ACCEPTED), at)

    def take_back(self, verdicts: dict[Pair, str], *, at: datetime) -> Effect:
        """Puts back what was decided on links before; '' where nothing was."""
        return replace(self._write(None, "", verdicts, at), is_back=True)

    def bound(self, at_most: int) -> None:
        """Sets how many identities a person may have before links wait."""
        if at_most < 2:
            raise WrongUse("too_few_identities", fields={"at_most": at_most})
        if at_most == self._at_most():
            return
        with self.store.turn, self.store.writing() as cursor:
            before = self.follow().person.copy()
            cursor.execute(
                "INSERT OR REPLACE INTO counters VALUES ('identities_at_most', ?)", [at_most]
            )
            self._graph = None
            graph = self.follow()
            self._bump(cursor, changed=not np.array_equal(before, graph.person))

    def follow(self) -> Graph:
        """The links as they stand; what another process wrote is read. Hold `store.turn`."""
        state = (self.state, self.store.number(_COUNTER, ["erasures"]))
        if self._graph is not None and state == self._seen:
            return self._graph
        if self._graph is None or state[1] != self._seen[1]:
            self._begin()
        self._catch_up()
        self._seen = state
        return self.graph

    @property
    def graph(self) -> Graph:
        """The links in memory; call `follow` first."""
        if self._graph is None:
            raise RuntimeError("follow first")
        return self._graph

    def _write(
        self, links: told.Packed | None, reason: str, decided: dict[Pair, str], at: datetime
    ) -> Effect:
        try:
            with self.store.turn, self.store.writing() as cursor:
                graph = self.follow()
                fresh = graph.fresh(links) if links is not None else None
                if fresh is not None and len(fresh):
                    told.write(cursor, fresh, reason=reason, at=at)
                elif not decided:
                    return Effect(links=(), keys=())
                keys = np.unique(np.array(list(decided), dtype=np.int64))
                was = tuple(set(graph.persons_of(keys).tolist()))
                _keep(cursor, decided, at)
                if links is not None:
                    held = {pair: self.decisions.get(pair, "") for pair in decided}
                    told.keep_joint(cursor, held, new=fresh, number=self.state + 1)
                changed = self._catch_up()
                self._bump(cursor, changed=changed)
                makes = tuple(set(graph.persons_of(keys).tolist()))
                # Read before another process may write: its links are not in memory.
                self._seen = (self.state, self._seen[1])
        except BaseException:
            self._graph = None  # memory ran ahead of the disk: read again
            raise
        return Effect(links=tuple(decided), keys=tuple(keys.tolist()), was=was, makes=makes)

    def _begin(self) -> None:
        from verite.ledger.graph import Graph
        from verite.ledger.joining import Bounds

        self._graph = Graph(Bounds(named=self._at_most()))
        self._line, self.lines, self.decisions = 0, [], {}

    def _catch_up(self) -> bool:
        """Reads the lines and decisions that are not in memory; whether people changed."""
        graph, parts = self.graph, []
        for line in told.read(self.store, after=self._line):
            parts.append(graph.add(line.links, len(self.lines)))
            self.lines.append((line.reason, line.at))
            self._line = line.number
        new = np.concatenate(parts) if parts else np.empty(0, np.int64)
        decided = {
            (int(one or 0), int(other or 0)): str(verdict)
            for one, other, verdict in self.store.rows("SELECT one, other, verdict FROM decisions")
        }
        changed = {
            pair
            for pair in decided.keys() | self.decisions.keys()
            if decided.get(pair) != self.decisions.get(pair)
        }
        self.decisions = decided
        return graph.resolve(np.concatenate([new, self._mark(new, changed)]))

    def _mark(self, new: Int64s, changed: set[Pair]) -> Int64s:
        """Puts decisions on the links they are about; the links that change by them."""
        graph = self.graph
        pairs = changed | self.decisions.keys() if len(new) else changed
        one, other, verdicts = self._numbered(pairs)
        if not len(one):
            return new[:0]
        alone = one == other
        graph.out[one[alone]] = verdicts[alone] == _PARTED
        scope = np.arange(len(graph.one)) if changed else new
        found, about = graph.said(scope, (one[~alone], other[~alone]), verdicts[~alone])
        graph.forced[found] = about == _ACCEPTED
        graph.refused[found] = about == _PARTED
        if not changed:
            return found
        around = np.isin(graph.one, one[alone]) | np.isin(graph.other, one[alone])
        return np.concatenate([found, np.flatnonzero(around)])

    def _numbered(self, pairs: Iterable[Pair]) -> tuple[Int32s, Int32s, Int32s]:
        """Pairs of identities that links hold, by number, and what was decided on each."""
        keys = np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2)
        verdicts = [_CODES[self.decisions.get((one, other), "")] for one, other in keys.tolist()]
        one, other = self.graph.numbers_of(keys[:, 0]), self.graph.numbers_of(keys[:, 1])
        known = (one >= 0) & (other >= 0)
        return one[known], other[known], np.array(verdicts, dtype=np.int32)[known]

    def _at_most(self) -> int:
        return self.store.number(_COUNTER, ["identities_at_most"]) or AT_MOST

    def _bump(self, cursor: sqlite3.Cursor, *, changed: bool) -> None:
        cursor.execute("UPDATE counters SET value = value + 1 WHERE name = 'links'")
        cursor.execute(
            "UPDATE counters SET value = value + ? WHERE name = 'people_version'", [int(changed)]
        )


def _keep(cursor: sqlite3.Cursor, decided: dict[Pair, str], at: datetime) -> None:
    rows = [(*pair, verdict, at.isoformat()) for pair, verdict in decided.items() if verdict]
    cursor.executemany("INSERT OR REPLACE INTO decisions VALUES (?, ?, ?, ?)", rows)
    gone = [pair for pair, verdict in decided.items() if not verdict]
    cursor.executemany("DELETE FROM decisions WHERE one = ? AND other = ?", gone)


def _ordered(pair: Pair) -> Pair:
    return (min(pair), max(pair))
