"""The model of the answers: what differs between, and the people who answered several times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from verite.measure.identical.answers import Answers
from verite.measure.identical.arrays import Floats, Ints
from verite.measure.identical.dimensions import Dimension
from verite.measure.identical.mixing import Mix
from verite.stats.crossed.design import Factor, Sums, add_up, steadied, told_exactly
from verite.stats.crossed.fitting import Fit, fit
from verite.stats.crossed.people import absorb, ratio_of

LIKENESS_TOLD: Final = 30  # answers beyond each person's first: fewer do not tell how alike
HALF_ALIKE: Final = 1.0  # then half of what is not told is the person's
WIDE: Final = 500  # units: more cost too much at every step beside people


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """A model and the dimensions that it holds, in its order."""

    sums: Sums
    fit: Fit
    random: tuple[Dimension, ...]
    fixed: tuple[Dimension, ...]
    customers: int  # how many of the fixed ones, the first, are not the company's doing

    @property
    def noise(self) -> float:
        """The standard deviation of answers about what was expected, people's own included."""
        return float(np.sqrt(self.fit.noise + self.fit.people))


def model(
    answers: Answers, mixed: Mix, *, y: Floats | None = None, also: tuple[Dimension, ...] = ()
) -> Fitted:
    """The model of the answers; with nothing that varies, that of the fixed columns alone.

    `y`: other answers in their place; `also`: dimensions told beside the mix.
    """
    nobody = Dimension(name="", codes=np.full(len(answers.y), -1, np.int32), labels=("",))
    random, fixed = mixed.varied or (nobody,), (*mixed.fixed, *also)
    sums = sums_of(answers.y if y is None else y, answers.people, random, fixed)
    held = () if mixed.varied else (False,) * sums.people + (True,)
    found = fit(sums, held=held)
    if told_exactly(sums, found.noise * (sums.n - sums.fixed)):
        sums = steadied(sums)
        found = fit(sums, held=held)
    return Fitted(sums=sums, fit=found, random=random, fixed=fixed, customers=len(mixed.customers))


def sums_of(
    y: Floats, people: Ints, random: Sequence[Dimension], fixed: Sequence[Dimension]
) -> Sums:
    """The sums of the answers; where people answer several times, with people among them.

    How alike one person's answers are is estimated with all the rest. It is told beforehand where
    the units are many (fitting of constants), and where hardly anyone repeats (half).
    """
    columns = ([one.factor for one in random], [one.factor for one in fixed])
    who = people_of(people)
    again = len(people) - who.size
    if not again:
        return add_up(y, *columns)
    sums = add_up(y, *columns, who)
    if again < LIKENESS_TOLD:
        return absorb(sums, HALF_ALIKE)
    if len(sums.dense) <= WIDE:
        return sums
    ratio = ratio_of(sums)
    return absorb(sums, HALF_ALIKE if ratio is None else ratio)


def people_of(people: Ints) -> Factor:
    """Who answered, a code each; rows are in the order of people.

    >>> who = people_of(np.array([4, 4, 9, 12]))
    >>> who.codes.tolist(), who.size
    ([0, 0, 1, 2], 3)
    """
    codes = np.cumsum(np.append(0, np.diff(people) != 0)[: len(people)]).astype(np.int32)
    return Factor(name="person", codes=codes, size=int(codes[-1]) + 1 if len(codes) else 0)
