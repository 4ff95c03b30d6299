"""Items: known by their column on import, never by agent, shown with their wording."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

import verite
from verite.loop.listen import Request, guess, read_mapping, write_mapping
from verite.loop.listen.items import with_items
from verite.measure.items import shipped_items
from verite.words.council import Consulted
from verite.words.errors import WrongUse
from verite.words.member import CONSOLE

AT = datetime(2026, 6, 1, tzinfo=UTC)
SURVEY = """at,id,identity,channel,touchpoint,agent,team,staff_attitude,Staff skill,text
2026-05-04T10:00:00Z,r1,user:1,store,shop_help,Zoe,nord,5,4,Parfait
2026-05-04T11:00:00Z,r2,user:2,store,shop_help,Zoe,nord,4,,
2026-05-04T12:00:00Z,r3,user:3,store,shop_help,Max,nord,0,2,
"""


def test_every_item_is_worded_in_both_languages_on_one_scale() -> None:
    for item in shipped_items():
        assert {one.language for one in item.wordings} == {"fr", "en"}
        assert (item.scale.low, item.scale.high) == (1, 5)
        assert item.source
        assert len({one.text for one in item.wordings}) == 2


@pytest.fixture(scope="module")
def heard(tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    folder = tmp_path_factory.mktemp("items")
    file = folder / "survey.csv"
    file.write_text(SURVEY, encoding="utf-8")
    with verite.create(folder / "home") as home:
        yield home.listen(file), home, file


def test_a_column_named_as_an_item_is_mapped_by_itself(heard) -> None:
    answer, home, _ = heard
    timeline = home.desk.timeline
    assert (answer.result.kept, answer.result.quarantined) == (5, 1)
    assert set(timeline.labels("metric")) == {"staff_attitude", "staff_skill"}
    assert home.status().result.people == 3


def test_a_zero_is_asked_about_and_kept_out(heard) -> None:
    answer, _, _ = heard
    assert [one.reason for one in answer.result.quarantine] == ["score_outside_scale"]
    assert any("note_not_applicable" in note for note in answer.result.about.notes)


def test_the_words_of_a_row_are_kept_once(heard) -> None:
    _, home, _ = heard
    assert len(home.desk.timeline.rows_with_text()) == 1


def test_a_replay_of_the_file_changes_nothing(heard) -> None:
    _, home, file = heard
    again = home.listen(file)
    assert (again.result.kept, again.result.duplicates) == (0, 5)


def test_the_agent_of_an_answer_is_not_kept(heard) -> None:
    _, home, _ = heard
    timeline = home.desk.timeline
    scored = timeline.codes("metric") >= 0
    assert (timeline.codes("agent")[scored] == -1).all()
    assert timeline.labels("team") == ("nord",)


def test_an_item_by_agent_is_refused_even_with_the_councils_record(heard) -> None:
    _, home, _ = heard
    told = Consulted(consulted_on=date(2026, 1, 5), informed_on=date(2026, 1, 6))
    home.record_council(told, by=CONSOLE, at=AT)
    home.measure("csat", by=("agent",))
    with pytest.raises(WrongUse, match="item_by_agent"):
        home.measure("staff_skill", by=("agent",))


def test_a_preview_shows_a_branch_for_each_item(heard) -> None:
    _, home, file = heard
    found = home.preview(Request(files=(file,))).guessed
    assert found is not None
    assert [one.name for one in found.branches] == ["", "staff_attitude", "staff_skill"]
    written = write_mapping(found)
    assert write_mapping(read_mapping(written)) == written


def test_a_score_of_the_row_stays_beside_its_items() -> None:
    columns = ("Date", "Client", "Note NPS", "Product ease")
    found = guess(columns)
    assert found is not None
    branches = with_items(found, columns).branches
    assert [one.name for one in branches] == ["", "product_ease"]
    assert branches[0] == found.branches[0]
    said = {f.field: f.column or f.constant for f in branches[1].fillings}
    assert said["metric"] == "product_ease"
    assert (said["scale_min"], said["scale_max"], said["score"]) == ("1", "5", "Product ease")


def test_a_file_without_items_is_read_as_before() -> None:
    columns = ("Date", "Client", "Note NPS")
    found = guess(columns)
    assert found is not None
    assert with_items(found, columns) is found


def test_items_are_told_in_rows_ready_for_a_spreadsheet(heard) -> None:
    rows = heard[1].items().rows()
    assert [row["column"] for row in rows] == [item.key for item in shipped_items()]
    assert all(row["text_fr"] and row["text_en"] and row["scale_max"] == 5 for row in rows)
