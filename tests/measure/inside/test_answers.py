"""The same answer everywhere: a question answered otherwise in one channel is told."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

import verite
from verite.home import Home
from verite.loop.listen import Request
from verite.words.inside import SameAnswer, SameAnswers

AT = datetime(2026, 6, 1, tzinfo=UTC)
CHANNELS = ("chat", "phone", "email", "store")


def hear(home: Home, folder: Path, rows: list[str]) -> None:
    file = folder / "check.csv"
    file.write_text("\n".join(["at,channel,question,answer,team,text", *rows]), encoding="utf-8")
    home.listen_to(Request(files=(file,), inside=True), at=AT)


def asked(question: str, channel: str, answer: str, times: int) -> list[str]:
    return [f"2026-05-04,{channel},{question},{answer},nord,Mot pour mot"] * times


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    folder = tmp_path_factory.mktemp("answers")
    rows = [
        row
        for question in ("delay", "price", "hours")
        for channel in CHANNELS
        for row in asked(question, channel, "yes", 12)
    ]
    for channel in CHANNELS:
        rows += asked("returns", channel, "14 days" if channel == "chat" else " 30  Days", 12)
    rows += asked("alone", "chat", "yes", 8)
    with verite.create(folder / "home") as home:
        hear(home, folder, rows)
        yield home.answers(), home


def test_the_question_answered_otherwise_in_chat_comes_first(told) -> None:
    """Chat against three others that agree: of six pairs of channels, three agree."""
    found: SameAnswers = told[0].result
    first = found.rows[0]
    assert (first.question, first.apart, first.verdict) == ("returns", "chat", SameAnswer.DIFFERENT)
    assert first.agreement.value == pytest.approx(50.0)
    assert first.within.value == pytest.approx(100.0)
    assert first.agreement.n == 48


def test_questions_that_agree_are_the_same_or_not_told_yet(told) -> None:
    others = told[0].result.rows[1:]
    assert {row.question for row in others} == {"delay", "price", "hours"}
    assert all(row.agreement.value == 100.0 for row in others)
    assert all(row.verdict is not SameAnswer.DIFFERENT for row in others)


def test_the_mean_over_questions_has_its_interval(told) -> None:
    overall = told[0].result.overall
    assert overall.value == pytest.approx((50 + 3 * 100) / 4)
    assert overall.low < 87.5 < overall.high


def test_case_and_spaces_make_no_other_answer(told) -> None:
    heard = {one.channel: one.answers for one in told[0].result.rows[0].channels}
    assert heard["phone"] == (("30 Days", 12),)
    assert heard["chat"] == (("14 days", 12),)


def test_a_question_on_one_channel_is_listed_apart(told) -> None:
    assert told[0].result.one_channel == ("alone",)


def test_the_sentence_names_question_and_channel_in_both_languages(told) -> None:
    for lang in ("fr", "en"):
        said = told[0].sentence(lang)
        assert "returns" in said
        assert "14 days" in said


def test_each_figure_leads_to_its_contacts(told) -> None:
    contacts = told[1].contacts_of("returns")
    assert len(contacts) == 48
    assert {(one.channel, one.team, one.text) for one in contacts} == {
        (channel, "nord", "Mot pour mot") for channel in CHANNELS
    }
    assert told[1].contacts_of("never asked") == ()


def test_nothing_asked_says_what_to_import(tmp_path: Path) -> None:
    with verite.create(tmp_path / "home") as home:
        assert "--inside" in home.answers().sentence("fr")
        assert home.answers().json()["questions"] == []
