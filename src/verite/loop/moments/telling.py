"""One touchpoint told in full: its figures, its words, and what it lacks to be declared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from verite.loop.moments.columns import Touchpoint
from verite.loop.moments.curves import average, draw_curve, people_of
from verite.loop.moments.differing import Differences
from verite.loop.moments.effects import Effect, effect_of
from verite.loop.moments.leaving import only
from verite.loop.moments.levels import bins_of
from verite.loop.moments.model import Model
from verite.loop.moments.port import Ints, Reading
from verite.loop.moments.quoting import quotes_of
from verite.loop.moments.solidity import solidity_of
from verite.loop.moments.stakes import Drawn, stakes_of
from verite.loop.moments.tipping import tipping_at
from verite.loop.moments.turning import Turns, recovery_of
from verite.loop.moments.weights import Weights
from verite.stats.families import believed
from verite.words.asked import About
from verite.words.moments import (
    Curve,
    Hazards,
    Lack,
    Moment,
    MomentKind,
    MomentsAsked,
    OneMoment,
    Ranged,
    Study,
    Tipping,
)

TEN: Final = 10.0
NOBODY: Final[Ints] = np.empty(0, dtype=np.int64)


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """All that a touchpoint is told from."""

    reading: Reading
    asked: MomentsAsked
    about: About
    model: Model
    weights: Weights
    p: tuple[float, ...]
    study: Study
    drawn: tuple[Drawn, Drawn]
    words: dict[str, Ints]
    differences: Differences
    turns: Turns
    tippings: tuple[Tipping, ...]
    hazards: Hazards | None


def tell_moment(material: Material, place: int) -> OneMoment:
    """A touchpoint of the model in depth."""
    model = material.model
    effect = effect_of(model, place, material.reading.settings)
    curve, judged = draw_curve(model, place, effect.kind)
    moment = _moment(material, place, effect, judged)
    return OneMoment(
        about=material.about, study=material.study, outcome=model.answers.outcome,
        n=len(model.answers.y), moment=moment, curve=curve, bins=bins_of(model, place),
        segments=tuple(x for x in material.differences.rows if x.touchpoint == moment.touchpoint),
        recovery=recovery_of(model, place, material.turns, material.reading.settings.needed),
        tipping=tipping_at(material.tippings, moment.touchpoint),
        hazard=only(material.hazards, moment.touchpoint),
    )  # fmt: skip


def _moment(material: Material, place: int, effect: Effect, curve: Curve) -> Moment:
    model, weights, p = material.model, material.weights, material.p
    one, share = model.touchpoints[place], weights.shares[place]
    stakes = stakes_of(model, place, material.drawn, effect.kind)
    rank, rank_low, rank_high = weights.ranks[place]
    spoken = material.words.get(one.name, NOBODY)
    matters = p[place] <= _bar(p, material.reading.settings.false_rate)
    effect_share = share.value / weights.r2.value if weights.r2.value > 0 else 0.0
    return Moment(
        touchpoint=one.name, importance=share, rank=rank, rank_low=rank_low, rank_high=rank_high,
        tied_with=tuple(model.touchpoints[other].name for other in weights.tied[place]),
        performance=_performance(model, one), penalty=effect.penalty, reward=effect.reward,
        points=stakes.points, aim=stakes.aim, kind=effect.kind, curve=curve,
        volume_share=one.share, effect_share=effect_share,
        disproportion=effect_share / one.share if one.share > 0 else 0.0, n=int(one.met.sum()),
        people=people_of(model.answers.person[one.met]), interactions=one.interactions,
        p=p[place], matters=matters,
        solidity=solidity_of(model, place, effect, material.asked.assume),
        quotes=quotes_of(material.reading.timeline, spoken, effect.kind), words=len(spoken),
        lacks=(
            *((Lack.OWN,) if one.only_own else ()),
            *_lacks(effect, matters=matters, least=material.study.least_points, words=len(spoken)),
        ),
    )  # fmt: skip


def _performance(model: Model, one: Touchpoint) -> Ranged:
    """Mean experience of those who met it, 0 to 10; that of the answers where they are all."""
    values, answers = one.level, model.answers
    if one.only_own:
        low, high = float(answers.y.min()), float(answers.y.max())
        values = TEN * (answers.y - low) / (high - low)
    return average(values[one.met], answers.weight[one.met], answers.person[one.met])


def _bar(p: tuple[float, ...], rate: float) -> float:
    """The largest p-value believed (Benjamini & Hochberg 1995), −1 for none."""
    count = believed(p, rate)
    return sorted(p)[count - 1] if count else -1.0


def _lacks(effect: Effect, *, matters: bool, least: float, words: int) -> tuple[Lack, ...]:
    """What keeps the touchpoint from being a moment of truth, in the order to be told.

    Size: the near bound of penalty or reward is under what was set in advance, so that what is
    declared is not only told apart from nothing, but from little (Murphy & Myors 1999).
    """
    lacks = []
    if not matters:
        lacks.append(Lack.FIGURES)
    takes = -effect.penalty.high if effect.penalty is not None else 0.0
    gives = effect.reward.low if effect.reward is not None else 0.0
    if max(takes, gives) < least:
        lacks.append(Lack.SIZE)
    if effect.kind is MomentKind.NEUTRAL:
        lacks.append(Lack.DIRECTION)
    if not words:
        lacks.append(Lack.WORDS)
    return tuple(lacks)
