"""The same people before and after: how much that links the two figures."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from verite.ledger.port import Check, Condition, Group, Need, Reading
from verite.measure.contacts import is_one_of
from verite.measure.evidence import Shape
from verite.measure.metrics import FOLLOWED
from verite.measure.samples import Grouping, Sample, Shares, group_rows, per_person
from verite.measure.series import Series, sample_of
from verite.measure.study import Question, Timeline

if TYPE_CHECKING:
    import numpy as np

LINKED = (Shape.NPS, Shape.SHARE, Shape.MEAN)


def covariances(before: Question, after: Question, series: Series) -> dict[Group, float]:
    """Covariance of a series' figures in two windows, group by group, in the printed unit.

    Over the people on both sides: Σ (S₁ − ȳ₁M₁)(S₂ − ȳ₂M₂) / (n₁n₂), the cross term of the
    clustered variance. With everybody on both sides once, v₁ + v₂ − 2c is the paired variance.
    """
    first, second = _sample(before, series), _sample(after, series)
    if first is None or second is None or not len(first.rows) or not len(second.rows):
        return {}
    timeline = before.study.timeline
    grouping = [group_rows(timeline, sample.rows, before.by) for sample in (first, second)]
    shared = sorted({*grouping[0].groups} & {*grouping[1].groups})
    residuals = [
        _residuals(timeline, sample, _renumbered(groups, shared))
        for sample, groups in zip((first, second), grouping, strict=True)
    ]
    factor = 1.0 if _shape(series) is Shape.MEAN else 1e4
    return _crossed(residuals, max(timeline.people, 1), shared, factor)


def _crossed(
    residuals: list[tuple[np.ndarray, np.ndarray]], people: int, shared: list[Group], factor: float
) -> dict[Group, float]:
    import numpy as np

    (keys, first), (others, second) = residuals
    both, at_first, at_second = np.intersect1d(keys, others, return_indices=True)
    crossed = np.bincount(
        both // people, weights=first[at_first] * second[at_second], minlength=len(shared)
    )
    return {group: float(crossed[place]) * factor for place, group in enumerate(shared)}


def _renumbered(grouping: Grouping, shared: list[Group]) -> Grouping:
    import numpy as np

    place = {group: number for number, group in enumerate(shared)}
    numbers = np.array([place.get(group, -1) for group in grouping.groups] + [-1])
    return Grouping(numbers[grouping.codes], tuple(shared))


def _residuals(
    timeline: Timeline, sample: Sample, grouping: Grouping
) -> tuple[np.ndarray, np.ndarray]:
    """(S − ȳM) / n of each (group, person)."""
    import numpy as np

    found: Shares = per_person(timeline, sample, grouping)
    group = found.keys // max(timeline.people, 1)
    size = len(grouping.groups)
    rows = np.bincount(group, weights=found.counts, minlength=size)
    sums = np.bincount(group, weights=found.sums, minlength=size)
    means = np.divide(sums, rows, out=np.zeros(size), where=rows > 0)
    return found.keys, (found.sums - means[group] * found.counts) / rows[group]


def _shape(series: Series) -> Shape:
    if series.branch is not None:
        return series.branch.shape
    return FOLLOWED[series.metric].shape


def _sample(asked: Question, series: Series) -> Sample | None:
    """The rows behind a series; None where figures of two windows are not linked."""
    if _shape(series) not in LINKED:
        return None
    if series.branch is None:
        return sample_of(asked, series.metric)
    import numpy as np

    parts = [_read(asked, need) for need in series.branch.needs]
    rows = np.concatenate([part.rows for part in parts])
    y = np.concatenate([part.y for part in parts])
    return Sample(rows, 1.0 - y if series.branch.complement else y)


def _read(asked: Question, need: Need) -> Sample:
    """The rows of a need and the y of each, as the engine reads them."""
    import numpy as np

    timeline = asked.study.timeline
    chosen = timeline.rows_of(replace(asked.where, metric=None))
    rows = np.flatnonzero(chosen & _holding(timeline, need.where))
    score = timeline.numbers("score")[rows]
    if need.reading is Reading.NPS:
        return Sample(rows, (score >= 9).astype(float) - (score <= 6))
    if need.reading is Reading.HOLDS:
        return Sample(rows, _holding(timeline, need.share)[rows].astype(float))
    turned = _holding(timeline, (Condition("polarity", Check.IN, ("good_low",)),))[rows]
    ends = timeline.numbers("scale_min")[rows] + timeline.numbers("scale_max")[rows]
    return Sample(rows, np.where(turned, ends - score, score))


def _holding(timeline: Timeline, conditions: tuple[Condition, ...]) -> np.ndarray:
    import numpy as np

    held = np.ones(timeline.rows, dtype=bool)
    for condition in conditions:
        held &= _holds(timeline, condition)
    return held


def _holds(timeline: Timeline, condition: Condition) -> np.ndarray:
    import numpy as np

    if condition.column in ("score", "scale_min", "scale_max", "wait_s"):
        values = timeline.numbers(condition.column)
        with np.errstate(invalid="ignore"):
            if condition.check is Check.PRESENT:
                return np.asarray(~np.isnan(values))
            limit = float(condition.values[0])
            above = condition.check is Check.AT_LEAST
            return np.asarray(values >= limit if above else values < limit)
    if condition.check in (Check.PRESENT, Check.ABSENT):
        present = timeline.codes(condition.column) >= 0
        return np.asarray(present == (condition.check is Check.PRESENT))
    held = is_one_of(timeline, condition.column, tuple(str(value) for value in condition.values))
    return held if condition.check is Check.IN else ~held
