"""Links told, decided, undone: what follows from them, in one process and in the next."""

from __future__ import annotations

import json
import tempfile
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from arro3.core import Array, DataType, Table
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.ledger.conftest import table_of

from verite.ledger.ledger import Decoded, Ledger
from verite.ledger.naming import pack_pairs
from verite.ledger.store import Store
from verite.ledger.timeline.timeline import open_timeline
from verite.words.errors import BadInput, WrongUse

AT = datetime(2026, 3, 1, 9, tzinfo=UTC)
NAMES = ("user:1", "user:2", "account:8", "email:m@x.fr", "phone:+33612345678", "anon:c", "card:7")
PAIRS = st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)).filter(lambda p: p[0] < p[1])
STEPS = st.lists(
    st.tuples(st.sampled_from(["tell", "tell", "row", "merge", "part"]), PAIRS), max_size=12
)


EMPTY = Table.from_pydict(
    {"message_id": Array([], DataType.string()), "identity": Array([], DataType.string()),
     "ts_us": Array([], DataType.int64())}
)  # fmt: skip


@pytest.fixture
def tell(ledger, at):
    """Links told by a source: (identity, alias, reason)."""

    def say(*links, into=None):
        opened = into or ledger
        opened.accept(json.dumps(links).encode(), source="web", at=at)
        return opened.drain(decode, at=at)

    return say


def people(ledger):
    """The people of a ledger, as sets of identities."""
    return {frozenset(ledger.identities_of(p)) for p in set(ledger.people()[1].tolist())}


def doubts(ledger):
    """Every link that waits, with its reason: how they are grouped depends on keys, drawn anew."""
    found, _ = ledger.doubts()
    return {(one.reason, _names(ledger, pair)) for one in found for pair in one.pairs}


def joined(ledger, one, other):
    return ledger.person_of(ledger.key_of(one)) == ledger.person_of(ledger.key_of(other))


def decode(payload, source):
    """A batch of links and no row."""
    return Decoded(table=EMPTY, links=[tuple(link) for link in json.loads(payload)])


def play(home, steps):
    """Plays steps in a new home; what is told and not undone, what is accepted, and the rows."""
    Ledger.create(home)
    told, undone, accepted, rows = set(NAMES_LINKS), set(), set(), []
    with Ledger.open(home) as ledger:
        _tell(ledger, NAMES_LINKS)
        for verb, pair in steps:
            if verb == "merge":
                made = {_names(ledger, link) for link in ledger.merge(*pair, at=AT).links}
                assert joined(ledger, *pair)
                told |= made
                accepted |= made
                undone -= made
            elif verb == "part":
                if joined(ledger, *pair):
                    parted = {_names(ledger, link) for link in ledger.part(*pair, at=AT).links}
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


# Every identity is known from the start, each linked to a browser of its own.
NAMES_LINKS = [tuple(sorted((name, f"anon:of-{n}"))) for n, name in enumerate(NAMES)]


def _names(ledger, link):
    named = ledger.named(link)
    return tuple(sorted(named[key] for key in link))


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


def test_a_merge_by_hand_joins_two_customers_and_is_undone(ledger, tell, at):
    tell(["user:1", "anon:1", "alias"], ["user:2", "anon:2", "alias"])
    before = ledger.people_version
    effect = ledger.merge("user:1", "user:2", at=at)
    assert (effect.before, effect.after, ledger.people_version) == (2, 1, before + 1)
    assert joined(ledger, "anon:1", "anon:2")
    ledger.part("user:1", "user:2", at=at)
    assert not joined(ledger, "anon:1", "anon:2")


def test_a_link_undone_stays_undone_when_it_is_told_again(ledger, tell, at, home):
    tell(["user:1", "anon:1", "identify"])
    ledger.part("user:1", "anon:1", at=at)
    tell(["anon:1", "user:1", "alias"])
    assert not joined(ledger, "user:1", "anon:1")
    with Ledger.open(home) as again:
        assert not joined(again, "user:1", "anon:1")
        tell(["user:1", "anon:1", "identify"], into=again)
        assert not joined(again, "user:1", "anon:1")


def test_undoing_takes_the_fewest_links_when_none_is_direct(ledger, tell, at):
    tell(["user:1", "email:m@x.fr", "alias"], ["email:m@x.fr", "anon:1", "alias"])
    effect = ledger.part("user:1", "anon:1", at=at)
    assert (len(effect.links), effect.before, effect.after) == (1, 1, 2)


