"""Links told in one process, a row or an older home: others follow."""

from __future__ import annotations

from contextlib import contextmanager

import numpy as np
from tests.ledger.linked import doubts, joined, people

from verite.ledger.ledger import Ledger
from verite.ledger.store import Store
from verite.ledger.timeline.timeline import open_timeline


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
