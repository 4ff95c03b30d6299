"""Links in any order, batches, merges and partings make the same people."""

from __future__ import annotations

import json
import tempfile
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.ledger.conftest import table_of
from tests.ledger.linked import decode, doubts, joined, names_of, people

from verite.ledger.ledger import Ledger
from verite.ledger.naming import pack_pairs
from verite.ledger.timeline.timeline import open_timeline

AT = datetime(2026, 3, 1, 9, tzinfo=UTC)
NAMES = ("user:1", "user:2", "account:8", "email:m@x.fr", "phone:+33612345678", "anon:c", "card:7")
PAIRS = st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)).filter(lambda p: p[0] < p[1])
STEPS = st.lists(
    st.tuples(st.sampled_from(["tell", "tell", "row", "merge", "part"]), PAIRS), max_size=12
)
# Every identity is known from the start, each linked to a browser of its own.
NAMES_LINKS = [tuple(sorted((name, f"anon:of-{n}"))) for n, name in enumerate(NAMES)]


def play(home, steps):
    """Plays steps in a new home; what is told and not undone, what is accepted, and the rows."""
    Ledger.create(home)
    told, undone, accepted, rows = set(NAMES_LINKS), set(), set(), []
    with Ledger.open(home) as ledger:
        _tell(ledger, NAMES_LINKS)
        for verb, pair in steps:
            if verb == "merge":
                made = {names_of(ledger, link) for link in ledger.merge(*pair, at=AT).links}
                assert joined(ledger, *pair)
                told |= made
                accepted |= made
                undone -= made
            elif verb == "part":
                if joined(ledger, *pair):
                    parted = {names_of(ledger, link) for link in ledger.part(*pair, at=AT).links}
                    undone |= parted
                    accepted -= parted
            else:
                told.add(pair)
                _tell(ledger, [pair]) if verb == "tell" else rows.append(_row(ledger, pair, rows))
        return seen_in(ledger, home), told - undone, accepted, rows


def seen_in(ledger, home):
    """People, what waits, counts and the course of everybody."""
    timeline = open_timeline(home, ledger)
    course = {
        frozenset(timeline.ts[low:high].tolist())
        for low, high in pairwise(timeline.starts.tolist())
    }
    counts = (ledger.identity_count, ledger.merged_count, timeline.people, timeline.rows)
    return people(ledger), doubts(ledger), counts, course


def _row(ledger, pair, rows):
    row = {"message_id": str(len(rows)), "identity": pair[0], "ts_us": len(rows),
           "aliases": json.dumps(pair[1:])}  # fmt: skip
    ledger.append(table_of([row]), source="s", at=AT)
    return row


def _accept(ledger, pair):
    named = {ledger.key_of(name): name for name in pair}
    ledger._links.accept(pack_pairs([pair], named), reason="merge", at=AT)


def _tell(ledger, pairs, kept=None):
    """Tells links; those that must not stay are told all the same, and undone at once."""
    ledger.accept(json.dumps([(*pair, "alias") for pair in pairs]).encode(), source="web", at=AT)
    ledger.drain(decode, at=AT)
    for pair in pairs if kept is not None else ():
        if pair not in kept:
            ledger.part(*pair, at=AT)


@settings(deadline=None, max_examples=12)
@given(STEPS)
def test_what_was_undone_is_as_if_it_had_never_been_told(steps):
    with tempfile.TemporaryDirectory() as folder:
        seen, told, accepted, rows = play(Path(folder) / "one", steps)
        other = Path(folder) / "other"
        Ledger.create(other)
        with Ledger.open(other) as ledger:
            _tell(ledger, NAMES_LINKS, kept=told)
            _tell(ledger, sorted(told, reverse=True))
            if rows:
                bare = [{**row, "aliases": None} for row in reversed(rows)]
                ledger.append(table_of(bare), source="s", at=AT)
            for pair in sorted(accepted):
                _accept(ledger, pair)
            assert seen_in(ledger, other) == seen


@settings(deadline=None, max_examples=8)
@given(st.lists(PAIRS, unique=True, max_size=10), st.randoms(use_true_random=False))
def test_links_in_any_order_and_any_batches_make_the_same_people(pairs, chance):
    with tempfile.TemporaryDirectory() as folder:
        seen = []
        for name in ("one", "other"):
            home = Path(folder) / name
            Ledger.create(home)
            with Ledger.open(home) as ledger:
                _tell(ledger, NAMES_LINKS)
                for pair in pairs:
                    _tell(ledger, [pair])
                seen.append((people(ledger), doubts(ledger)))
            with Ledger.open(home) as ledger:
                assert (people(ledger), doubts(ledger)) == seen[-1]
            chance.shuffle(pairs)
        assert seen[0] == seen[1]
