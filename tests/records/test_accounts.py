"""Who may sign in."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from verite.words.errors import BadInput, WrongUse
from verite.words.member import CONSOLE, Member, Role


def add(using: str, at: datetime, email: str = "alice@example.org") -> Member:
    from verite.records.accounts.actions import add_member

    return add_member(using=using, by=CONSOLE, email=email, name="Alice", role=Role.OWNER, at=at)


def test_a_link_signs_in_once(using: str, at: datetime) -> None:
    from verite.records.accounts.actions import make_link, use_link

    alice = add(using, at)
    token = make_link(using=using, by=CONSOLE, email=alice.email, at=at)
    assert use_link(using=using, token=token, at=at) == alice
    with pytest.raises(BadInput, match="link_spent"):
        use_link(using=using, token=token, at=at)


def test_a_link_expires(using: str, at: datetime) -> None:
    from verite.records.accounts.actions import make_link, use_link

    token = make_link(using=using, by=CONSOLE, email=add(using, at).email, at=at)
    with pytest.raises(BadInput, match="link_spent"):
        use_link(using=using, token=token, at=at + timedelta(hours=13))


def test_the_token_itself_is_not_kept(using: str, at: datetime) -> None:
    from verite.records.accounts.actions import make_link
    from verite.records.accounts.models import SignInLink

    token = make_link(using=using, by=CONSOLE, email=add(using, at).email, at=at)
    assert token not in SignInLink.objects.using(using).get().digest


def test_a_password_signs_in(using: str, at: datetime) -> None:
    from verite.records.accounts.actions import check_sign_in, set_password

    alice = add(using, at)
    secret = "une phrase assez longue"
    set_password(using=using, by=alice, email=alice.email, password=secret, at=at)
    found = check_sign_in(
        using=using, email="ALICE@example.org", password=secret, address="127.0.0.1", at=at
    )
    assert found == alice


def test_a_short_password_is_refused(using: str, at: datetime) -> None:
    from verite.records.accounts.actions import set_password

    alice = add(using, at)
    with pytest.raises(BadInput, match="password_short"):
        set_password(using=using, by=alice, email=alice.email, password="court", at=at)


def test_the_sixth_wrong_password_in_a_quarter_of_an_hour_is_not_even_tried(
    using: str, at: datetime
) -> None:
    from verite.records.accounts.actions import check_sign_in

    add(using, at)
    codes = []
    for _ in range(6):
        with pytest.raises(BadInput) as told:
            check_sign_in(
                using=using, email="alice@example.org", password="no", address="10.0.0.1", at=at
            )
        codes.append(told.value.code)
    assert codes == ["wrong_sign_in"] * 5 + ["too_many_sign_ins"]
    with pytest.raises(BadInput, match="wrong_sign_in"):
        check_sign_in(
            using=using,
            email="alice@example.org",
            password="no",
            address="10.0.0.1",
            at=at + timedelta(minutes=16),
        )


def test_two_members_cannot_share_an_address(using: str, at: datetime) -> None:
    add(using, at)
    with pytest.raises(BadInput, match="member_exists"):
        add(using, at, "Alice@example.org")


def test_only_an_owner_adds_members(using: str, at: datetime) -> None:
    from verite.records.accounts.actions import add_member

    bob = Member(id=2, email="bob@example.org", name="Bob", role=Role.AGENT)
    with pytest.raises(WrongUse, match="not_allowed"):
        add_member(using=using, by=bob, email="x@example.org", name="", role=Role.OWNER, at=at)


def test_a_session_dies_with_the_password(using: str, at: datetime) -> None:
    from verite.records.accounts.actions import set_password
    from verite.records.accounts.records import member_of_session, stamp_of

    alice = add(using, at)
    stamp = stamp_of(alice, using=using)
    assert member_of_session(alice.id, stamp, using=using) == alice
    set_password(using=using, by=alice, email=alice.email, password="x" * 12, at=at)
    assert member_of_session(alice.id, stamp, using=using) is None


def test_an_unknown_address_costs_as_many_hashes_as_a_wrong_password(
    using: str, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.contrib.auth.hashers import get_hasher

    from verite.records.accounts.actions import check_sign_in, set_password

    alice = add(using, at)
    set_password(using=using, by=alice, email=alice.email, password="une phrase longue", at=at)
    made: list[str] = []
    hasher = type(get_hasher("default"))
    encode = hasher.encode

    def counting(self, password, salt, *rest):
        made.append(password)
        return encode(self, password, salt, *rest)

    monkeypatch.setattr(hasher, "encode", counting)
    counts = []
    for email in (alice.email, "nobody@example.org"):
        made.clear()
        with pytest.raises(BadInput, match="wrong_sign_in"):
            check_sign_in(using=using, email=email, password="faux", address="a", at=at)
        counts.append(len(made))
    assert counts == [1, 1]
