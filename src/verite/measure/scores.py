"""Scores that customers give: NPS, CSAT, CES and any rating, as needs for the engine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from verite.ledger.port import Check, Condition, Need, Reading
from verite.measure.evidence import Kind, Shape
from verite.measure.study import Question, Timeline
from verite.words.estimate import Better, Unit
from verite.words.interaction import Polarity
from verite.words.measured import Label

if TYPE_CHECKING:
    import numpy as np

Scale = tuple[float, float]
NPS_SCALE: Final[Scale] = (0.0, 10.0)
CSAT_SCALE: Final[Scale] = (1.0, 5.0)
# The lowest ease that counts as easy: two best of five, three best of seven.
EASY_FROM: Final[dict[Scale, float]] = {(1.0, 5.0): 4.0, (1.0, 7.0): 5.0}
SCORE: Final = Kind(Unit.SCORE, Better.HIGHER)
SHARE: Final = Kind(Unit.PERCENT, Better.HIGHER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """One series of a metric that the engine can count: needs (added up), shape, labels."""

    metric: str
    kind: Kind
    shape: Shape
    needs: tuple[Need, ...]
    nps_kind: str | None = None
    scale: Scale | None = None
    labels: tuple[Label, ...] = ()
    complement: bool = False


def given(metric: str, scale: Scale | None = None) -> tuple[Condition, ...]:
    """Rows with a score of this metric, on this scale."""
    conditions = (
        Condition("metric", Check.IN, (metric,)),
        Condition("score", Check.PRESENT),
    )
    if scale is None:
        return conditions
    return (
        *conditions,
        *_exactly("scale_min", scale[0]),
        *_exactly("scale_max", scale[1]),
    )


def _exactly(column: str, number: float) -> tuple[Condition, ...]:
    return (
        Condition(column, Check.AT_LEAST, (number,)),
        Condition(column, Check.BELOW, (number + 1e-6,)),
    )


def nps(asked: Question) -> tuple[Branch, ...]:
    """Relational (no touchpoint) and transactional (with one) apart; only on 0-10."""
    return tuple(
        Branch(
            metric="nps",
            kind=Kind(Unit.NPS, Better.HIGHER),
            shape=Shape.NPS,
            needs=(
                Need(
                    where=(*given("nps", NPS_SCALE), Condition("touchpoint", check)),
                    reading=Reading.NPS,
                ),
            ),
            nps_kind=nps_kind,
        )
        for nps_kind, check in (("relational", Check.ABSENT), ("transactional", Check.PRESENT))
    )


def csat(asked: Question) -> tuple[Branch, ...]:
    """Share of 4 and 5 out of 5."""
    return (_top("csat", CSAT_SCALE, 4.0),)


def csat_mean(asked: Question) -> tuple[Branch, ...]:
    """Mean of the scores out of 5."""
    return (_mean("csat", "csat_mean", CSAT_SCALE),)


def ces(asked: Question) -> tuple[Branch, ...]:
    """Share of easy; scales of five and of seven never mix: one series each."""
    found = [scale for scale in scales(asked, "ces") if scale in EASY_FROM]
    return tuple(
        _top("ces", scale, EASY_FROM[scale], _labels(scale, found))
        for scale in found or [CSAT_SCALE]
    )


def ces_mean(asked: Question) -> tuple[Branch, ...]:
    """Mean ease (effort turned round); one series per scale."""
    found = [scale for scale in scales(asked, "ces") if scale in EASY_FROM]
    return tuple(
        _mean("ces", "ces_mean", scale, _labels(scale, found)) for scale in found or [CSAT_SCALE]
    )


def rating(asked: Question, metric: str) -> tuple[Branch, ...]:
    """Mean of a company's own rating, turned so that high is good; one series per scale."""
    found = scales(asked, metric)
    if not found:
        need = Need(where=given(metric), reading=Reading.EASE)
        return (Branch(metric=metric, kind=SCORE, shape=Shape.MEAN, needs=(need,)),)
    return tuple(_mean(metric, metric, scale, _labels(scale, found)) for scale in found)


def _labels(scale: Scale, found: Sequence[Scale]) -> tuple[Label, ...]:
    return (scale_label(scale),) if len(found) > 1 else ()


def scale_label(scale: Scale) -> Label:
    """What tells apart the series of one metric given on several scales."""
    return Label(dimension="scale", value=scale_name(scale))


def scale_name(scale: Scale) -> str:
    """A scale as printed.

    >>> scale_name((1.0, 5.0))
    '1-5'
    """
    return f"{scale[0]:g}-{scale[1]:g}"


def _top(metric: str, scale: Scale, from_ease: float, labels: tuple[Label, ...] = ()) -> Branch:
    """Share of rows whose ease is at least `from_ease`; low scores where low is good."""
    turned = sum(scale) - from_ease + 1e-6
    good_low = (Polarity.GOOD_LOW.value,)
    needs = (
        Need(
            where=(*given(metric, scale), Condition("polarity", Check.NOT_IN, good_low)),
            reading=Reading.HOLDS,
            share=(Condition("score", Check.AT_LEAST, (from_ease,)),),
        ),
        Need(
            where=(*given(metric, scale), Condition("polarity", Check.IN, good_low)),
            reading=Reading.HOLDS,
            share=(Condition("score", Check.BELOW, (turned,)),),
        ),
    )
    return Branch(
        metric=metric, kind=SHARE, shape=Shape.SHARE, needs=needs, scale=scale, labels=labels
    )


def _mean(given_as: str, metric: str, scale: Scale, labels: tuple[Label, ...] = ()) -> Branch:
    need = Need(where=given(given_as, scale), reading=Reading.EASE)
    return Branch(
        metric=metric, kind=SCORE, shape=Shape.MEAN, needs=(need,), scale=scale, labels=labels
    )


def scales(asked: Question, metric: str) -> list[Scale]:
    """The scales on which this metric was answered within the question, smallest first."""
    return sorted(count_scales(asked, metric))


def count_scales(asked: Question, metric: str) -> dict[Scale, int]:
    """How many answers each scale has within the question."""
    import numpy as np

    timeline = asked.study.timeline
    rows = scored_rows(timeline, metric)
    rows = rows[timeline.rows_of(asked.where)[rows]]
    pairs = np.column_stack(
        [timeline.numbers("scale_min")[rows], timeline.numbers("scale_max")[rows]]
    )
    found, counts = np.unique(pairs, axis=0, return_counts=True)
    return {
        (float(low), float(high)): int(count)
        for (low, high), count in zip(found, counts, strict=True)
        if low == low and high == high
    }


def scored_rows(timeline: Timeline, metric: str) -> np.ndarray:
    """The rows that hold a score of this metric."""
    import numpy as np

    labels = timeline.labels("metric")
    if metric not in labels:
        return np.zeros(0, dtype=np.int64)
    held = timeline.codes("metric") == labels.index(metric)
    return np.flatnonzero(held & ~np.isnan(timeline.numbers("score")))
