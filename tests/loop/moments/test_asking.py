"""What a home answers: the contract's keys, sentences in both languages, a person's last word."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from verite.home import Home
from verite.sentences import explain
from verite.sentences.of_moments import moments_words
from verite.words.declared import Saying, Stand
from verite.words.errors import WrongUse
from verite.words.member import console
from verite.words.moments import ASSUMPTIONS, MomentsAsked

NOW = datetime(2026, 3, 1, tzinfo=UTC)
KEYS = {
    "touchpoint", "importance", "low", "high", "rank_low", "rank_high", "performance", "penalty",
    "reward", "points", "kind", "volume_share", "disproportion", "n", "quotes", "segment",
    "declared",
}  # fmt: skip
WHOLE = {
    "outcome", "n", "r2", "rung", "rows", "asked", "as_of", "ledger_version", "notes",
}  # fmt: skip


def test_the_document_bears_the_keys_of_the_contract_and_no_null_bound(planted: Home) -> None:
    document = json.loads(json.dumps(planted.moments(outcome="nps").json("en")))
    assert {
        "outcome",
        "n",
        "r2",
        "rung",
        "rows",
        "asked",
        "as_of",
        "ledger_version",
        "notes",
    } <= set(document)
    assert document["rung"] == "adjusted"
    for row in document["rows"]:
        assert set(row) >= KEYS
        assert row["n"] >= 30
        bounds = [row["low"], row["high"], row["rank_low"], row["rank_high"]]
        bounds += [row["points"][key] for key in ("value", "low", "high")]
        assert None not in bounds
        assert 0 <= row["volume_share"] <= 1
    shares = sum(row["importance"] for row in document["rows"])
    assert shares == pytest.approx(document["r2"])


def test_it_is_said_in_both_languages(planted: Home) -> None:
    study = planted.moments()
    assert study.sentence("fr").startswith("2 moments de vérité pour le NPS relationnel")
    assert "Solidity 2 of 4" in study.sentence("en")
    one = planted.moment("transfer")
    assert "A bad experience goes with −" in one.sentence("en")
    assert "friction" in one.sentence("fr")
    assert one.json()["curve"] == []  # two levels make no curve


def test_the_same_question_answered_twice_gives_the_same_numbers(planted: Home) -> None:
    once = planted.moments(MomentsAsked(draws=77)).json()
    planted.desk.forget()
    assert planted.moments(MomentsAsked(draws=77)).json() == once


def test_a_person_has_the_last_word(planted: Home) -> None:
    using = planted.open_records()  # models load only after this
    from verite.records.moments.actions import say_of_moment, take_back

    outcome = planted.moments().result.outcome
    saying = Saying(
        touchpoint="transfer", outcome=outcome, stand=Stand.REFUSED, reason="the menu is gone"
    )
    say_of_moment(saying, by=console("test"), at=NOW, using=using)
    study = planted.moments().result
    row = next(row for row in study.rows if row.touchpoint == "transfer")
    assert not row.declared
    assert row.decision is not None
    assert row.decision.reason == "the menu is gone"
    take_back(touchpoint="transfer", outcome=outcome, by=console("test"), at=NOW, using=using)
    assert "transfer" in {row.touchpoint for row in planted.moments().result.declared}


def test_days_that_cannot_be_are_refused() -> None:
    with pytest.raises(WrongUse, match="moments_days"):
        MomentsAsked(before_days=0)


def test_what_may_be_assumed_is_a_closed_list() -> None:
    with pytest.raises(WrongUse, match="moments_assume") as error:
        MomentsAsked(assume=("x",))
    for lang in ("fr", "en"):
        told = explain(error.value, lang)
        for code in ASSUMPTIONS:
            assert f"{code} ({moments_words(f'assume.{code}', lang)})" in told
