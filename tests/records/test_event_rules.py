"""Rules of event names: written by owners only, audited, one per source and name; names counted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from verite.words.errors import BadInput, WrongUse
from verite.words.events import EventRule
from verite.words.member import CONSOLE, Member, Role

AT = datetime(2026, 3, 1, 9, tzinfo=UTC)
BOB = Member(id=2, email="bob@example.org", name="Bob", role=Role.AGENT)
CHAT = EventRule(event="Chat Started", touchpoint="chat", channel="e-mail", kind="contact")


@pytest.fixture
def actions(using):
    from verite.records.listen import rule_actions

    return rule_actions


@pytest.fixture
def told(using):
    from verite.records.listen import rules

    return rules


def test_a_rule_is_kept_with_its_channel_in_our_words(using, actions, told) -> None:
    assert actions.set_rule(using=using, by=CONSOLE, rule=CHAT, at=AT) is None
    (rule,) = told.event_rules(using=using)
    assert (rule.touchpoint, rule.channel, rule.kind) == ("chat", "email", "contact")


def test_names_that_differ_by_capitals_are_one_and_the_former_rule_is_answered(
    using, actions, told
) -> None:
    actions.set_rule(using=using, by=CONSOLE, rule=CHAT, at=AT)
    other = EventRule(event="chat started ", ignored=True)
    before = actions.set_rule(using=using, by=CONSOLE, rule=other, at=AT)
    assert before is not None
    assert before.touchpoint == "chat"
    assert [rule.ignored for rule in told.event_rules(using=using)] == [True]


def test_each_step_is_in_the_audit_with_what_stood_before(using, actions) -> None:
    from verite.records.audit.models import Entry

    actions.set_rule(using=using, by=CONSOLE, rule=CHAT, at=AT)
    actions.forget_rule(using=using, by=CONSOLE, rule=CHAT, at=AT)
    entries = Entry.objects.using(using).order_by("pk").values_list("did", "before", "after")
    assert list(entries) == [
        ("set_event_rule", "", "chat, email, contact"),
        ("forget_event_rule", "chat, email, contact", ""),
    ]


def test_an_agent_may_not_and_a_rule_that_is_gone_is_told(using, actions, told) -> None:
    with pytest.raises(WrongUse, match="not_allowed"):
        actions.set_rule(using=using, by=BOB, rule=CHAT, at=AT)
    with pytest.raises(BadInput, match="unknown_event_rule"):
        actions.forget_rule(using=using, by=CONSOLE, rule=CHAT, at=AT)
    assert told.event_rules(using=using) == ()


def test_unknown_names_add_up_and_come_back_when_their_rule_goes(using, actions, told) -> None:
    for day in range(2):
        at = AT + timedelta(days=day)
        actions.count_unknown(using=using, counted={("site", "Chat Started"): 2}, at=at)
    (name,) = told.unknown_events(using=using)
    assert (name.count, name.first_at, name.last_at) == (4, AT, AT + timedelta(days=1))
    actions.set_rule(using=using, by=CONSOLE, rule=CHAT, at=AT)
    assert told.unknown_events(using=using) == ()
    actions.forget_rule(using=using, by=CONSOLE, rule=CHAT, at=AT)
    assert len(told.unknown_events(using=using)) == 1


def test_a_careless_sender_fills_no_more_than_its_room(using, actions, told, monkeypatch) -> None:
    monkeypatch.setattr(actions, "NAMES_AT_MOST", 5)
    for turn in range(3):
        counted = {("site", f"Viewed {turn}-{number}"): number + 1 for number in range(9)}
        actions.count_unknown(using=using, counted=counted, at=AT)
    assert len(told.unknown_events(using=using)) == 5
