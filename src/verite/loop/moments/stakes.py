"""Points at stake: how far the outcome of everybody would move if a moment were mended, or lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from verite.loop.moments.columns import Touchpoint
from verite.loop.moments.model import Model, level_grid
from verite.loop.moments.port import Floats
from verite.loop.moments.weights import ranged
from verite.stats.grams import solve
from verite.words.moments import Aim, MomentKind, Ranged

NEUTRAL: Final = 5.0  # of 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """Coefficients of the model and mean of each of its columns, a line per Gram matrix."""

    coefficients: Floats
    means: Floats


def drawn_of(grams: Floats) -> Drawn:
    """What stakes are read from."""
    return Drawn(coefficients=solve(grams), means=grams[:, 0, :-1] / grams[:, :1, 0])


@dataclass(frozen=True, slots=True, kw_only=True)
class Stakes:
    """How far the outcome of everybody would move."""

    points: Ranged
    aim: Aim


def stakes_of(model: Model, place: int, told: tuple[Drawn, Drawn], kind: MomentKind) -> Stakes:
    """Simulated by the model with the people as they are (g-computation: Robins 1986); `told` is
    the model itself, then its draws.

    To gain: all who met it as well off as its best twentieth, or as those who did not meet it,
    whichever is better. To keep: all who met it no better off than those who did not, or than a
    neutral experience where everyone met it. Never beyond what was observed.
    """
    levels = level_grid(model.touchpoints[place])
    (gain, keep), (gains, keeps) = (_moves(model, place, drawn, levels) for drawn in told)
    to_gain, to_keep = ranged(float(gain[0]), gains), ranged(float(keep[0]), keeps)
    larger = Aim.GAIN if to_gain.value >= to_keep.value else Aim.KEEP
    aim = {MomentKind.FRICTION: Aim.GAIN, MomentKind.DELIGHT: Aim.KEEP}.get(kind, larger)
    return Stakes(points=to_gain if aim is Aim.GAIN else to_keep, aim=aim)


def _moves(model: Model, place: int, drawn: Drawn, levels: Floats) -> tuple[Floats, Floats]:
    """For each line of draws what would be gained, and lost."""
    one, start = model.touchpoints[place], model.starts[place]
    beta = drawn.coefficients[:, start : start + model.sizes[place]]
    share = np.full(len(beta), one.met.mean())
    if one.is_choice and not one.only_own:
        share = drawn.means[:, start]
    low, high = np.quantile(levels, [0.05, 0.95])
    adds = _added(one, beta, levels)
    ends = _added(one, beta, np.array([low, high])).max(axis=1, keepdims=True)
    rest = _added(one, beta, np.array([min(max(NEUTRAL, low), high)]))
    if one.is_choice:
        ends, rest = np.maximum(ends, 0.0), np.zeros_like(rest)
    gain = share * np.maximum(ends - adds, 0.0).mean(axis=1)
    keep = share * np.maximum(adds - rest, 0.0).mean(axis=1)
    return gain, keep


def _added(one: Touchpoint, beta: Floats, levels: Floats) -> Floats:
    """What the touchpoint adds to an answer at each level: [matrices, levels]."""
    added = np.zeros((len(beta), len(levels)))
    if one.is_choice:
        added += beta[:, :1]
    if one.varies:
        added += beta[:, -1:] * (levels - one.centre)
    return added
