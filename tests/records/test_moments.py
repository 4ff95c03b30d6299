"""What people say of moments: kept version by version, with rights and an audit entry."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from verite.words.declared import REASON_AT_MOST, Saying, Stake, Stand
from verite.words.errors import BadInput, WrongUse
from verite.words.member import CONSOLE, Member, Role

ALICE = Member(id=1, email="alice@example.org", name="Alice", role=Role.ANALYST)
BOB = Member(id=2, email="bob@example.org", name="Bob", role=Role.AGENT)
STAKE = Stake(value=-4.1, low=-5.3, high=-2.9, n=412, ledger_version=7)
YES = Saying(
    touchpoint="delivery", outcome="nps", stand=Stand.DECLARED, reason="Le colis.", stake=STAKE
)
NO = replace(YES, stand=Stand.REFUSED, reason="Le transporteur a changé.", stake=None)


def test_a_declaration_keeps_its_reason_and_the_figures_of_the_day(
    using: str, at: datetime
) -> None:
    from verite.records.moments.actions import say_of_moment
    from verite.records.moments.records import history_of

    assert say_of_moment(YES, by=ALICE, at=at, using=using) == 1
    (said,) = history_of("delivery", "nps", using=using)
    assert (said.stand, said.reason, said.by, said.at) == (
        "declared",
        "Le colis.",
        "alice@example.org",
        at,
    )
    assert said.stake == STAKE


def test_a_second_word_is_a_new_version_and_the_first_stays(using: str, at: datetime) -> None:
    from verite.records.moments.actions import say_of_moment
    from verite.records.moments.records import decisions, history_of

    say_of_moment(YES, by=ALICE, at=at, using=using)
    say_of_moment(NO, by=CONSOLE, at=at, using=using)
    assert [(one.version, one.stand) for one in history_of("delivery", "nps", using=using)] == [
        (2, "refused"),
        (1, "declared"),
    ]
    assert not decisions("nps", using=using)["delivery"].declared


def test_what_is_said_for_one_outcome_says_nothing_for_another(using: str, at: datetime) -> None:
    from verite.records.moments.actions import say_of_moment
    from verite.records.moments.records import decisions

    say_of_moment(NO, by=ALICE, at=at, using=using)
    assert decisions("churn", using=using) == {}


def test_taking_back_the_first_word_leaves_the_moment_open(using: str, at: datetime) -> None:
    from verite.records.moments.actions import say_of_moment, take_back
    from verite.records.moments.records import decisions, history_of

    say_of_moment(YES, by=ALICE, at=at, using=using)
    assert take_back(touchpoint="delivery", outcome="nps", by=ALICE, at=at, using=using) == 2
    assert decisions("nps", using=using) == {}
    newest = history_of("delivery", "nps", using=using)[0]
    assert (newest.stand, newest.undoes) == ("open", 1)


def test_taking_back_says_again_what_stood_before_and_twice_brings_it_back(
    using: str, at: datetime
) -> None:
    from verite.records.moments.actions import say_of_moment, take_back
    from verite.records.moments.records import history_of

    say_of_moment(YES, by=ALICE, at=at, using=using)
    say_of_moment(NO, by=ALICE, at=at, using=using)
    take_back(touchpoint="delivery", outcome="nps", by=CONSOLE, at=at, using=using)
    take_back(touchpoint="delivery", outcome="nps", by=CONSOLE, at=at, using=using)
    told = [(one.stand, one.reason) for one in history_of("delivery", "nps", using=using)]
    yes, no = ("declared", YES.reason), ("refused", NO.reason)
    assert told == [no, yes, no, yes]


def test_nothing_said_cannot_be_taken_back(using: str, at: datetime) -> None:
    from verite.records.moments.actions import take_back

    with pytest.raises(WrongUse, match="nothing_declared"):
        take_back(touchpoint="delivery", outcome="nps", by=ALICE, at=at, using=using)


def test_an_agent_neither_declares_nor_takes_back(using: str, at: datetime) -> None:
    from verite.records.moments.actions import say_of_moment, take_back

    with pytest.raises(WrongUse, match="not_allowed"):
        say_of_moment(YES, by=BOB, at=at, using=using)
    with pytest.raises(WrongUse, match="not_allowed"):
        take_back(touchpoint="delivery", outcome="nps", by=BOB, at=at, using=using)


@pytest.mark.parametrize(
    ("reason", "code"), [("  ", "reason_missing"), ("x" * (REASON_AT_MOST + 1), "reason_too_long")]
)
def test_a_word_without_a_fit_reason_is_refused(reason: str, code: str) -> None:
    with pytest.raises(BadInput, match=code):
        replace(YES, reason=reason)


def test_each_word_leaves_an_audit_entry(using: str, at: datetime) -> None:
    from verite.records.audit.records import latest
    from verite.records.moments.actions import say_of_moment, take_back

    say_of_moment(YES, by=ALICE, at=at, using=using)
    take_back(touchpoint="delivery", outcome="nps", by=CONSOLE, at=at, using=using)
    told = [(entry.did, entry.subject, entry.before, entry.after) for entry in latest(using=using)]
    assert told == [
        ("take_back_moment", "delivery · nps", "declared: Le colis.", ""),
        ("say_of_moment", "delivery · nps", "", "declared: Le colis."),
    ]


def test_a_failed_word_leaves_neither_version_nor_entry(
    using: str, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    from verite.records.audit.records import latest
    from verite.records.moments import actions
    from verite.records.moments.records import history_of

    def fail(**_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(actions, "note", fail)
    with pytest.raises(RuntimeError):
        actions.say_of_moment(YES, by=ALICE, at=at, using=using)
    assert (history_of("delivery", "nps", using=using), latest(using=using)) == ((), ())
