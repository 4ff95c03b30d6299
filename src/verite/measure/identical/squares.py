"""The identity map: each row (motive, touchpoint…) by channel, all else equal, shrunk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from verite.measure.identical.answers import Answers
from verite.measure.identical.arrays import Floats, Ints
from verite.measure.identical.cells import Yardstick, cell, estimate_of
from verite.measure.identical.counting import compact, people_by, squares_by
from verite.measure.identical.lone import lone
from verite.measure.identical.modelling import Fitted
from verite.stats.crossed.effects import fixed_of
from verite.stats.shrinkage import shrink
from verite.stats.withholding import FEW_UNDER, withhold_breakdown
from verite.words.identical import Cell
from verite.words.measured import Label

_LEAST: Final = 1e-9  # of a variance: squares that hold one score each know it, but for rounding
_MOTIVES_MOST: Final = 0.5  # of the answers must have one for the map to be of motives


@dataclass(frozen=True, slots=True, kw_only=True)
class Squares:
    """The squares that were met; `codes` gives each answer's square, −1 = none; `deviations` tell
    how well the level of each is known."""

    rows: str
    labels: tuple[tuple[str, str], ...]
    codes: Ints
    cells: tuple[Cell, ...]
    deviations: Floats


def rows_of_map(answers: Answers, asked: str) -> str:
    """What the map's rows are: as asked, else the motives where most answers have one."""
    if asked:
        return asked
    codes, labels = answers.coded("motive")
    told = len(labels) > 1 and float(np.mean(codes >= 0)) >= _MOTIVES_MOST
    return "motive" if told else "touchpoint"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The rows of a map, its margin, the mean answer, and the target of each row's touchpoint.

    `agents`: whether figures by agent are allowed; then a square that is one agent needs thirty
    answers, else it is none.
    """

    rows: str
    agents: bool
    delta: float
    mean: float
    target: Callable[[str | None], float | None]


def squares(answers: Answers, fitted: Fitted, asked: Asked) -> Squares:
    """The distance of each square from what is expected of its customers anywhere."""
    rows = asked.rows
    across, codes, labels = _crossed(answers, rows, agents=asked.agents)
    if not labels:
        return Squares(rows=across, labels=(), codes=codes, cells=(), deviations=np.zeros(0))
    held = codes >= 0
    left = _less_customers(answers, fitted, but=rows)
    size = len(labels)
    n = np.bincount(codes[held], minlength=size)
    people = people_by(codes, answers.people, size)
    means = np.bincount(codes[held], weights=left[held], minlength=size) / n
    noise = float(((left[held] - means[codes[held]]) ** 2).sum() / max(held.sum() - size, 1))
    found = shrink(means, max(noise, _LEAST) / _worth(codes, answers, fitted.fit.alike))
    centre = float(n @ means / n.sum())
    shown = withhold_breakdown([
        estimate_of(float(found.values[k]) - centre, float(found.deviations[k]), int(n[k]),
                    int(people[k]), "shrunk")
        for k in range(size)
    ])  # fmt: skip
    cells = tuple(
        cell(
            (Label(dimension=rows, value=row), Label(dimension="channel", value=channel)), one,
            Yardstick(
                delta=asked.delta, mean=asked.mean,
                target=asked.target(row if rows == "touchpoint" else None),
            ),
            float(found.deviations[k]),
        )
        for k, ((row, channel), one) in enumerate(zip(labels, shown, strict=True))
    )  # fmt: skip
    return Squares(
        rows=across, labels=labels, codes=codes, cells=cells, deviations=found.deviations
    )


def _worth(codes: Ints, answers: Answers, alike: float) -> Floats:
    """How many answers of different people each square's answers are worth: n² / Σ of their
    covariances, those of one person being `alike`."""
    size = int(codes.max()) + 1
    n = np.bincount(codes[codes >= 0], minlength=size)
    again = squares_by(codes, answers.people, size)
    return np.asarray(n**2 / (n * (1.0 - alike) + again * alike))


def _crossed(
    answers: Answers, rows: str, *, agents: bool
) -> tuple[str, Ints, tuple[tuple[str, str], ...]]:
    down, names = answers.coded(rows)
    channel, channels = answers.coded("channel")
    wide = max(len(channels), 1)
    both = np.where((down >= 0) & (channel >= 0), down.astype(np.int64) * wide + channel, -1)
    alone = lone(both, answers.agents(), len(names) * wide)
    if agents:
        alone &= np.bincount(both[both >= 0], minlength=len(alone)) < FEW_UNDER
    both = np.where((both >= 0) & ~alone[both], both, -1) if len(alone) else both
    met, codes = compact(both, len(names) * wide)
    pairs = (divmod(int(code), wide) for code in met)
    return rows, codes.astype(np.int64), tuple((names[row], channels[at]) for row, at in pairs)


def _less_customers(answers: Answers, fitted: Fitted, *, but: str) -> Floats:
    """The answers less what their customers' differences explain; touchpoints stay on their map."""
    fixed = fixed_of(fitted.sums, fitted.fit)
    left = answers.y - answers.y.mean()
    for place, (owner, code) in enumerate(fitted.sums.columns):
        if 0 <= owner < fitted.customers and not (but == fitted.fixed[owner].name == "touchpoint"):
            codes = fitted.fixed[owner].codes
            share = float(np.mean(codes == code))
            left = left - float(fixed.values[place]) * ((codes == code) - share)
    return np.asarray(left)
