"""A decision taken back leaves everything as if it had never been made."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.ledger.linked import doubts, joined, people

from verite.ledger.ledger import Ledger

MAIL = "email:m@x.fr"
SHARED = (["user:1", MAIL, "alias"], ["user:2", MAIL, "alias"])
APART = (["user:1", "anon:1", "alias"], ["user:2", "anon:2", "alias"])


def seen(ledger):
    found, count = ledger.doubts()
    counts = (ledger.identity_count, ledger.merged_count, count, ledger.reasons())
    return people(ledger), doubts(ledger), [one.id for one in found], counts


def accept(ledger, at):
    (doubt,), _ = ledger.doubts()
    return ledger.decide(doubt.id, True, at=at)


def decided(ledger):
    return [one for one in ledger.merges() if one.decided]


@pytest.mark.parametrize("which", [0, 1])
def test_one_undo_takes_back_both_merges_of_a_mail_shared_by_two(ledger, tell, at, which):
    tell(*SHARED, *APART)
    before = seen(ledger)
    assert accept(ledger, at).after == 1
    effect = ledger.undo(decided(ledger)[which].id, at=at)
    assert (effect.before, effect.after, len(effect.links)) == (1, 3, 2)
    assert (effect.is_back, effect.waits) == (True, True)
    assert seen(ledger) == before
    assert decided(ledger) == []


def test_it_holds_after_another_opening_and_can_be_accepted_again(ledger, tell, at, home):
    tell(*SHARED)
    before = seen(ledger)
    with Ledger.open(home) as other:
        accept(other, at)
        assert joined(ledger, "user:1", "user:2")
        other.undo(decided(other)[0].id, at=at)
        assert seen(other) == seen(ledger) == before
    with Ledger.open(home) as again:
        assert seen(again) == before
        accept(again, at)
        assert joined(again, "user:1", "user:2")


def test_two_decisions_of_one_instant_are_two(ledger, tell, at):
    tell(*SHARED, *(["user:3", "device:k", "alias"], ["user:4", "device:k", "alias"]))
    ids = [one.id for one in ledger.doubts()[0]]
    assert len(ids) == 2
    for one in ids:
        ledger.decide(one, True, at=at)
    assert len(decided(ledger)) == 4
    ledger.undo(decided(ledger)[0].id, at=at)
    assert len(decided(ledger)) == 2


def test_what_had_been_set_aside_before_is_set_aside_again(ledger, tell, at):
    tell(["user:1", "anon:1", "identify"])
    ledger.part("user:1", "anon:1", at=at)
    before = seen(ledger)
    ledger.merge("user:1", "anon:1", at=at)
    ledger.undo(decided(ledger)[0].id, at=at)
    assert seen(ledger) == before


def test_a_merge_by_hand_taken_back_asks_nothing(ledger, tell, at):
    tell(*APART)
    before = seen(ledger)
    ledger.merge("user:1", "user:2", at=at)
    effect = ledger.undo(decided(ledger)[0].id, at=at)
    assert (effect.is_back, effect.waits) == (True, False)
    assert seen(ledger) == before


def test_what_an_older_version_accepted_is_taken_back_whole(ledger, tell, at):
    tell(*SHARED, *APART)
    before = seen(ledger)
    ledger.merge("anon:1", "anon:2", at=at + timedelta(days=1))
    ledger.undo(decided(ledger)[0].id, at=at)
    accept(ledger, at)
    with ledger._links.store.writing() as cursor:
        cursor.execute("DELETE FROM joint")
    ledger.undo(decided(ledger)[0].id, at=at)
    assert seen(ledger) == before