def test_undoing_what_is_two_people_already_is_refused(ledger, tell, at):
    tell(["user:1", "anon:1", "alias"], ["user:2", "anon:2", "alias"])
    with pytest.raises(WrongUse, match="not_one_person"):
        ledger.part("user:1", "user:2", at=at)


def test_accepting_what_waits_joins_and_empties_the_queue(ledger, tell, at):
    tell(["user:1", "email:m@x.fr", "alias"], ["user:2", "email:m@x.fr", "alias"])
    (doubt,), count = ledger.doubts()
    assert (doubt.reason, doubt.people, count) == ("shared", 3, 1)
    assert ledger.named([doubt.culprit]) == {doubt.culprit: "email:m@x.fr"}
    ledger.decide(doubt.id, True, at=at)
    assert joined(ledger, "user:1", "user:2")
    assert ledger.doubts() == ((), 0)


def test_a_shared_identity_rejected_glues_nobody_who_comes_later(ledger, tell, at):
    tell(["user:1", "device:kiosk", "alias"], ["user:2", "device:kiosk", "alias"])
    (doubt,), _ = ledger.doubts()
    ledger.decide(doubt.id, False, at=at)
    assert ledger.doubts() == ((), 0)
    tell(["user:3", "device:kiosk", "alias"])
    assert not joined(ledger, "user:3", "device:kiosk")
    assert ledger.doubts() == ((), 0)


def test_two_known_accepted_are_one_and_undoing_brings_the_question_back(ledger, tell, at):
    tell(
        ["user:1", "email:a@x.fr", "alias"],
        ["user:2", "email:b@x.fr", "alias"],
        ["email:a@x.fr", "email:b@x.fr", "alias"],
    )
    (doubt,), _ = ledger.doubts()
    effect = ledger.decide(doubt.id, True, at=at)
    assert (effect.before, effect.after, ledger.doubts()) == (2, 1, ((), 0))
    assert joined(ledger, "user:1", "email:b@x.fr")
    merge = next(one for one in ledger.merges() if one.decided)
    ledger.undo(merge.id, at=at)
    assert not joined(ledger, "user:1", "user:2")
    assert [one.id for one in ledger.doubts()[0]] == [doubt.id]


def test_merging_joins_people_through_any_of_their_identities(ledger, tell, at):
    tell(["user:1", "phone:+33612345678", "alias"], ["user:2", "anon:2", "alias"])
    ledger.merge("phone:+33612345678", "anon:2", at=at)
    assert len(people(ledger)) == 1
    ledger.part("phone:+33612345678", "anon:2", at=at)
    assert joined(ledger, "user:1", "phone:+33612345678")
    assert joined(ledger, "user:2", "anon:2")
    assert not joined(ledger, "user:1", "user:2")


def test_two_known_rejected_stay_apart_and_leave_the_queue(ledger, tell, at):
    tell(
        ["user:1", "email:a@x.fr", "alias"],
        ["user:2", "email:b@x.fr", "alias"],
        ["email:a@x.fr", "email:b@x.fr", "alias"],
    )
    (doubt,), _ = ledger.doubts()
    assert doubt.reason == "two_known"
    told = {"user:1", "user:2", "email:a@x.fr", "email:b@x.fr"}
    assert set(ledger.names_of(doubt.keys)) == told
    ledger.decide(doubt.id, False, at=at)
    assert ledger.doubts() == ((), 0)
    assert not joined(ledger, "user:1", "user:2")


def test_an_unknown_id_is_refused(ledger, at):
    for asked in ("00000000", "nothing"):
        with pytest.raises(BadInput, match="unknown_doubt"):
            ledger.decide(asked, True, at=at)
        with pytest.raises(BadInput, match="unknown_merge"):
            ledger.undo(asked, at=at)


def test_the_last_merges_are_listed_and_undone_by_their_id(ledger, tell, at):
    tell(["user:1", "anon:1", "identify"])
    (merge,) = ledger.merges()
    assert (merge.reason, merge.decided) == ("identify", False)
    assert ledger.reasons() == (("identify", 1),)
    ledger.undo(merge.id, at=at)
    assert (ledger.merges(), ledger.reasons()) == ((), ())


