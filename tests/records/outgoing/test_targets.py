"""Targets: who may name them, what is kept, what is forgotten."""

from __future__ import annotations

from datetime import timedelta

import pytest

from verite.words.errors import BadInput, WrongUse
from verite.words.member import CONSOLE, Member, Role
from verite.words.webhooks import Message

URL = "https://desk.example/hook"
ANALYST = Member(id=2, email="ana@example.org", name="Ana", role=Role.ANALYST)


@pytest.fixture
def target(using, at):
    from verite.records.outgoing.actions import name_target

    return name_target(using=using, by=CONSOLE, name="desk", url=URL, at=at)


@pytest.mark.parametrize("what", ["name", "secret", "on", "off", "drop", "test", "retry"])
def test_only_those_who_manage_sources_may_change_anything(using, at, target, what):
    from verite.records.outgoing import actions, sending

    common = {"using": using, "by": ANALYST, "at": at}
    held = {"target": target.target.id, **common}
    calls = {
        "name": lambda: actions.name_target(name="crm", url=URL, **common),
        "secret": lambda: actions.change_secret(**held),
        "on": lambda: actions.turn_on(**held),
        "off": lambda: actions.turn_off(**held),
        "drop": lambda: actions.drop_target(**held),
        "test": lambda: sending.queue_test(**held),
        "retry": lambda: sending.try_again(delivery=1, **common),
    }
    with pytest.raises(WrongUse) as caught:
        calls[what]()
    assert caught.value.code == "not_allowed"


def test_the_secret_is_told_once_and_never_read_back(using, target):
    from verite.records.audit.records import latest
    from verite.records.outgoing.records import list_targets

    assert target.secret.startswith("whsec_")
    assert target.secret not in repr(list_targets(using=using))
    assert target.secret not in repr(latest(using=using))
    assert target.secret not in repr(target)


def test_a_new_secret_takes_the_place_of_the_old_one(using, at, target):
    from verite.records.outgoing.actions import change_secret
    from verite.records.outgoing.sending import claim_due, queue_messages

    other = change_secret(using=using, by=CONSOLE, target=target.target.id, at=at).secret
    queue_messages(using=using, messages=[Message(id="m", kind="test", body="{}")], at=at)
    assert [due.secret for due in claim_due(using=using, at=at)] == [other] != [target.secret]


@pytest.mark.parametrize("name", ["desk", " desk ", "", "x" * 81])
def test_a_name_is_short_and_its_own(using, at, target, name):
    from verite.records.outgoing.actions import name_target

    with pytest.raises(BadInput) as caught:
        name_target(using=using, by=CONSOLE, name=name, url=URL, at=at)
    assert caught.value.code in {"target_exists", "target_name"}


def test_a_target_that_is_dropped_takes_its_deliveries_along(using, at, target):
    from verite.records.audit.records import latest
    from verite.records.outgoing.actions import drop_target
    from verite.records.outgoing.records import latest_deliveries, list_targets
    from verite.records.outgoing.sending import queue_messages

    queue_messages(using=using, messages=[Message(id="m", kind="test", body="{}")], at=at)
    drop_target(using=using, by=CONSOLE, target=target.target.id, at=at)
    assert (list_targets(using=using), latest_deliveries(using=using)) == ((), ())
    assert (latest(using=using)[0].did, latest(using=using)[0].before) == ("drop_target", URL)


def test_deliveries_about_a_person_are_forgotten_with_them(using, at, target):
    from verite.records.outgoing.records import latest_deliveries
    from verite.records.outgoing.sending import forget_person, queue_messages

    messages = [Message(id=f"m{n}", kind="alert.raised", body="{}", person=p)
                for n, p in enumerate(("abc", "xyz"))]  # fmt: skip
    queue_messages(using=using, messages=messages, at=at)
    assert forget_person(using=using, person="abc") == 1
    assert [one.message for one in latest_deliveries(using=using)] == ["m1"]


def test_old_deliveries_are_forgotten_but_never_those_that_wait(using, at, target):
    from verite.records.outgoing.sending import claim_due, forget_deliveries, queue_messages, settle
    from verite.words.webhooks import Tried

    messages = [Message(id=one, kind="alert.raised", body="{}") for one in ("a", "b")]
    queue_messages(using=using, messages=messages, at=at)
    settle(
        using=using, due=claim_due(using=using, at=at, limit=1)[0], tried=Tried(status=200), at=at
    )
    assert forget_deliveries(using=using, before=at + timedelta(days=1)) == 1
