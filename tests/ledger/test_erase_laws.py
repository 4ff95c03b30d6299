"""Appends, links, merges, undone merges, erasures, compactions and replays in any order.

After any of them the ledger holds what it would hold had the erased or undone never happened.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from arro3.core import Array, DataType, Table
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from verite.ledger.kept import Refusal
from verite.ledger.ledger import Decoded, Ledger
from verite.ledger.timeline.timeline import open_timeline
from verite.words.columns import RECEIVED

AT = datetime(2026, 3, 1, 9, tzinfo=UTC)
USERS = [f"user:{name}" for name in ("ada", "bea", "cleo", "dan")]
SHARED = "email:family@example.org"
TYPES = {
    "VARCHAR": DataType.string(),
    "BIGINT": DataType.int64(),
    "INTEGER": DataType.int32(),
    "DOUBLE": DataType.float64(),
}
Told = tuple[str, str]


@dataclass(frozen=True)
class Fact:
    """One interaction: its number is its id and its time."""

    number: int
    who: str
    aliases: tuple[str, ...] = ()


@dataclass
class Facts:
    """What is left of everything that happened, in the order it happened."""

    rows: list[Fact] = field(default_factory=list)
    links: list[Told] = field(default_factory=list)
    merges: list[Told] = field(default_factory=list)
    lines: list[tuple[str, str]] = field(default_factory=list)

    def without(self, names: frozenset[str]) -> Facts:
        """What would be left had some people never been there."""
        return Facts(
            rows=[
                replace(row, aliases=tuple(a for a in row.aliases if a not in names))
                for row in self.rows
                if row.who not in names
            ],
            links=[link for link in self.links if not names & set(link)],
            merges=[merge for merge in self.merges if not names & set(merge)],
            lines=[line for line in self.lines if line[1] not in names],
        )


def own(who: str) -> tuple[str, ...]:
    """The addresses that only this customer uses."""
    name = who.removeprefix("user:")
    return f"email:{name}@example.org", f"device:{name}-phone"


def table_of(facts: list[Fact]) -> Table:
    rows = [
        {
            "message_id": f"m{fact.number}",
            "identity": fact.who,
            "aliases": json.dumps(fact.aliases) if fact.aliases else None,
            "ts_us": 1_700_000_000_000_000 + fact.number % 7,  # ties are told apart by their ids
        }
        for fact in facts
    ]
    return Table.from_pydict(
        {
            name: Array([row.get(name) for row in rows], TYPES[kind])
            for name, kind in RECEIVED.items()
        }
    )


def tell(ledger: Ledger, links: list[Told]) -> None:
    """Links told by themselves, as `identify` does, through the inbox."""
    ledger.accept(json.dumps(links).encode(), source="web", at=AT)

    def decode(payload: bytes, source: str) -> Decoded:
        told = [(one, other, "identify") for one, other in json.loads(payload)]
        return Decoded(table=table_of([]), links=told)

    ledger.drain(decode, at=AT)


def refuse(ledger: Ledger, lines: list[tuple[str, str]]) -> None:
    refused = [
        Refusal(file="f", line=None, reason="bad", detail=None, raw=raw, identity=who)
        for raw, who in lines
    ]
    ledger.refuse(refused, at=AT)


Snapshot = tuple[object, ...]


def snapshot(ledger: Ledger) -> Snapshot:
    """Counts, who is whom, and each person's interactions in order."""
    timeline = open_timeline(ledger.home, ledger)
    keys, persons = ledger.people()
    people: dict[int, set[str]] = {}
    for key, person in zip(keys.tolist(), persons.tolist(), strict=True):
        people.setdefault(person, set()).update(ledger.names_of([key]))
    ids = timeline.ids(range(timeline.rows))
    lives = {
        int(person): ids[int(timeline.starts[place]) : int(timeline.starts[place + 1])]
        for place, person in enumerate(timeline.persons.tolist())
    }
    told = sorted((sorted(names), lives.get(person, [])) for person, names in people.items())
    assert set(lives) <= set(people)
    waiting = ledger.doubts()[1]
    return timeline.rows, ledger.identity_count, ledger.quarantine_count, waiting, told


def never_happened(facts: Facts) -> Snapshot:
    """The same facts in a new home."""
    with tempfile.TemporaryDirectory(prefix="never_") as folder:
        home = Path(folder) / "home"
        Ledger.create(home)
        with Ledger.open(home) as ledger:
            if facts.rows:
                ledger.append(table_of(facts.rows), source="s", at=AT)
            if facts.links:
                tell(ledger, facts.links)
            for one, other in facts.merges:
                ledger.merge(one, other, at=AT)
            refuse(ledger, facts.lines)
            return snapshot(ledger)


