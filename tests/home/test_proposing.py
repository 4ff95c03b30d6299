"""Customers who look alike, in a home: they wait for a decision, and nobody is joined by them."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from datetime import UTC, datetime

import pytest

import verite
from verite.words.errors import WrongUse
from verite.words.member import Member, Role
from verite.words.people import Doubt

AT = datetime(2026, 3, 1, tzinfo=UTC)
AGENT = Member(id=2, email="bob@example.org", name="Bob", role=Role.AGENT)
FIRST = ("marie", "jean", "nora", "paul", "luc", "anne", "julie", "karim")
LAST = (
    "durand",
    "martin",
    "petit",
    "bernard",
    "roussel",
    "fontaine",
    "garnier",
    "moreau",
    "lefevre",
)


def rows(people):
    for place in range(people):
        name = f"{FIRST[place % 8]}.{LAST[place // 8 % 9]}"
        yield (
            f"user:{place + 1}",
            f"{name}@d{place % 5}.example",
            f"+336{(place + 11) * 7919131 % 10**8:08d}",
        )


def made(folder, people, doubles=()):
    file = folder / "rows.csv"
    with file.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(("message_id", "identity", "aliases", "at", "channel", "kind", "case_id"))
        for place, (user, mail, phone) in enumerate([*rows(people), *doubles]):
            told = f"email:{mail}|phone:{phone}"
            writer.writerow((f"m{place}", user, told, "2026-01-01T10:00:00Z", "web", "contact", ""))
    home = verite.create(folder / "home")
    home.listen(file)
    return home


@pytest.fixture
def home(tmp_path):
    pytest.importorskip("splink", reason="the extra `identity` (splink) is not installed")
    _, mail, phone = next(iter(rows(1)))
    other = ("user:900", mail.replace("@", "2@"), phone[:8] + phone[9] + phone[8] + phone[10:])
    with made(tmp_path, 70, [other]) as found:
        yield found


def alike(home):
    return [one for one in home.unify().result.review if one.reason is Doubt.ALIKE]


def test_what_is_found_waits_with_its_evidence_and_joins_nobody(home):
    before = home.status().result.people
    found = home.propose(at=AT)
    assert (found.result.profiles, found.result.found) == (71, 1)
    assert "customers compared by their mails" in found.sentence("en")
    (doubt,) = alike(home)
    assert doubt.agreed == ("same_name", "same_domain", "near_phone")
    assert doubt.likely is not None
    assert {one.identity.partition(" ")[0] for one in doubt.identities} == {"user:1", "user:900"}
    assert home.status().result.people == before
    assert home.unify().json("en")["review"][0]["agreed"] == list(doubt.agreed)


def test_accepting_joins_them_and_undoing_is_remembered(home):
    before = home.status().result.people
    home.propose(at=AT)
    (doubt,) = alike(home)
    home.accept(doubt.id, at=AT)
    assert home.status().result.people == before - 1
    assert alike(home) == []
    (merge,) = [one for one in home.unify().result.merges if one.decided]
    home.undo(merge.id, at=AT)
    assert home.status().result.people == before
    assert home.propose(at=AT).result.found == 0


def test_rejecting_changes_nobody_and_it_never_comes_again(home):
    before = home.status().result.people
    home.propose(at=AT)
    (doubt,) = alike(home)
    told = home.reject(doubt.id, at=AT).result
    assert (told.people_before, told.people_after) == (2, 2)
    assert home.propose(at=AT).result.found == 0
    assert alike(home) == []
    assert home.status().result.people == before


def test_two_who_became_one_in_the_meantime_wait_no_more(home):
    home.propose(at=AT)
    home.merge("user:1", "user:900", at=AT)
    assert alike(home) == []


def test_looking_takes_the_right_to_merge_people(home):
    with pytest.raises(WrongUse, match="not_allowed"):
        home.propose(at=AT, by=AGENT)


def test_a_home_without_enough_mails_and_phones_says_so(tmp_path):
    with made(tmp_path, 4) as small, pytest.raises(WrongUse, match="too_few_profiles"):
        small.propose(at=AT)
    words = [sys.executable, "-m", "verite", "--home", str(tmp_path / "home"), "--lang", "en"]
    ended = subprocess.run(
        [*words, "unify", "--propose"], capture_output=True, text=True, check=False
    )
    assert ended.returncode == 2
    assert ended.stderr.count("\n") == 1
    assert "4 customers have a mail or a phone" in ended.stderr


def test_the_command_prints_what_waits(home):
    words = [sys.executable, "-m", "verite", "--home", str(home.path), "--json"]
    ended = subprocess.run(
        [*words, "unify", "--propose"], capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr
    assert json.loads(ended.stdout)["review"][0]["reason"] == "alike"
