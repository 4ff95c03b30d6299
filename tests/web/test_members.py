"""Members are added, changed and removed by owners; programs read with keys."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def owner(tmp_path_factory: pytest.TempPathFactory, make_cast: Callable) -> object:
    return make_cast(tmp_path_factory.mktemp("members") / "home")


@pytest.fixture
def own_home(owner) -> str:
    return owner.alias


@pytest.fixture
def cast(owner) -> type:
    return type(owner)


def link_in(answer: object) -> str:
    return re.search(r"http://testserver(/sign-in/[\w-]+)", answer.content.decode())[1]


def test_an_owner_adds_a_member_whose_link_opens_the_house(owner, own_home: str, cast) -> None:
    answer = owner.post("/members", {"email": "dora@example.org", "role": "analyst"})
    stranger = cast(own_home, None)
    assert stranger.post(link_in(answer)).status_code == 302
    assert "Analyste" in stranger.get("/account?lang=fr").content.decode()


def test_the_same_address_twice_is_told_beside_its_field(owner) -> None:
    for _ in range(2):
        answer = owner.post("/members", {"email": "twice@example.org", "role": "agent"})
    assert answer.status_code == 400
    assert 'aria-describedby="fault"' in answer.content.decode()


def test_a_member_removed_is_out_at_once_and_may_come_back(owner, own_home: str, cast) -> None:
    answer = owner.post("/members", {"email": "eve@example.org", "role": "owner"})
    eve = cast(own_home, None)
    eve.post(link_in(answer))
    assert eve.get("/members").status_code == 200
    owner.post("/members/change", {"email": "eve@example.org", "do": "remove"})
    assert eve.get("/members").status_code == 302
    answer = owner.post("/members", {"email": "eve@example.org", "role": "agent"})
    eve.post(link_in(answer))
    assert eve.get("/members").status_code == 403


def test_another_role_signs_the_member_out_and_opens_what_it_opens(owner, own_home, cast) -> None:
    answer = owner.post("/members", {"email": "finn@example.org", "role": "owner"})
    finn = cast(own_home, None)
    finn.post(link_in(answer))
    change = {"email": "finn@example.org", "do": "role", "role": "agent"}
    assert owner.post("/members/change", change).status_code == 302
    assert finn.get("/status").status_code == 302
    again = owner.post("/members/change", {"email": "finn@example.org", "do": "link"})
    finn.post(link_in(again))
    assert finn.get("/status").status_code == 200
    assert finn.get("/members").status_code == 403


@pytest.mark.parametrize("do", ["remove", "role"])
def test_nobody_takes_their_own_membership_away(owner, do: str) -> None:
    change = {"email": "alice@example.org", "do": do, "role": "agent"}
    assert owner.post("/members/change", change).status_code == 400
    assert owner.get("/members").status_code == 200


def test_an_agent_neither_sees_nor_changes_members(own_home: str, cast) -> None:
    bob = cast(own_home, "bob@example.org")
    assert bob.get("/members").status_code == 403
    assert bob.post("/members", {"email": "x@example.org"}).status_code == 403
    assert bob.post("/members/keys", {"name": "x", "read": "1"}).status_code == 403


def key_in(answer: object) -> str:
    return re.search(r"vk_[\w-]{43}", answer.content.decode())[0]


def test_a_key_reads_the_api_until_it_is_closed(owner, own_home: str, cast) -> None:
    token = key_in(owner.post("/members/keys", {"name": "board", "read": "1"}))
    program = cast(own_home, None)
    bearer = {"Authorization": f"Bearer {token}"}
    assert program.get("/api/status", **bearer).status_code == 200
    listed = owner.get("/members").content.decode()
    assert token not in listed
    assert f"(…{token[-4:]})" in listed
    number = re.search(r'name="close" value="(\d+)"', listed)[1]
    owner.post("/members/keys", {"close": number})
    assert program.get("/api/status", **bearer).status_code == 401


def test_a_key_opens_no_page_and_a_wrong_one_nothing(owner, own_home: str, cast) -> None:
    token = key_in(owner.post("/members/keys", {"name": "pages", "read": "1"}))
    program = cast(own_home, None)
    assert program.get("/status", Authorization=f"Bearer {token}").status_code == 302
    assert program.get("/api/status", Authorization="Bearer vk_wrong").status_code == 401


def test_a_key_without_a_name_or_a_scope_is_not_made(owner) -> None:
    for given in ({"name": "", "read": "1"}, {"name": "x"}):
        answer = owner.post("/members/keys", given)
        assert answer.status_code == 400
        assert "vk_" not in answer.content.decode()


def test_a_monitor_with_a_key_reads_the_counts(owner, own_home: str, cast) -> None:
    token = key_in(owner.post("/members/keys", {"name": "monitor", "read": "1"}))
    monitor = cast(own_home, None)
    assert monitor.get("/metrics").status_code == 401
    text = monitor.get("/metrics", Authorization=f"Bearer {token}").content.decode()
    assert re.search(r"^verite_inbox_batches 0$", text, re.M)
    assert all(re.fullmatch(r"#.*|verite_\w+ -?\d+", line) for line in text.splitlines())


def test_records_name_who_did_it(owner, own_home: str) -> None:
    from verite.records.audit import models

    owner.post("/members", {"email": "gil@example.org", "role": "agent"})
    last = models.Entry.objects.using(own_home).filter(did="add_member").order_by("-at").first()
    assert (last.by, last.subject, last.after) == ("alice@example.org", "gil@example.org", "agent")


def test_the_page_keeps_nothing_secret_on_disk(owner, own_home: str) -> None:
    from verite.records.setup import home_of

    token = key_in(owner.post("/members/keys", {"name": "disk", "read": "1"}))
    folder: Path = home_of(own_home)
    files = [file for file in folder.rglob("*") if file.is_file()]
    assert not [file for file in files if token.encode() in file.read_bytes()]
