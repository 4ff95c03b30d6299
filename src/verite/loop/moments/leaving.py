"""Losses in time: by how much the chance to leave is multiplied after a touchpoint.

Week by week, whoever is still a customer, with what was lived up to the day before the week began:
nobody is counted as exposed for the time before the exposure (no immortal time).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import exp, sqrt
from typing import Final

import numpy as np

from verite.loop.moments.answers import Answers
from verite.loop.moments.lived import DAY_US, live_before
from verite.loop.moments.model import SEED, Model
from verite.loop.moments.port import Floats, Ints, Mask, Reading
from verite.measure.feeling.outcomes import lives_of
from verite.stats.cox import Cox, Spans, fit_cox
from verite.stats.intervals import LEVEL, normal_quantile
from verite.words.estimate import Unit
from verite.words.moments import Hazard, Hazards, MomentsAsked, Ranged

LAG_DAYS: Final = 1
WEEK_US: Final = 7 * DAY_US
BEFORE_DAYS: Final = 60  # of history before the first week
SPANS_AT_MOST: Final = 1_500_000
EVENTS_LEAST: Final = 50
RIDGE: Final = 1e-6
WIDEST: Final = 10.0  # of a log ratio: known within a factor of 20,000, it is not known


@dataclass(frozen=True, slots=True, kw_only=True)
class _Weeks:
    """Customers at risk, week by week; people without a loss stand for `weight` of their like."""

    person: Ints
    week: Ints
    start: Ints  # of the week, UTC microseconds
    came: Mask
    weight: Floats


def hazards_of(reading: Reading, asked: MomentsAsked, model: Model) -> Hazards | None:
    """Cox's regression of losses by choice on the touchpoints of the model; none when too few."""
    weeks = _weeks(reading)
    if weeks is None or int(weeks.came.sum()) < EVENTS_LEAST:
        return None
    lines = _lines(weeks, reading)
    lived = live_before(reading, lines, asked.before_days, asked.where)
    kept = [lived.names.index(one.name) for one in model.touchpoints if one.name in lived.names]
    x, columns = _columns(lived.experience[:, kept].astype(np.float64), model)
    spans = Spans(
        start=weeks.week.astype(np.float64), stop=(weeks.week + 1).astype(np.float64),
        event=weeks.came, x=x, weight=weeks.weight,
    )  # fmt: skip
    cox = fit_cox(spans, RIDGE)
    met = (~np.isnan(lived.experience[:, kept])).sum(axis=0)
    return Hazards(
        rows=tuple(
            _hazard(one.name, cox, own, int(count))
            for one, own, count in zip(model.touchpoints, columns, met, strict=True)
            if _is_known(cox, own)
        ),
        people=len(np.unique(weeks.person)), events=int(weeks.came.sum()), lag_days=LAG_DAYS,
        concordance=None,
    )  # fmt: skip


def _weeks(reading: Reading) -> _Weeks | None:
    timeline = reading.timeline
    lives = lives_of(timeline, reading.definitions, anyone=False)
    first = int(np.asarray(timeline.ts).min())
    first += min(BEFORE_DAYS * DAY_US, (reading.until_us - first) // 4)
    starts = np.arange(first, reading.until_us - WEEK_US + 1, WEEK_US)
    if len(starts) == 0:
        return None
    gone = lives.by_choice & (lives.until >= first) & (lives.until < reading.until_us)
    lines = sum(int(((lives.since < at) & (lives.until >= at)).sum()) for at in starts.tolist())
    share = min(1.0, SPANS_AT_MOST / max(lines, 1))
    kept = gone | (np.random.default_rng(SEED).random(len(gone)) < share)
    people = np.flatnonzero(kept)
    here = (lives.since[people, None] < starts) & (lives.until[people, None] >= starts)
    place, week = np.nonzero(here)
    person = people[place]
    ends = starts[week] + WEEK_US
    return _Weeks(
        person=person, week=week, start=starts[week],
        came=lives.by_choice[person] & (lives.until[person] < ends),
        weight=np.where(gone[person], 1.0, 1.0 / share),
    )  # fmt: skip


def _lines(weeks: _Weeks, reading: Reading) -> Answers:
    """The weeks as lines to read experience before: up to the day before each began."""
    many = len(weeks.person)
    return Answers(
        outcome="churn", person=weeks.person, at=weeks.start - LAG_DAYS * DAY_US,
        y=np.zeros(many), weight=weeks.weight, own=np.full(many, -1),
        barred=np.zeros(reading.timeline.rows, dtype=np.bool_), unit=Unit.PERCENT, is_binary=True,
    )  # fmt: skip


def _columns(level: Floats, model: Model) -> tuple[Floats, list[tuple[int, int | None]]]:
    """Met, and how it went (per point of 10, centred): where each touchpoint's columns stand."""
    columns: list[Floats] = []
    places: list[tuple[int, int | None]] = []
    for place, one in enumerate(model.touchpoints):
        met = ~np.isnan(level[:, place])
        columns.append(met.astype(np.float64))
        went = None
        if one.varies:
            columns.append(np.where(met, np.nan_to_num(level[:, place]) - one.centre, 0.0))
            went = len(columns) - 1
        places.append((len(columns) - (1 if went is None else 2), went))
    return np.column_stack(columns), places


def _hazard(name: str, cox: Cox, own: tuple[int, int | None], n: int) -> Hazard:
    met, went = own
    one = Ranged(value=1.0, low=1.0, high=1.0)
    return Hazard(
        touchpoint=name, met=_ratio(cox, met), n=n,
        per_point=one if went is None else _ratio(cox, went),
    )  # fmt: skip


def _is_known(cox: Cox, own: tuple[int, int | None]) -> bool:
    """Whether the weeks tell anything of a touchpoint: not where all, or none, had met it."""
    return all(_half(cox, column) <= WIDEST for column in own if column is not None)


def _half(cox: Cox, column: int) -> float:
    return normal_quantile(LEVEL) * sqrt(max(float(cox.covariance[column, column]), 0.0))


def _ratio(cox: Cox, column: int) -> Ranged:
    value, half = float(cox.coefficients[column]), _half(cox, column)
    return Ranged(value=exp(value), low=exp(value - half), high=exp(value + half))


def only(hazards: Hazards | None, touchpoint: str) -> Hazard | None:
    """The row of one touchpoint."""
    rows = () if hazards is None else hazards.rows
    return next((row for row in rows if row.touchpoint == touchpoint), None)


def without_rare(hazards: Hazards | None, needed: int) -> Hazards | None:
    """Without the touchpoints met in fewer person-weeks than needed."""
    if hazards is None:
        return None
    return replace(hazards, rows=tuple(row for row in hazards.rows if row.n >= needed))
