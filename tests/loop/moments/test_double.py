"""The effect of a moment by double machine learning: planted, confounded before, checked."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
import pytest
from tests.loop.moments.conftest import Planted, Row, answer, company, contact, write

import verite
from verite.home import Home
from verite.loop.moments.judging import held_back, judge, near
from verite.words.double import Against, DoubleEffect, Near, Side, Withheld
from verite.words.errors import BadInput, WrongUse
from verite.words.moments import NEEDED_TO_ESTIMATE, MomentsAsked, Ranged, Rung

Live = Callable[[list[Row]], Home]
RATED = MomentsAsked(outcome="ease_rating")


@dataclass(frozen=True)
class Told:
    """Who had a bad time in the shop has one more often at the transfer, and rates lower anyway;
    `hidden` moves both too, and nothing records it. Points of a rating from 0 to 10."""

    people: int = 700
    transfer: float = -1.5
    hidden: float = 0.0
    seed: int = 8


def past(told: Told) -> list[Row]:
    """Shop, a first rating, a transfer, a second rating."""
    rng = np.random.default_rng(told.seed)
    rows: list[Row] = []
    for person in range(told.people):
        trait = rng.normal()
        shop = rng.random() < 0.5
        rows.append(contact(person, 5, "shop", "unresolved" if shop else "resolved"))
        level = 6.5 - 1.5 * shop + told.hidden * trait
        rows.append(rated(person, 30, level + rng.normal()))
        risk = 0.2 + 0.45 * shop
        bad = rng.random() < np.clip(risk - 0.2 * told.hidden * trait, 0.05, 0.95)
        if bad:
            rows.append(contact(person, 60, "transfer", "unresolved"))
        rows.append(rated(person, 75, level + told.transfer * bad + rng.normal()))
    return rows


def rated(person: int, day: float, score: float) -> Row:
    row = answer(person, day, "nps", float(np.clip(round(score, 1), 0, 10)))
    return row | {"metric": "ease_rating"}


@pytest.fixture(scope="module")
def confounded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    folder = tmp_path_factory.mktemp("confounded")
    with verite.create(folder / "h") as home:
        home.listen(write(folder / "year.csv", past(Told())))
        yield home


def needs_learners() -> None:
    pytest.importorskip("sklearn", reason="the extra `causal` (scikit-learn) is not installed")


@pytest.fixture(scope="module")
def found(confounded: Home) -> DoubleEffect:
    needs_learners()
    return confounded.moment_effect("transfer", RATED).result


def test_the_planted_effect_is_within_its_interval(found: DoubleEffect) -> None:
    assert (found.side, found.against) == (Side.BAD, Against.NEITHER)
    assert found.effect.low < -1.5 < found.effect.high
    assert found.effect.high < -1.0


def test_it_rests_on_what_was_so_before_the_exposure(found: DoubleEffect) -> None:
    assert "lived_before" in found.adjusted_for
    assert found.exposure_told > 0.1  # the shop foretells it
    assert found.balance.after < 0.2
    assert found.overlap > 0.95
    assert found.exposed <= found.n - found.exposed_people


def test_the_rating_given_before_is_not_moved(found: DoubleEffect) -> None:
    assert found.control is not None
    assert found.control.near is Near.NEAR
    assert found.control.effect.low < 0 < found.control.effect.high


def test_it_is_estimated_only_with_the_assumptions_that_it_takes(
    confounded: Home, found: DoubleEffect
) -> None:
    assert found.rung is Rung.ADJUSTED
    assert found.withheld == (Withheld.ASSUMPTIONS,)
    assumed = replace(RATED, assume=NEEDED_TO_ESTIMATE)
    again = confounded.moment_effect("transfer", assumed).result  # nothing is learnt anew
    assert again.effect == found.effect
    assert (again.rung, again.withheld) == (Rung.ESTIMATED, ())


def test_something_unseen_is_betrayed_by_the_rating_given_before(live: Live) -> None:
    needs_learners()
    home = live(past(Told(hidden=1.5, transfer=0.0)))
    asked = replace(RATED, assume=NEEDED_TO_ESTIMATE)
    found = home.moment_effect("transfer", asked).result
    assert found.effect.high < 0  # told apart from nothing, though nothing was planted
    assert found.control is not None
    assert found.control.near is Near.FAR
    assert found.rung is Rung.ADJUSTED
    assert Withheld.CONTROL in found.withheld


def test_without_answers_before_no_control_is_told(planted: Home) -> None:
    needs_learners()
    found = planted.moment_effect("installation").result
    assert found.side is Side.GOOD
    assert found.control is None
    assert found.effect.low > 0


def test_the_same_question_is_answered_from_memory(
    confounded: Home, found: DoubleEffect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "sklearn", None)
    assert confounded.moment_effect("transfer", RATED).result == found


def test_the_sentence_says_the_control_and_why_it_is_not_estimated(
    confounded: Home, found: DoubleEffect
) -> None:
    told = confounded.told(found).sentence("en")
    assert "a bad experience goes with a difference of" in told
    assert "Negative control, the answer given before" in told
    assert "nobody made the assumptions" in told
    assert "Solidité 2 sur 4" in confounded.told(found).sentence("fr")


def test_without_the_extra_one_sentence_says_which_to_install(
    planted: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "sklearn", None)
    with pytest.raises(WrongUse, match="learners_missing"):
        planted.moment_effect("transfer")


def test_an_unknown_touchpoint_and_too_few_people_are_refused(live: Live) -> None:
    needs_learners()
    home = live(company(Planted(people=300)))
    with pytest.raises(BadInput, match="moment_unknown"):
        home.moment_effect("nowhere")
    with pytest.raises(BadInput, match="double_few"):
        home.moment_effect("transfer")


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [(-2.0, 4.0, Near.NEAR), (0.5, 4.0, Near.NEAR), (-12.0, -4.0, Near.FAR),
     (-22.0, 24.0, Near.UNSURE)],
    ids=["holds nothing", "small beside the effect", "away", "too wide"],
)  # fmt: skip
def test_a_control_is_near_far_or_too_imprecise(low: float, high: float, told: Near) -> None:
    assert near(Ranged(value=(low + high) / 2, low=low, high=high), -20.0) is told


def test_a_moment_is_held_back_by_a_control_away_from_nothing(planted: Home) -> None:
    from tests.made_effect import made_effect

    assumed = MomentsAsked(assume=NEEDED_TO_ESTIMATE)
    one = planted.moment("transfer", assumed).result
    assert one.moment.solidity.rung is Rung.ESTIMATED
    away = judge(made_effect(near=Near.FAR), NEEDED_TO_ESTIMATE)
    assert held_back(one, away).moment.solidity.rung is Rung.ADJUSTED
    assert held_back(one, judge(made_effect(), NEEDED_TO_ESTIMATE)) == one
    assert held_back(one, None) == one
