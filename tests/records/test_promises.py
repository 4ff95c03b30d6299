"""Promises kept in versions: who wrote what, when, and nothing is ever changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from verite.words.errors import BadInput, WrongUse
from verite.words.member import CONSOLE, Member, Role
from verite.words.promises import Promise, PromiseKind

ONE = Promise(key="open", fr="Ouvert", en="Open", kind=PromiseKind.OPEN, target=90.0)
TWO = Promise(key="quick", fr="Vite", en="Quick", kind=PromiseKind.ANSWERED, target=80.0,
              within_s=600.0)  # fmt: skip


def test_each_change_is_another_version_and_what_did_not_change_keeps_its_own(
    using: str, at: datetime
) -> None:
    from verite.records.promises.actions import set_promises
    from verite.records.promises.records import history_of, list_promises

    set_promises((ONE, TWO), by=CONSOLE, at=at, using=using)
    later = at + timedelta(days=1)
    set_promises((replace(ONE, target=95.0), TWO), by=CONSOLE, at=later, using=using)
    first, second = list_promises(using=using)
    assert (first.promise.target, first.version, first.at) == (95.0, 2, later)
    assert (second.promise, second.version, second.at) == (TWO, 1, at)
    assert [one.promise.target for one in history_of("open", using=using)] == [95.0, 90.0]


def test_what_is_left_out_is_withdrawn_and_may_come_back(using: str, at: datetime) -> None:
    from verite.records.promises.actions import set_promises, withdraw_promise, write_promise
    from verite.records.promises.records import find_promise, list_promises

    set_promises((ONE, TWO), by=CONSOLE, at=at, using=using)
    set_promises((ONE,), by=CONSOLE, at=at, using=using)
    assert [one.promise.key for one in list_promises(using=using)] == ["open"]
    withdraw_promise(key="open", by=CONSOLE, at=at, using=using)
    assert list_promises(using=using) == ()
    with pytest.raises(WrongUse, match="unknown_promise"):
        withdraw_promise(key="open", by=CONSOLE, at=at, using=using)
    write_promise(ONE, by=CONSOLE, at=at, using=using)
    assert find_promise("open", using=using).version == 3
    with pytest.raises(WrongUse, match="unknown_promise"):
        find_promise("quick", using=using)


def test_every_change_leaves_one_entry_in_the_audit(using: str, at: datetime) -> None:
    from verite.records.audit.records import latest
    from verite.records.promises.actions import set_promises, withdraw_promise

    set_promises((ONE,), by=CONSOLE, at=at, using=using)
    set_promises((ONE,), by=CONSOLE, at=at, using=using)
    withdraw_promise(key="open", by=CONSOLE, at=at, using=using)
    told = [(entry.did, entry.subject) for entry in latest(using=using)]
    assert sorted(told) == [("withdraw_promise", "open"), ("write_promise", "open")]


def test_agents_write_no_promise_and_a_key_is_given_once(using: str, at: datetime) -> None:
    from verite.records.promises.actions import set_promises, write_promise

    bob = Member(id=2, email="bob@example.org", name="Bob", role=Role.AGENT)
    with pytest.raises(WrongUse, match="not_allowed"):
        write_promise(ONE, by=bob, at=at, using=using)
    with pytest.raises(BadInput, match="promise_twice"):
        set_promises((ONE, ONE), by=CONSOLE, at=at, using=using)
