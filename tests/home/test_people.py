"""Who is who in a home: evidence, decisions with whose they are, what follows from them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

import verite
from verite.words.errors import WrongUse
from verite.words.member import Member, Role
from verite.words.people import Doubt

AT = datetime(2026, 3, 1, tzinfo=UTC)
ROWS = """message_id,identity,aliases,at,channel,kind,case_id
a,user:1,email:Family@X.fr|phone:06 12 34 56 78,2026-01-01T10:00:00Z,web,contact,c1
b,user:2,email:family@x.fr,2026-01-02T10:00:00Z,web,contact,c1
c,email:FAMILY@x.fr,,2026-01-03T10:00:00Z,email,contact,c1
d,phone:+33 6 12 34 56 78,,2026-01-04T10:00:00Z,phone,contact,
e,user:3,email:noreply@x.fr|phone:0000000000,2026-01-04T11:00:00Z,web,visit,
f,user:4,account:44,2026-01-04T12:00:00Z,web,visit,
"""
AGENT = Member(id=2, email="bob@example.org", name="Bob", role=Role.AGENT)


@pytest.fixture
def home(tmp_path: Path):
    file = tmp_path / "rows.csv"
    file.write_text(ROWS, encoding="utf-8")
    with verite.create(tmp_path / "home") as made:
        made.listen(file)
        yield made


def people(home) -> int:
    return home.status().result.people


def test_people_are_those_of_the_status(home) -> None:
    found = home.unify().result
    assert found.people == people(home) == 5
    assert found.identities == home.status().result.identities
    assert (found.merged, found.reasons) == (2, (("alias", 2),))


def test_what_waits_comes_with_its_evidence(home) -> None:
    (doubt,) = home.unify().result.review
    assert (doubt.reason, doubt.people, doubt.links) == (Doubt.SHARED, 3, 2)
    assert doubt.identities[0].identity == "email:family@x.fr"
    assert {one.identity for one in doubt.identities} == {"email:family@x.fr", "user:1", "user:2"}
    seen = {one.identity: one for one in doubt.identities}
    assert seen["user:1"].interactions == 1
    assert seen["user:1"].first == datetime(2026, 1, 1, 10, tzinfo=UTC)
    assert doubt.shared_cases == 1
    assert doubt.told == ("alias",)


def test_impossible_identities_are_listed(home) -> None:
    found = home.unify().result
    assert {one.identity.partition(":")[0]: one.why for one in found.junk} == {
        "email": "no_reply",
        "phone": "repeated",
    }


def test_accepting_makes_one_person_and_undoing_leaves_no_trace(home) -> None:
    before = (people(home), home.map().result.cases)
    (doubt,) = home.unify().result.review
    accepted = home.accept(doubt.id, at=AT).result
    assert (accepted.people_before, accepted.people_after) == (3, 1)
    assert people(home) == 3
    assert home.unify().result.reasons == (("alias", 2), ("merge", 2))
    merges = home.unify().result.merges
    assert all(one.reason == ("merge" if one.decided else "alias") for one in merges)
    undone = home.undo(next(one.id for one in merges if one.decided), at=AT)
    assert (undone.result.links, undone.result.people_after) == (2, 3)
    assert "Their merge waits for an answer again" in undone.sentence("en").replace("\xa0", " ")
    assert "The whole decision, 2 links".lower() in undone.sentence("en").replace("\xa0", " ")
    assert (people(home), home.map().result.cases) == before
    assert [one.id for one in home.unify().result.review] == [doubt.id]


def test_identities_are_meant_however_they_are_spelled(home) -> None:
    joined = home.merge("06 12 34 56 78", "user:3", at=AT).result
    assert joined.verdict == "joined"
    assert set(joined.identities) == {"user:1", "user:3"}
    parted = home.part("user:1", "user:3", at=AT).result
    assert (parted.links, parted.people_after) == (1, 2)


def test_an_agent_decides_nothing(home) -> None:
    (doubt,) = home.unify().result.review
    with pytest.raises(WrongUse, match="not_allowed"):
        home.accept(doubt.id, at=AT, by=AGENT)
    assert home.unify().result.waiting == 1


def test_a_decision_is_in_the_audit_without_a_name(home) -> None:
    (doubt,) = home.unify().result.review
    home.reject(doubt.id, at=AT)
    using = home.open_records()
    from verite.records.audit.records import latest
    from verite.records.unify.records import latest_decisions, who_decided

    entry = latest(using=using)[0]
    assert (entry.did, entry.by) == ("people_rejected", "console")
    assert "@" not in entry.subject
    decided = latest_decisions(using=using)
    assert [one.verdict for one in decided] == ["rejected"]
    pair = (decided[0].one, decided[0].other)
    assert who_decided([pair], using=using)[pair].by == "console"


def test_every_answer_has_rows_a_sentence_and_a_document(home) -> None:
    answer = home.unify()
    (row,) = answer.rows()
    assert (row["reason"], row["people"]) == ("shared", 3)
    assert answer.json()["review"][0]["identities"][0] == "email:family@x.fr"
    assert "1 rapprochement à trancher" in answer.sentence("fr").replace("\xa0", " ")
    assert "1 merge to decide" in answer.sentence("en").replace("\xa0", " ")
    decided = home.reject(str(row["id"]), at=AT)
    assert "Refusé" in decided.sentence("fr")
    assert "2 liens de côté" in decided.sentence("fr").replace("\xa0", " ")
    assert "Ces identités forment 3 personnes" in decided.sentence("fr").replace("\xa0", " ")
    told = {one["identity"] for one in decided.rows()}
    assert told == {"email:family@x.fr", "user:1", "user:2"}
    assert decided.json()["verdict"] == "rejected"


def test_the_bound_and_the_country_are_the_homes(tmp_path: Path) -> None:
    with verite.create(tmp_path / "home") as home:
        settings = home.path / "verite.toml"
    text = settings.read_text(encoding="utf-8").replace("[home]", '[home]\ncountry = "be"')
    settings.write_text(text + "\n[unify]\nidentities_at_most = 3\n", encoding="utf-8")
    file = tmp_path / "rows.csv"
    mails = "|".join(f"email:m{n}@x.fr" for n in range(5))
    file.write_text(
        f"identity,aliases,at,channel\nphone:0470 12 34 56,{mails},2026-01-01T10:00:00Z,web\n",
        encoding="utf-8",
    )
    with verite.open(tmp_path / "home") as home:
        home.listen(file)
        found = home.unify().result
    assert found.review[0].reason is Doubt.CROWD
    assert found.review[0].identities[0].identity == "phone:+32470123456"
    assert found.people == 1
    assert found.merged == 0


def test_a_mail_never_met_alone_is_no_person(tmp_path: Path) -> None:
    file = tmp_path / "rows.csv"
    file.write_text("".join(ROWS.splitlines(keepends=True)[:3]), encoding="utf-8")
    with verite.create(tmp_path / "home") as home:
        home.listen(file)
        (doubt,) = home.unify().result.review
        assert (people(home), doubt.people, home.unify().rows()[0]["people"]) == (2, 2, 2)
        accepted = home.accept(doubt.id, at=AT).result
        assert (accepted.people_before, accepted.people_after, people(home)) == (2, 1, 1)
        (merge, *_) = (one for one in home.unify().result.merges if one.decided)
        undone = home.undo(merge.id, at=AT).result
        assert (undone.people_before, undone.people_after, people(home)) == (1, 2, 2)
        rejected = home.reject(doubt.id, at=AT).result
        assert (rejected.people_before, rejected.people_after, people(home)) == (2, 2, 2)
