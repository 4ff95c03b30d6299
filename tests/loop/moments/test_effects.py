"""Penalty and reward recover what was planted, and name the kind."""

from __future__ import annotations

import numpy as np
import pytest

from verite.loop.moments.answers import Answers
from verite.loop.moments.columns import Touchpoint, lay_out, touchpoints_of
from verite.loop.moments.effects import effect_of
from verite.loop.moments.lived import Lived
from verite.loop.moments.model import Model
from verite.loop.moments.settings import MomentsSettings
from verite.loop.moments.sides import Usual, sides_of
from verite.loop.moments.stakes import drawn_of, stakes_of
from verite.stats.grams import fit_line, grams_by_group
from verite.words.estimate import Unit
from verite.words.moments import Aim, MomentKind

PENALTIES, REWARDS = (-1.2, -0.6, 0.0), (0.0, 0.6, 1.0)
SETTINGS = MomentsSettings()


def planted(n: int = 3000, seed: int = 1) -> Model:
    """Three touchpoints that everyone met: bad, middling or good, as likely as one another."""
    rng = np.random.default_rng(seed)
    level = rng.choice([2.0, 5.0, 8.0], (n, 3)) + rng.normal(0, 0.3, (n, 3))
    y = 7.0 + (level < 4.5) @ np.array(PENALTIES) + (level >= 6.5) @ np.array(REWARDS)
    return model_of(level, y + rng.normal(0, 1.0, n))


def model_of(level: np.ndarray, y: np.ndarray) -> Model:
    lines, columns = level.shape
    names = tuple("abc"[:columns])
    lived = Lived(
        names=names, codes=tuple(range(columns)), experience=level.astype(np.float32),
        interactions=(lines,) * columns, share=(1 / columns,) * columns,
        only_own=(False,) * columns, before=np.zeros(lines, dtype=np.int64),
    )  # fmt: skip
    answers = Answers(
        outcome="made", person=np.arange(lines), at=np.zeros(lines, dtype=np.int64), y=y,
        weight=np.ones(lines), own=np.full(lines, -1), barred=np.zeros(0, dtype=np.bool_),
        unit=Unit.SCORE, is_binary=False,
    )  # fmt: skip
    touchpoints = sorted(touchpoints_of(lived, SETTINGS, 30), key=lambda one: one.name)
    matrix = lay_out(touchpoints, np.empty((lines, 0)), y)
    grams = grams_by_group(matrix.columns, np.arange(lines))
    return Model(
        answers=answers, group=np.arange(lines), before=lived.before,
        touchpoints=tuple(touchpoints), left_out=(), adjusted_for=(), matrix=matrix, grams=grams,
        line=fit_line(grams.only(matrix.model)), sided=fit_line(grams.only(matrix.sided)),
    )  # fmt: skip


def test_penalties_and_rewards_are_those_planted() -> None:
    model = planted()
    for place in range(3):
        effect = effect_of(model, place, SETTINGS)
        assert effect.penalty is not None
        assert effect.reward is not None
        assert effect.penalty.value == pytest.approx(PENALTIES[place], abs=0.12)
        assert effect.reward.value == pytest.approx(REWARDS[place], abs=0.12)
        assert effect.penalty.low < PENALTIES[place] < effect.penalty.high
        assert effect.reward.low < REWARDS[place] < effect.reward.high


def test_the_kinds_are_friction_both_and_delight() -> None:
    kinds = [effect_of(planted(), place, SETTINGS).kind for place in range(3)]
    assert kinds == [MomentKind.FRICTION, MomentKind.BOTH, MomentKind.DELIGHT]


def test_a_side_with_under_thirty_answers_is_not_told() -> None:
    rng = np.random.default_rng(2)
    level = np.full((400, 1), 5.0)
    level[:20, 0], level[20:120, 0] = 2.0, 8.0
    effect = effect_of(model_of(level, rng.normal(size=400)), 0, SETTINGS)
    assert effect.penalty is None
    assert effect.reward is not None


def test_for_a_touchpoint_that_most_met_the_common_good_is_what_is_usual() -> None:
    """A tenth never had it and fare worst: they are no ground to compare a bad one with."""
    level = np.array([np.nan] * 100 + [2.0] * 300 + [8.0] * 600)
    met = ~np.isnan(level)
    assert sides_of(level, met, SETTINGS).usual is Usual.GOOD
    y = np.where(~met, -3.0, np.where(level < 4.5, -2.0, 0.0))
    noise = np.random.default_rng(3).normal(0, 0.5, 1000)
    effect = effect_of(model_of(level[:, None], y + noise), 0, SETTINGS)
    assert effect.kind is MomentKind.FRICTION
    assert effect.penalty is not None
    assert effect.penalty.value == pytest.approx(-2.0, abs=0.15)
    assert effect.reward is None


def test_points_to_gain_stop_at_what_was_observed() -> None:
    """Half met it, at levels 1 to 3, one point of the answer per level: at best they rise to 3."""
    rng = np.random.default_rng(4)
    level = np.where(rng.random(4000) < 0.5, rng.uniform(1.0, 3.0, 4000), np.nan)
    y = np.where(np.isnan(level), -10.0, level) + rng.normal(0, 0.2, 4000)
    model = model_of(level[:, None], y)
    whole = drawn_of(model.grams.only(model.matrix.model).whole[None])
    drawn = drawn_of(model.grams.only(model.matrix.model).draws(200, seed=5))
    stakes = stakes_of(model, 0, (whole, drawn), MomentKind.FRICTION)
    assert stakes.aim is Aim.GAIN
    assert stakes.points.value == pytest.approx(0.5 * (2.9 - 2.0), abs=0.05)


def test_who_never_met_a_touchpoint_has_no_level_there() -> None:
    one: Touchpoint = planted().touchpoints[0]
    assert one.met.all()
    nobody = np.full((60, 1), np.nan)
    nobody[:40, 0] = np.linspace(1, 9, 40)
    found = model_of(nobody, np.arange(60.0)).touchpoints[0]
    assert found.centre == pytest.approx(5.0, abs=1e-5)
    assert int(found.met.sum()) == 40
    assert all(column[40:].any() is np.False_ for column in found.columns())
