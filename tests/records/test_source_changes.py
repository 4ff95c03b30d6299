"""Live sources changed: the pages that may send, the signing secret renewed; by owners only."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from verite.words.errors import BadInput, WrongUse
from verite.words.live import Scope
from verite.words.member import CONSOLE, Member, Role

AT = datetime(2026, 3, 1, 9, tzinfo=UTC)
BOB = Member(id=2, email="bob@example.org", name="Bob", role=Role.AGENT)
GIVEN = "whsec_C2FVsBQIhrscChlQIMV+b5sS"


@pytest.fixture
def make(using):
    from verite.records.listen.source_actions import Wanted, make_source

    def made(name="shop", by=CONSOLE, **more):
        return make_source(using=using, by=by, wanted=Wanted(name=name, **more), at=AT)

    return made


@pytest.fixture
def hook(make):
    return make("hook", scopes=frozenset({Scope.WEBHOOK}))


@pytest.fixture
def renew(using):
    from verite.records.listen.change_actions import renew_secret

    def renewed(name="hook", by=CONSOLE, at=AT, **more):
        return renew_secret(using=using, by=by, name=name, at=at, **more)

    return renewed


@pytest.fixture
def allow(using):
    from verite.records.listen.change_actions import set_origins

    def allowed(*origins, by=CONSOLE):
        return set_origins(using=using, by=by, name="shop", origins=origins, at=AT).origins

    return allowed


def caller(using):
    from verite.records.listen.sources import callers

    (one,) = callers(using=using)
    return one


def test_the_old_secret_is_honoured_for_a_day_and_not_a_second_more(using, hook, renew):
    new = renew()
    assert new.secret not in {"", hook.secret}
    assert new.key == ""
    late = AT + timedelta(hours=24)
    assert caller(using).secrets(late - timedelta(seconds=1)) == (new.secret, hook.secret)
    assert caller(using).secrets(late) == (new.secret,)
    assert new.source.former_until == late


def test_renewing_twice_ends_the_first_secret_at_once(using, hook, renew):
    second, third = renew(), renew()
    assert caller(using).secrets(AT) == (third.secret, second.secret)


def test_the_secret_of_a_sender_is_kept_and_given_again_changes_nothing(using, hook, renew):
    assert renew(secret=f" {GIVEN} ").secret == GIVEN
    renew(secret=GIVEN, at=AT + timedelta(hours=3))
    assert caller(using).secrets(AT) == (GIVEN, hook.secret)


def test_a_secret_that_cannot_sign_is_refused(hook, renew):
    with pytest.raises(BadInput, match="bad_source_secret"):
        renew(secret="zzz")


def test_a_source_without_webhooks_has_no_secret_to_renew(make, renew):
    make()
    with pytest.raises(BadInput, match="source_not_signed"):
        renew("shop")
    with pytest.raises(BadInput, match="unknown_source"):
        renew("nobody")


def test_no_page_may_send_until_an_owner_says_so(using, make, allow):
    make()
    assert caller(using).origins == frozenset()
    assert allow("https://Shop.example/", "http://localhost:3000") == (
        "http://localhost:3000", "https://shop.example",
    )  # fmt: skip
    assert caller(using).origins == {"http://localhost:3000", "https://shop.example"}
    assert allow() == ()


def test_a_source_is_made_with_its_pages(using, make):
    assert make(origins=("https://shop.example",)).source.origins == ("https://shop.example",)
    with pytest.raises(BadInput, match="bad_origin"):
        make("other", origins=("shop",))


def test_only_owners_change_a_source(hook, make, renew, allow):
    make()
    with pytest.raises(WrongUse, match="not_allowed"):
        renew(by=BOB)
    with pytest.raises(WrongUse, match="not_allowed"):
        allow("https://shop.example", by=BOB)


def test_each_change_leaves_one_entry_without_a_secret(using, hook, make, renew, allow):
    from verite.records.audit import models

    make()
    new = renew()
    allow("https://shop.example")
    allow("https://shop.example")
    rows = list(models.Entry.objects.using(using).order_by("pk"))
    assert [row.did for row in rows[2:]] == ["renew_secret", "set_origins"]
    told = " ".join(f"{row.subject} {row.before} {row.after}" for row in rows)
    assert hook.secret not in told
    assert new.secret not in told


def test_a_new_source_numbers_alone_and_one_from_before_does_not(using, make):
    from verite.records.listen import models

    make()
    assert caller(using).numbers_alone
    assert models.LiveSource(name="old", scopes=[]).numbers_alone is False
