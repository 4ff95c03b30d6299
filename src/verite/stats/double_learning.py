"""Double machine learning: the effect of an exposure in a partially linear model, its two nuisances
learnt on other people (Chernozhukov et al. 2018)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from verite.stats.balance import Differences, differences_of
from verite.stats.guessing import Guesses, Task, guess
from verite.stats.partialling import Left, Partialled, middle_of, partial_out
from verite.words.errors import BadInput

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]
FOLDS: Final = 5
SPLITS: Final = 3
STEPS: Final = 2 * FOLDS * SPLITS  # of one estimate
LOW, HIGH = 0.05, 0.95  # a chance beyond these has nobody comparable (Crump et al. 2009: 0.1)
KEPT_LEAST: Final = 30  # people on each side once the others are left out


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """What an effect is estimated from: `exposed` is 1 or 0, `x` was known before it."""

    y: Floats
    exposed: Floats
    x: Floats
    weight: Floats
    person: Ints

    def only(self, kept: Mask) -> Lines:
        """Some of the lines."""
        return Lines(
            y=self.y[kept], exposed=self.exposed[kept], x=self.x[kept],
            weight=self.weight[kept], person=self.person[kept],
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubled:
    """The effect per exposed line, and what it rests on: `chance` to be exposed of each line,
    `kept` those between 5 and 95 %, how alike both sides are among them; the shares of variance
    that the guesses foretell."""

    effect: Partialled
    chance: Floats
    kept: Mask
    differences: Differences
    outcome_told: float
    exposure_told: float


def learn_twice(lines: Lines, ended: Callable[[], None] | None = None) -> Doubled:
    """The effect, the median of three ways to split people into five folds; `ended` is called
    after each of the `STEPS`. Raises `BadInput` where nobody comparable is left."""
    outcomes, chances = [], []
    for split in range(SPLITS):
        fold = folds_of(lines.person, split)
        task = Task(x=lines.x, target=lines.y, weight=lines.weight, fold=fold)
        outcomes.append(guess(task, split, ended))
        chances.append(guess(_chance(lines, fold), split, ended))
    chance = np.asarray(np.mean([one.values for one in chances], axis=0))
    kept = (chance >= LOW) & (chance <= HIGH)
    _need(lines, kept)
    ways = [partial_out(_left(lines, kept, pair)) for pair in zip(outcomes, chances, strict=True)]
    held = lines.only(kept)
    return Doubled(
        effect=middle_of(ways), chance=chance, kept=kept,
        differences=differences_of(held.x, held.exposed, chance[kept], held.weight),
        outcome_told=float(np.median([one.told for one in outcomes])),
        exposure_told=float(np.median([one.told for one in chances])),
    )  # fmt: skip


def folds_of(person: Ints, split: int) -> Ints:
    """The fold of each line, by its person, drawn anew for each way to split.

    >>> folds_of(np.array([7, 7, 9]), 0)[:2].tolist() in ([0, 0], [1, 1])
    True
    """
    names, place = np.unique(person, return_inverse=True)
    drawn = np.random.default_rng(split).permutation(len(names)) % FOLDS
    return np.asarray(drawn[place], dtype=np.int64)


def _chance(lines: Lines, fold: Ints) -> Task:
    return Task(x=lines.x, target=lines.exposed, weight=lines.weight, fold=fold, is_chance=True)


def _left(lines: Lines, kept: Mask, pair: tuple[Guesses, Guesses]) -> Left:
    outcome, chance = pair
    return Left(
        outcome=(lines.y - outcome.values)[kept],
        exposure=(lines.exposed - chance.values)[kept],
        weight=lines.weight[kept],
        cluster=lines.person[kept],
    )


def _need(lines: Lines, kept: Mask) -> None:
    """Refuses where the exposure could be foretold of nearly everybody."""
    sides = (kept & (lines.exposed > 0), kept & (lines.exposed <= 0))
    left = min(len(np.unique(lines.person[side])) for side in sides)
    if left < KEPT_LEAST:
        raise BadInput("double_no_overlap", fields={"people": left, "needed": KEPT_LEAST})
