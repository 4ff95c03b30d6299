"""Points at stake: how far the outcome of everybody would move if a moment were mended, or lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

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

    To gain: all who met it as well off as its best twentieth; where it moves the outcome, as those
    who did not meet it if that is better. To keep: all who met it no better off than those who did
    not, or than a neutral experience where everyone met it. Never beyond what was observed. The
    model itself says who would move; its draws say only how far, up or down, so that chance alone
    gains nothing.
    """
    gain, keep = _gain(model, place, told, kind), _keep(model, place, told)
    larger = Aim.GAIN if gain.value >= keep.value else Aim.KEEP
    fixed = {
        MomentKind.FRICTION: Aim.GAIN, MomentKind.DELIGHT: Aim.KEEP, MomentKind.NEUTRAL: Aim.GAIN,
    }  # fmt: skip
    aim = fixed.get(kind, larger)
    return Stakes(points=gain if aim is Aim.GAIN else keep, aim=aim)


def _gain(model: Model, place: int, told: tuple[Drawn, Drawn], kind: MomentKind) -> Ranged:
    one, levels = model.touchpoints[place], level_grid(model.touchpoints[place])
    high = float(np.quantile(levels, 0.95))
    adds = [_added(model, place, drawn, np.minimum(levels, high)) for drawn in told]
    best = [_added(model, place, drawn, np.array([high])) for drawn in told]
    moved = np.ones(len(levels))
    worse = kind is not MomentKind.NEUTRAL and best[0][0, 0] < 0
    if one.is_choice and (worse or not one.varies):
        best = [np.zeros_like(line) for line in best]
        moved = moved if kind is MomentKind.NEUTRAL else (adds[0][0] < 0).astype(np.float64)
    moves = [(end - add) * moved for end, add in zip(best, adds, strict=True)]
    return _points(model, place, told, moves)


def _keep(model: Model, place: int, told: tuple[Drawn, Drawn]) -> Ranged:
    one, levels = model.touchpoints[place], level_grid(model.touchpoints[place])
    low, high = np.quantile(levels, [0.05, 0.95])
    neutral = np.array([min(max(NEUTRAL, low), high)])
    moves = [_added(model, place, drawn, levels) for drawn in told]
    if not one.is_choice:
        rest = [_added(model, place, drawn, neutral) for drawn in told]
        moves = [add - line for add, line in zip(moves, rest, strict=True)]
    moved = (moves[0][0] > 0).astype(np.float64)
    return _points(model, place, told, [move * moved for move in moves])


def _points(model: Model, place: int, told: tuple[Drawn, Drawn], moves: list[Floats]) -> Ranged:
    """The mean move of those who met it, over everybody."""
    whole, draws = (
        _share(model, place, drawn) * move.mean(axis=1)
        for drawn, move in zip(told, moves, strict=True)
    )
    return ranged(float(whole[0]), draws)


def _share(model: Model, place: int, drawn: Drawn) -> Floats:
    """How many met it, for each line of draws."""
    one = model.touchpoints[place]
    if one.is_choice and not one.only_own:
        return drawn.means[:, model.starts[place]]
    return np.full(len(drawn.means), one.met.mean())


def _added(model: Model, place: int, drawn: Drawn, levels: Floats) -> Floats:
    """What the touchpoint adds to an answer at each level: [matrices, levels]."""
    one, start = model.touchpoints[place], model.starts[place]
    beta = drawn.coefficients[:, start : start + model.sizes[place]]
    added = np.zeros((len(beta), len(levels)))
    if one.is_choice:
        added += beta[:, :1]
    if one.varies:
        added += beta[:, -1:] * (levels - one.centre)
    return added
