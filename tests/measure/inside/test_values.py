"""Values known by staff: planted teams are told, small ones are not."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

import verite
from verite.home import Home
from verite.loop.listen import Request
from verite.words.errors import BadInput, WrongUse
from verite.words.identical import Alike
from verite.words.inside import Known, ValueRow

AT = datetime(2026, 6, 1, tzinfo=UTC)
SETTINGS = """
[values]
threshold = 0.8
margin = 0.1
staff = 400

[values.names]
listening = { fr = "Écoute", en = "Listening" }
clarity = "Clarté"
"""


def made(folder: Path) -> Home:
    """A home that declares two values."""
    verite.create(folder, name="Acme").close()
    with (folder / "verite.toml").open("a", encoding="utf-8") as file:
        file.write(SETTINGS)
    return verite.open(folder)


def answers(teams: dict[str, tuple[int, int]]) -> str:
    """A row per person: of each team so many, of whom so many know what listening asks."""
    lines = ["at,identity,team,site,value_listening,value_clarity"]
    for team, (people, know) in teams.items():
        for n in range(people):
            score = 5 if n < know else 2
            lines.append(f"2026-05-04,mail:{team}{n}@acme.example,{team},Lille,{score},5")
    return "\n".join(lines) + "\n"


def hear(home: Home, folder: Path, text: str, name: str = "staff.csv") -> None:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    home.listen_to(Request(files=(file,), inside=True), at=AT)


def team(rows: tuple[ValueRow, ...], name: str) -> ValueRow:
    return next(row for row in rows if row.unit == name)


PLANTED = {"nord": (100, 95), "sud": (100, 92), "est": (100, 50), "nuit": (12, 11), "duo": (2, 2)}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    folder = tmp_path_factory.mktemp("values")
    with made(folder / "home") as home:
        hear(home, folder, answers(PLANTED))
        yield home.values(), home


def test_the_share_who_know_is_that_of_r(told) -> None:
    """R: prop.test(50, 100, correct = FALSE)$conf.int: 0.4038315 0.5961685."""
    row = team(told[0].result.of("listening", "team"), "est")
    assert (row.share.value, row.share.n) == (50.0, 100)
    assert (row.share.low, row.share.high) == pytest.approx((40.38315, 59.61685), abs=1e-4)


def test_the_team_that_does_not_know_is_told_apart(told) -> None:
    rows = told[0].result.of("listening", "team")
    assert team(rows, "est").known is Known.NOT_KNOWN
    assert team(rows, "est").alike is Alike.DIFFERENT
    assert team(rows, "nord").known is Known.KNOWN


def test_the_distance_from_the_others_is_newcombes(told) -> None:
    """Newcombe 1998, method 10, at 90 %, by hand: 50/100 less 198 of 212 who know elsewhere
    (nord, sud, nuit; the two of duo too: 200 of 214), Wilson bounds of each side."""
    gap = team(told[0].result.of("listening", "team"), "est").gap
    assert gap is not None
    assert gap.value == pytest.approx(50 - 100 * 200 / 214)
    assert gap.low == pytest.approx(-52.0, abs=0.3)
    assert gap.high == pytest.approx(-34.6, abs=0.3)


def test_a_value_is_known_by_all_only_when_no_team_is_proven_not_to(told) -> None:
    verdicts = dict(told[0].result.verdicts)
    assert verdicts == {"listening": Known.NOT_KNOWN, "clarity": Known.KNOWN}


def test_two_people_are_hidden_and_one_more_team_with_them(told) -> None:
    rows = told[0].result.of("listening", "team")
    hidden = {row.unit for row in rows if row.share.n is None}
    assert hidden == {"duo", "nuit"}
    assert all(row.known is None and row.gap is None for row in rows if row.unit in hidden)


def test_the_sentence_names_the_team_and_the_response(told) -> None:
    said = told[0].sentence("fr")
    assert "équipe est" in said
    assert "pas connue de tous" in said
    assert any("400" in note for note in told[0].notes("fr"))


def test_staff_are_no_customers_and_are_not_named(told) -> None:
    _, home = told
    assert home.status().result.people == 0
    assert home.desk.timeline.rows == 0
    ledger = home.inside().ledger
    keys = [int(key) for key in ledger.people()[0]]
    assert all(name.startswith("audience:") for name in ledger.names_of(keys))
    held = b"".join(
        file.read_bytes() for file in (home.path / "inside").rglob("*") if file.is_file()
    )
    assert b"nord0@acme" not in held


def test_the_last_answer_of_a_person_counts(tmp_path: Path) -> None:
    with made(tmp_path / "home") as home:
        hear(home, tmp_path, answers({"nord": (40, 0)}))
        later = answers({"nord": (40, 40)}).replace("2026-05-04", "2026-05-20")
        hear(home, tmp_path, later, "again.csv")
        whole = home.values().result.of("listening")[0]
    assert (whole.share.value, whole.share.n) == (100.0, 40)


def test_colleagues_without_a_number_who_answer_alike_are_several(tmp_path: Path) -> None:
    with made(tmp_path / "home") as home:
        hear(home, tmp_path, "Date;Équipe;Value listening\n" + "04/05/2026;nord;5\n" * 30)
        hear(home, tmp_path, "Date;Équipe;Value listening\n" + "04/05/2026;nord;5\n" * 30)
        whole = home.values().result.of("listening")[0]
    assert whole.share.n == 30


def test_a_score_off_the_scale_goes_to_quarantine_without_its_cells(tmp_path: Path) -> None:
    with made(tmp_path / "home") as home:
        file = tmp_path / "staff.csv"
        file.write_text("at,identity,value_listening\n2026-05-04,ann@acme.example,0\n")
        answer = home.listen_to(Request(files=(file,), inside=True), at=AT)
        refused = home.inside().ledger.quarantined(limit=5)
    assert answer.result.quarantined == 1
    assert any("0" in note for note in answer.notes("en"))
    assert [(one.reason, one.raw, one.identity) for one in refused] == [
        ("score_outside_scale", "", None)
    ]


def test_answers_of_staff_are_refused_among_customers(tmp_path: Path) -> None:
    with made(tmp_path / "home") as home:
        file = tmp_path / "staff.csv"
        file.write_text(answers({"nord": (3, 3)}))
        with pytest.raises(BadInput, match="staff_answers"):
            home.listen(file)
        with pytest.raises(BadInput, match="staff_answers"):
            home.preview(Request(files=(file,)))


def test_a_file_from_inside_without_value_nor_question_is_refused(tmp_path: Path) -> None:
    with made(tmp_path / "home") as home:
        file = tmp_path / "other.csv"
        file.write_text("at,identity,colour\n2026-05-04,ann,red\n")
        with pytest.raises(BadInput, match="nothing_inside"):
            home.listen_to(Request(files=(file,), inside=True), at=AT)


@pytest.mark.parametrize(
    "line", ["threshold = 2", "colour = 1", "staff = 0", '[values.names]\n"Big one" = "x"']
)
def test_a_setting_that_cannot_be_is_refused(tmp_path: Path, line: str) -> None:
    verite.create(tmp_path / "home").close()
    with (tmp_path / "home" / "verite.toml").open("a") as file:
        file.write(f"\n[values]\n{line}\n")
    with verite.open(tmp_path / "home") as home, pytest.raises(BadInput, match="bad_settings"):
        home.values()


def test_nothing_declared_says_what_to_write(tmp_path: Path) -> None:
    with verite.create(tmp_path / "home") as home:
        assert "[values.names]" in home.values().sentence("en")
        assert home.values().result.rows == ()


def test_an_item_is_never_read_by_agent(tmp_path: Path) -> None:
    with verite.create(tmp_path / "home") as home, pytest.raises(WrongUse, match="item_by_agent"):
        home.identical("staff_skill", over=("agent",))