def test_impossible_identities_are_listed_and_never_link(ledger, tell):
    tell(
        ["user:1", "email:noreply@shop.fr", "alias"],
        ["user:2", "email:noreply@shop.fr", "alias"],
        ["user:1", "phone:+33000000000", "alias"],
    )
    listed, count = ledger.junk()
    assert [(ledger.named([key])[key], why, links) for key, why, links in listed] == [
        ("email:noreply@shop.fr", "no_reply", 2),
        ("phone:+33000000000", "repeated", 1),
    ]
    assert (count, ledger.people_version, ledger.doubts()) == (2, 0, ((), 0))


def test_audience_identities_are_never_linked(ledger, tell, at):
    tell(["user:1", "audience:x", "alias"], ["user:1", "anon:1", "alias"])
    assert not joined(ledger, "user:1", "audience:x")
    with pytest.raises(WrongUse, match="audience_alone"):
        ledger.merge("user:1", "audience:x", at=at)


def test_another_process_follows_decisions(ledger, tell, home, at):
    tell(["user:1", "anon:1", "alias"], ["user:1", "anon:2", "alias"])
    with Ledger.open(home) as other:
        assert joined(other, "anon:1", "anon:2")
        ledger.part("user:1", "anon:2", at=at)
        assert not joined(other, "anon:1", "anon:2")
        other.merge("anon:1", "anon:2", at=at)
    assert joined(ledger, "anon:1", "anon:2")


def test_what_another_process_told_right_after_us_is_not_missed(
    ledger, tell, home, at, monkeypatch
):
    tell(*([f"user:{n}", f"anon:{n}", "alias"] for n in range(1, 5)))
    store, writing, waiting = ledger._links.store, Store.writing, [("user:3", "user:4")]

    @contextmanager
    def then_another_writes(self):
        with writing(self) as cursor:
            yield cursor
        if self is store and waiting:
            other.merge(*waiting.pop(), at=at)

    with Ledger.open(home) as other:
        monkeypatch.setattr(Store, "writing", then_another_writes)
        ledger.merge("user:1", "user:2", at=at)
        assert joined(ledger, "user:3", "user:4")


def test_the_bound_of_a_person_is_the_homes(ledger, tell, home):
    tell(*(["phone:+33612345678", f"email:m{n}@x.fr", "alias"] for n in range(5)))
    assert len(people(ledger)) == 1
    version = ledger.people_version
    ledger.bound_people(4)
    assert len(people(ledger)) == 6
    assert ledger.people_version == version + 1
    with Ledger.open(home) as again:
        assert len(people(again)) == 6


def test_a_row_that_tells_a_user_and_an_account_makes_one_customer(ledger, table, at):
    row = {"identity": "email:m@x.fr", "aliases": '["user:1", "account:8"]'}
    ledger.append(table([row]), source="s", at=at)
    assert joined(ledger, "user:1", "account:8")
    assert joined(ledger, "email:m@x.fr", "account:8")


def test_the_timeline_follows_a_merge_and_its_undoing(ledger, table, home, at):
    rows = [{"message_id": str(n), "identity": f"user:{n % 2}", "ts_us": n} for n in range(6)]
    ledger.append(table(rows), source="s", at=at)

    def course():
        timeline = open_timeline(home, ledger)
        return sorted(np.diff(timeline.starts).tolist())

    assert course() == [3, 3]
    ledger.merge("user:0", "user:1", at=at)
    assert course() == [6]
    ledger.part("user:0", "user:1", at=at)
    assert course() == [3, 3]


def test_links_of_an_older_home_are_taken_over(home, tell, at):
    with Ledger.open(home) as ledger:
        tell(["user:1", "anon:1", "x"], ["user:2", "anon:2", "x"], into=ledger)
        keys = {name: ledger.key_of(name) for name in ("user:1", "anon:1", "user:2")}
        store = ledger._keys_store
        with store.writing() as cursor:
            cursor.execute("DELETE FROM told")
            for one, other, applied in (("user:1", "anon:1", 1), ("user:2", "anon:1", 0)):
                ends = sorted((keys[one], keys[other]))
                row = [*ends, "alias", at.isoformat(), applied]
                cursor.execute("INSERT INTO links VALUES (?, ?, ?, ?, ?)", row)
    with Ledger.open(home) as again:
        assert doubts(again) == {
            ("shared", ("anon:1", "user:1")),
            ("shared", ("anon:1", "user:2")),
        }
        assert again._keys_store.number("SELECT count(*) FROM links") == 0
