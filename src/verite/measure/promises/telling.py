"""The share kept, in all and by hour, weekday, channel, week, and hour of the weekday."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from verite.ledger.port import Tally
from verite.measure.evidence import Counted, Kind, Shape, estimate
from verite.measure.promises.fates import Judged
from verite.measure.samples import Sample, group_rows, tally_groups
from verite.measure.study import Timeline
from verite.stats.withholding import withhold, withhold_breakdown
from verite.words.estimate import Better, Estimate, Status, Unit
from verite.words.measured import Label
from verite.words.promises import PromiseCell, Standing

SHARE: Final = Kind(Unit.PERCENT, Better.HIGHER)
ROUNDS: Final = 8


def tallies_of(
    timeline: Timeline, judged: Judged, by: tuple[str, ...]
) -> dict[tuple[str, ...], Tally]:
    """The tally of each group of what is kept or broken."""
    known = judged.known
    sample = Sample(known.rows, known.y)
    return tally_groups(timeline, sample, group_rows(timeline, known.rows, by))


def share_of(tally: Tally | None) -> Estimate:
    """The share kept, Wilson's interval clustered by person, before the small-n rule."""
    return estimate(None if tally is None else Counted(tally, Shape.SHARE), SHARE)


def whole_of(timeline: Timeline, judged: Judged) -> Estimate:
    """The share kept in all, as it may be shown."""
    return withhold(share_of(tallies_of(timeline, judged, ()).get(())))


def cells_of(
    timeline: Timeline, judged: Judged, by: tuple[str, ...], target: float
) -> tuple[PromiseCell, ...]:
    """The cells of one dimension, in its order, as they may be shown."""
    found = tallies_of(timeline, judged, by)
    groups = sorted(found)
    shown = withhold_breakdown([share_of(found[group]) for group in groups])
    return tuple(cell(by, group, one, target) for group, one in zip(groups, shown, strict=True))


def slots_of(timeline: Timeline, judged: Judged, target: float) -> tuple[PromiseCell, ...]:
    """The hours of each weekday; none can be had by subtraction from its hour or its day."""
    by = ("weekday", "hour")
    found = tallies_of(timeline, judged, by)
    shown = {group: withhold(share_of(found[group])) for group in sorted(found)}
    for _ in range(ROUNDS):
        before = dict(shown)
        for place in (0, 1):
            for value in sorted({group[place] for group in shown}):
                line = [group for group in shown if group[place] == value]
                shown.update(
                    zip(line, withhold_breakdown([shown[group] for group in line]), strict=True)
                )
        if shown == before:
            break
    return tuple(cell(by, group, one, target) for group, one in shown.items())


def cell(by: Sequence[str], group: Sequence[str], kept: Estimate, target: float) -> PromiseCell:
    """A cell with its standing."""
    labels = tuple(
        Label(dimension=name, value=value) for name, value in zip(by, group, strict=True)
    )
    return PromiseCell(by=labels, kept=kept, standing=standing_of(kept, target))


def standing_of(kept: Estimate, target: float) -> Standing | None:
    """Kept or broken only when the whole interval stands on that side of the target.

    >>> from verite.words.estimate import Unit
    >>> seen = Estimate(value=60.0, low=55.0, high=65.0, n=100, unit=Unit.PERCENT, method="wilson")
    >>> standing_of(seen, 90.0).value, standing_of(seen, 60.0).value
    ('broken', 'undecided')
    """
    if kept.status not in (Status.OK, Status.FEW) or kept.low is None or kept.high is None:
        return None
    if kept.low >= target:
        return Standing.KEPT
    return Standing.BROKEN if kept.high < target else Standing.UNDECIDED


def people_of(timeline: Timeline, rows: np.ndarray) -> np.ndarray:
    """The person of each row."""
    return np.asarray(timeline.person_index()[rows])
