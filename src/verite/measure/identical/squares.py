"""The identity map: each row (motive, touchpoint…) by channel, all else equal, shrunk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from verite.measure.identical.answers import Answers
from verite.measure.identical.arrays import Floats, Ints
from verite.measure.identical.cells import Fitted, cell, estimate_of
from verite.measure.identical.counting import compact, people_by
from verite.stats.crossed.effects import fixed_of
from verite.stats.shrinkage import shrink
from verite.stats.withholding import withhold_breakdown
from verite.words.identical import Cell
from verite.words.measured import Label

_LEAST: Final = 1e-9  # of a variance: squares that hold one score each know it, but for rounding
_MOTIVES_MOST: Final = 0.5  # of the answers must have one for the map to be of motives


@dataclass(frozen=True, slots=True, kw_only=True)
class Squares:
    """The squares that were met; `codes` gives each answer's square, −1 = none."""

    rows: str
    labels: tuple[tuple[str, str], ...]
    codes: Ints
    cells: tuple[Cell, ...]


def rows_of_map(answers: Answers, asked: str) -> str:
    """What the map's rows are: as asked, else the motives where most answers have one."""
    if asked:
        return asked
    codes, labels = answers.coded("motive")
    told = len(labels) > 1 and float(np.mean(codes >= 0)) >= _MOTIVES_MOST
    return "motive" if told else "touchpoint"


def squares(answers: Answers, fitted: Fitted, rows: str, delta: float, mean: float) -> Squares:
    """The distance of each square from what is expected of its customers anywhere."""
    across, codes, labels = _crossed(answers, rows)
    if not labels:
        return Squares(rows=across, labels=(), codes=codes, cells=())
    held = codes >= 0
    left = _less_customers(answers, fitted, but=rows)
    size = len(labels)
    n = np.bincount(codes[held], minlength=size)
    people = people_by(codes, answers.people, size)
    means = np.bincount(codes[held], weights=left[held], minlength=size) / n
    noise = float(((left[held] - means[codes[held]]) ** 2).sum() / max(held.sum() - size, 1))
    found = shrink(
        means, max(noise, _LEAST) / people
    )  # as many answers as people: theirs go together
    centre = float(n @ means / n.sum())
    shown = withhold_breakdown([
        estimate_of(float(found.values[k]) - centre, float(found.deviations[k]), int(n[k]),
                    int(people[k]), "shrunk")
        for k in range(size)
    ])  # fmt: skip
    named = (
        (Label(dimension=rows, value=row), Label(dimension="channel", value=channel))
        for row, channel in labels
    )
    cells = tuple(
        cell(by, one, delta=delta, mean=mean) for by, one in zip(named, shown, strict=True)
    )
    return Squares(rows=across, labels=labels, codes=codes, cells=cells)


def _crossed(answers: Answers, rows: str) -> tuple[str, Ints, tuple[tuple[str, str], ...]]:
    down, names = answers.coded(rows)
    channel, channels = answers.coded("channel")
    wide = max(len(channels), 1)
    both = np.where((down >= 0) & (channel >= 0), down.astype(np.int64) * wide + channel, -1)
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
