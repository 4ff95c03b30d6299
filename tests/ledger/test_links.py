"""Links told, decided, undone: what follows from them."""

from __future__ import annotations

import pytest
from tests.ledger.linked import joined, people

from verite.ledger.ledger import Ledger
from verite.words.errors import BadInput, WrongUse


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
