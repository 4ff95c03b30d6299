"""What cannot be studied is refused in one sentence, or named; never a wrong number."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.loop.moments.conftest import Planted, Row, answer, company, contact, write

import verite
from verite.home import Home
from verite.sentences import explain
from verite.words.errors import BadInput, VeriteError
from verite.words.moments import Lack, MomentsAsked

Live = Callable[[list[Row]], Home]
SMALL = Planted(people=300)


def refused(home: Home, outcome: str = "nps") -> tuple[str, str]:
    with pytest.raises(VeriteError) as error:
        home.moments(outcome=outcome)
    return error.value.code, explain(error.value, "en")


def test_touchpoints_that_always_go_together_are_named(live: Live) -> None:
    rows = company(SMALL)
    twins = [row | {"message_id": f"t{n}", "touchpoint": "survey_room"}
             for n, row in enumerate(rows) if row.get("touchpoint") == "transfer"]  # fmt: skip
    study = live([*rows, *twins]).moments()
    left = {row.touchpoint: row.reason for row in study.result.left_out}
    assert set(left.values()) & {"collinear:transfer", "collinear:survey_room"}
    assert any("cannot be told apart" in note for note in study.notes("en"))


def test_a_score_does_not_explain_itself(live: Live) -> None:
    """Every answer is about the stage where it was asked: only having been there counts."""
    rows = [answer(n, 1, "nps", (9, 3)[n % 3 == 0]) | {"touchpoint": ("order", "use")[n % 2]}
            for n in range(300)]  # fmt: skip
    study = live(rows).moments()
    assert study.result.r2.value < 0.05
    assert study.result.outcome == "nps_transactional"
    assert any("does not explain itself" in note for note in study.notes("en"))


def test_a_score_asked_about_two_touchpoints_declares_neither(live: Live) -> None:
    """Scores of the invoice are low, those of the shop high, and nothing moves either."""
    rows = [
        answer(n, day, "csat", level + (n % 5 == 0)) | {"touchpoint": name, "text": "what was said"}
        for n in range(200)
        for day, name, level in ((1, "shop", 4), (5, "invoice", 2))
    ]
    study = live(rows).moments(MomentsAsked(outcome="csat", draws=20))
    assert study.result.declared == ()
    assert {row.stake for row in study.result.rows} == {None}
    assert all(Lack.OWN in row.lacks for row in study.result.rows)
    assert "at stake" not in study.sentence("en")


def test_answers_are_compared_with_answers_about_the_same_touchpoint(live: Live) -> None:
    """Who met the desk was asked about the invoice, scored 2 points lower by everybody."""
    rows: list[Row] = []
    for n in range(400):
        about = ("shop", "invoice")[n % 2]
        rows.append(contact(n, 1, about, "resolved" if n % 3 else "unresolved"))
        if n % 2 == 0 or n % 5 == 0:
            rows.append(contact(n, 2, "desk", "resolved" if n % 7 else "unresolved"))
        level = (4, 2)[n % 2] + (n % 11 == 0)
        rows.append(answer(n, 9, "csat_of", level) | {"touchpoint": about})
    study = live(rows).moments(MomentsAsked(outcome="csat_of", draws=20)).result
    desk = next(row for row in study.rows if row.touchpoint == "desk")
    assert "asked_about" in desk.solidity.adjusted_for
    assert not desk.matters


def test_where_something_was_lived_a_touchpoint_known_by_its_score_is_set_aside(live: Live) -> None:
    rows = company(SMALL)
    for row in rows:
        if row.get("metric"):
            row["touchpoint"] = "survey"
    study = live(rows).moments(MomentsAsked(draws=20))
    assert {one.touchpoint: one.reason for one in study.result.left_out}["survey"] == "own_score"
    assert any("set aside" in note for note in study.notes("en"))


def test_a_score_with_nothing_before_it_is_refused_for_what_it_is(live: Live) -> None:
    rows: list[Row] = [answer(n, 1, "ease", 1 + n % 5) | {"touchpoint": "shop"} for n in range(200)]
    code, sentence = refused(live(rows), "ease")
    assert code == "moments_own_score"
    assert "a score does not explain itself" in sentence


def test_the_rating_is_named_and_not_the_nps_that_it_goes_against(live: Live) -> None:
    rows = [answer(n, 1, "mark", 1 + n % 5) | {"touchpoint": "shop"} for n in range(200)]
    rows += [answer(n, 9, "nps", 10 - 2 * (n % 5)) for n in range(200)]
    code, sentence = refused(live(rows))
    assert code == "moments_upside_down"
    assert "“mark”" in sentence


def test_words_too_short_are_quoted_where_there_are_none_longer(live: Live) -> None:
    rows = company(SMALL)
    for row in rows:
        if row.get("touchpoint") == "transfer":
            row["text"] = "Awful"
    found = {row.touchpoint: row.quotes for row in live(rows).moments().result.rows}
    assert [quote.text for quote in found["transfer"]] == ["Awful"]


def test_a_segment_of_three_people_is_not_compared(live: Live) -> None:
    rows = company(SMALL)
    for row in rows:
        if row["identity"] in {"user:1", "user:2", "user:3"}:
            row["segment.offer"] = "tiny"
    study = live(rows).moments(MomentsAsked(segment="offer", draws=20))
    assert "tiny" not in {row.segment.value for row in study.result.segments}
    assert "Segments left out, for want of 30 answers: 1." in study.notes("en")


def test_answers_that_are_all_the_same_are_refused(live: Live) -> None:
    rows = [row | ({"score": 10} if row.get("metric") else {}) for row in company(SMALL)]
    code, sentence = refused(live(rows))
    assert code == "moments_same_answers"
    assert sentence.startswith("The 300 answers to ")
    assert sentence.endswith(" are all the same: nothing can explain them.")


def test_an_experience_that_never_changes_is_refused(live: Live) -> None:
    rows: list[Row] = []
    for person in range(150):
        rows.append(contact(person, 1, "desk", "resolved"))
        rows.append(answer(person, 9, "nps", person % 11))
    assert refused(live(rows))[0] == "moments_same_experience"


def test_what_comes_after_the_answer_is_not_an_experience_of_it(live: Live) -> None:
    rows = company(SMALL)
    for row in rows:
        if row.get("metric"):
            row["at"] = "2025-12-01T09:00:00+00:00"
    assert refused(live(rows))[0] == "moments_nothing_before"


def test_one_as_the_best_score_is_asked_about(live: Live) -> None:
    rows = company(SMALL)
    told = [row for row in rows if row.get("metric")]
    rows += [answer(n, 30, "shop", 1 + (10 - int(str(row["score"]).split(".")[0])) // 3)
             for n, row in enumerate(told)]  # fmt: skip
    code, sentence = refused(live(rows), "shop")
    assert code == "moments_upside_down"
    assert "polarity = good_low" in sentence


def test_too_few_answers_and_unknown_outcomes_are_refused(live: Live) -> None:
    home = live(company(Planted(people=60)))
    assert refused(home)[0] == "moments_few_answers"
    assert refused(home, "wait")[0] == "moments_outcome"
    with pytest.raises(BadInput, match="moment_unknown"):
        live(company(SMALL)).moment("nowhere")


def test_a_zero_outside_the_scale_is_asked_about_and_never_a_low_score(tmp_path: Path) -> None:
    rows = [answer(n, 2, "shop", 0 if n < 3 else 4) for n in range(200)]
    with verite.create(tmp_path / "h") as home:
        heard = home.listen(write(tmp_path / "zeros.csv", rows))
        assert heard.result.quarantined == 3
        assert any("the score 0 of “shop”" in note for note in heard.notes("en"))
        assert refused(home, "shop")[0] == "moments_same_answers"
