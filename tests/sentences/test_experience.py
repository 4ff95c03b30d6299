"""Experience and loyalty in words: every reason and figure has its text, nothing over-claims."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import verite
from verite.sentences import say
from verite.sentences.catalogue import text
from verite.sentences.of_experience import figure_told, say_reply, verdict_told
from verite.words.asked import About
from verite.words.estimate import Estimate, Unit
from verite.words.experience import (
    BadCost,
    Dissonance,
    Kept,
    LogRank,
    MakesUp,
    Told,
    Topic,
    Verdict,
)

ABOUT = About(asked="experience", as_of=None, ledger_version=1)
ROOM = Path(verite.__file__).parent / "measure" / "experience"
FILES = {
    "dissonance.py": Topic.DISSONANCE, "kept.py": Topic.KEPT, "cost.py": Topic.COST,
    "making_up.py": Topic.MAKES_UP, "service.py": Topic.SERVICE, "strengths.py": Topic.STRENGTHS,
    "appreciated.py": Topic.APPRECIATED, "word_of_mouth.py": Topic.WORD_OF_MOUTH,
}  # fmt: skip


def _estimate(value: float, low: float, high: float, unit: Unit) -> Estimate:
    return Estimate(value=value, low=low, high=high, n=400, unit=unit, method="test")


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_reason_says_what_to_import(file: str, lang: str) -> None:
    written = (ROOM / file).read_text(encoding="utf-8")
    codes = re.findall(r'reason="(\w+)"', written) + re.findall(r'else "(no_\w+)"', written)
    assert codes
    for code in codes:
        assert text("experience", f"reason.{FILES[file]}.{code}", lang), code


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_topic_has_a_title_and_a_method(lang: str) -> None:
    for topic in Topic:
        assert text("experience", f"title.{topic}", lang)
        assert text("experience", f"method.{topic}", lang)


def test_curves_that_differ_by_chance_are_not_said_to_differ() -> None:
    figures = tuple(
        Told(key="kept", name=name, estimate=_estimate(95.0, 94.0, 96.0, Unit.PERCENT))
        for name in ("good", "bad")
    )
    test = LogRank(chi2=1.1, freedom=1, p=0.3)
    said = say(Kept(about=ABOUT, figures=figures, test=test), "en")
    assert "nothing tells the curves apart" in said
    assert "p = 0.300" in said


def test_the_claim_is_answered_in_words() -> None:
    told = Told(
        key="nps_cushion", estimate=_estimate(-17.0, -54.0, 12.0, Unit.NPS),
        verdict=Verdict.UNDECIDED,
    )  # fmt: skip
    found = MakesUp(about=ABOUT, figures=(told,), verdict=Verdict.UNDECIDED)
    assert say(found, "fr").startswith("Indécis ici")
    assert say(found, "en").startswith("Undecided here")


def test_an_amount_is_told_with_its_range_and_without_prices_how_to_have_one() -> None:
    lost = Told(key="lost", estimate=_estimate(450.0, 380.0, 515.0, Unit.COUNT))
    amount = Told(key="money", estimate=_estimate(81000.0, 68400.0, 92700.0, Unit.COUNT))
    priced = BadCost(about=ABOUT, figures=(lost, amount), margin=180.0)
    assert "€81,000, between €68,400 and €92,700" in say(priced, "en")
    assert "margin_per_customer" in say(BadCost(about=ABOUT, figures=(lost,)), "en")


def test_differences_are_signed_and_verdicts_say_of_what() -> None:
    told = Told(
        key="kept", estimate=_estimate(2.0, 1.0, 3.0, Unit.PERCENT), verdict=Verdict.CONTRADICTED
    )
    found = Dissonance(about=ABOUT, figures=(told,))
    assert figure_told(found, told, "en")[0].replace("\N{NO-BREAK SPACE}", " ") == "+2 pts"
    assert verdict_told(found, told, "en") == "not less loyal"


def test_effects_that_disagree_are_each_told_with_their_own_verdict() -> None:
    def told(key: str, unit: Unit, low: float, verdict: Verdict) -> Told:
        estimate = Estimate(
            value=low + 5.0, low=low, high=low + 10.0, n=900, people=500, unit=unit, method="t"
        )
        return Told(key=key, estimate=estimate, verdict=verdict)

    reply = Dissonance(
        about=ABOUT, domain="stage",
        figures=(
            told("share", Unit.PERCENT, 10.0, Verdict.UNDECIDED),
            told("nps", Unit.NPS, -4.0, Verdict.UNDECIDED),
            told("kept", Unit.PERCENT, 1.0, Verdict.CONTRADICTED),
        ),
    )  # fmt: skip
    french = say_reply(reply, "fr")
    assert "l’une bien et l’autre mal" in french
    assert "(indécis)" in french
    assert "(pas moins fidèles)" in french
    assert "ils ne sont pas moins fidèles" not in french
