"""Which rows pass the closed set of filters."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from verite.words.asked import Filters
from verite.words.columns import segment_column

if TYPE_CHECKING:
    from verite.ledger.timeline.timeline import Timeline

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def microseconds(at: datetime) -> int:
    """UTC microseconds of an aware time, exactly.

    >>> microseconds(datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC))
    1000000
    """
    return (at - _EPOCH) // timedelta(microseconds=1)


def chosen_values(where: Filters) -> dict[str, tuple[str, ...]]:
    """Columns and the values that pass. Values of one segment are alternatives."""
    chosen: dict[str, tuple[str, ...]] = {}
    if where.channels:
        chosen["channel"] = where.channels
    if where.touchpoints:
        chosen["touchpoint"] = where.touchpoints
    if where.metric is not None:
        chosen["metric"] = (where.metric,)
    for key, value in where.segments:
        column = segment_column(key)
        chosen[column] = (*chosen.get(column, ()), value)
    return chosen


def keep(timeline: Timeline, where: Filters) -> NDArray[np.bool_]:
    """One boolean per row: inside [since, until) and every chosen column among its values."""
    mask = np.ones(timeline.rows, dtype=bool)
    if where.since is not None:
        mask &= timeline.ts >= microseconds(where.since)
    if where.until is not None:
        mask &= timeline.ts < microseconds(where.until)
    for column, values in chosen_values(where).items():
        mask &= among(timeline, column, values)
    return mask


def among(timeline: Timeline, column: str, values: Iterable[str]) -> NDArray[np.bool_]:
    """Rows whose coded column is one of the values; an absent value never is."""
    wanted = set(values)
    labels = timeline.labels(column)
    passing = np.array([label in wanted for label in labels] + [False])  # the last is code -1
    return np.asarray(passing[timeline.codes(column)])