class Erasing(RuleBasedStateMachine):
    """A home to which anything may happen, and the facts that should be left."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="laws_"))
        Ledger.create(self.folder / "home")
        self.ledger = Ledger.open(self.folder / "home")
        self.facts = Facts()
        self.sent: list[Fact] = []  # everything ever sent, erased or not
        self.gone: set[str] = set()  # names under which somebody was erased
        self.buried: set[str] = set()  # lines that were erased with them

    def known(self) -> list[str]:
        return [who for who in USERS if self.ledger.key_of(who) is not None]

    def names(self) -> tuple[str, ...]:
        return self.ledger.names_of(self.ledger.people()[0].tolist())

    @rule(
        who=st.sampled_from(USERS),
        own_addresses=st.booleans(),
        shared=st.booleans(),
        count=st.integers(1, 3),
    )
    def append(self, who: str, own_addresses: bool, shared: bool, count: int) -> None:
        first = len(self.sent)
        aliases = (own(who) if own_addresses else ()) + ((SHARED,) if shared else ())
        new = [Fact(number, who, aliases) for number in range(first, first + count)]
        assert self.ledger.append(table_of(new), source="s", at=AT).kept == count
        self.sent += new
        self.facts.rows += new

    @rule(who=st.sampled_from(USERS), shared=st.booleans())
    def link(self, who: str, shared: bool) -> None:
        link = (who, SHARED if shared else own(who)[0])
        brings_back = {name for name in link if name in self.gone} - set(self.names())
        tell(self.ledger, [link])
        if not brings_back:  # who was erased comes back by an interaction only
            self.facts.links.append(link)

    @precondition(lambda self: self.sent)
    @rule(data=st.data())
    def replay(self, data: st.DataObject) -> None:
        again = data.draw(st.lists(st.sampled_from(self.sent), min_size=1, unique=True))
        kept = self.ledger.append(table_of(again), source="s", at=AT)
        assert (kept.kept, kept.conflicts) == (0, 0)

    @precondition(lambda self: len(self.known()) > 1)
    @rule(data=st.data())
    def merge(self, data: st.DataObject) -> None:
        one, other = sorted(data.draw(st.lists(
            st.sampled_from(self.known()), min_size=2, max_size=2, unique=True
        )))  # fmt: skip
        self.ledger.merge(one, other, at=AT)
        if (one, other) not in self.facts.merges:
            self.facts.merges.append((one, other))

    @precondition(lambda self: self.facts.merges)
    @rule(data=st.data())
    def undo(self, data: st.DataObject) -> None:
        one, other = data.draw(st.sampled_from(self.facts.merges))
        self.ledger.part(one, other, at=AT)
        self.facts.merges.remove((one, other))

    @rule(who=st.sampled_from(USERS), number=st.integers(0, 3))
    def refuse(self, who: str, number: int) -> None:
        line = (f"line {number}", who)
        raws = [raw for raw, _ in self.facts.lines]
        if line[0] not in raws and line[0] not in self.buried:
            refuse(self.ledger, [line])
            self.facts.lines.append(line)

    @precondition(lambda self: self.known())
    @rule(data=st.data())
    def erase(self, data: st.DataObject) -> None:
        who = data.draw(st.sampled_from(self.known()))
        key = self.ledger.key_of(who)
        assert key is not None
        keys = self.ledger.widened(self.ledger.keys_with(self.ledger.person_of(key)))
        names = frozenset(self.ledger.names_of(keys))
        self.ledger.erase(keys, at=AT)
        self.gone |= names
        self.buried |= {raw for raw, whose in self.facts.lines if whose in names}
        self.facts = self.facts.without(names)

    @rule()
    def compact(self) -> None:
        self.ledger.compact()
        self.ledger.vacuum()

    @rule()
    def reopen(self) -> None:
        self.ledger.close()
        self.ledger = Ledger.open(self.folder / "home")

    @invariant()
    def counts_follow(self) -> None:
        assert self.ledger.quarantine_count == len(self.facts.lines)

    def teardown(self) -> None:
        try:
            assert snapshot(self.ledger) == never_happened(self.facts)
        finally:
            self.ledger.close()
            shutil.rmtree(self.folder, ignore_errors=True)


Erasing.TestCase.settings = settings(
    max_examples=12,
    stateful_step_count=14,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
test_erased_or_undone_is_as_if_it_had_never_happened = Erasing.TestCase
