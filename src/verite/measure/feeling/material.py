"""Material: the person-periods that a model is fitted on, with all that it may use."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from verite.measure.definitions import Definitions
from verite.measure.feeling.features import Asked, Features, read_features
from verite.measure.feeling.outcomes import DAY_US, STEP_DAYS, Periods, periods_of
from verite.measure.feeling.port import Floats, Mask, Runs
from verite.measure.feeling.traces import Traces, persons_of_rows, trace
from verite.stats.logistic import Design
from verite.words.errors import BadInput
from verite.words.feeling import FeelingAsked

GRID: Final = (7.0, 10.0, 14.0, 21.0, 30.0, 45.0, 60.0, 90.0, 120.0, 180.0, 270.0, 365.0)
EVENTS_LEAST: Final = 100  # in all, and
EVENTS_LEAST_PROVED: Final = 25  # on the days kept for the trial
DATES_LEAST: Final = 4
TRIAL_SHARE: Final = 0.3  # of the dates, the last ones: nothing is chosen or fitted on them


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """Lines sorted by person then date."""

    periods: Periods
    lines: Asked
    features: Features
    first_trial: int  # the first date of the trial

    @property
    def weight(self) -> Floats:
        """Undoes the sampling of uneventful people."""
        return self.periods.weight

    @property
    def is_trial(self) -> Mask:
        """The lines kept for the trial."""
        return self.periods.date >= self.first_trial

    @property
    def told_dates(self) -> int:
        """How many dates had their outcome known when the trial began."""
        dates = self.periods.dates
        ends = dates + self.periods.days * DAY_US
        return int(np.count_nonzero(ends <= dates[self.first_trial]))

    def known_before(self, date: int) -> Mask:
        """The lines whose outcome was known at a date."""
        ends = self.periods.dates + self.periods.days * DAY_US
        return np.asarray(ends[self.periods.date] <= self.periods.dates[date])

    def apart_from(self, first: int, last: int) -> Mask:
        """The lines whose days, outcome included, do not touch those of a block of dates."""
        at, days = self.periods.dates, self.periods.days * DAY_US
        before, after = at + days <= at[first], at >= at[last - 1] + days
        return np.asarray((before | after)[self.periods.date])

    def columns(self, names: tuple[str, ...], half_life: int) -> Floats:
        """Features side by side, as they are."""
        return np.column_stack([self.features.column(name, half_life) for name in names])

    def design(self, x: Floats) -> Design:
        """The columns with the outcome, the weights and the people."""
        return Design(
            x=x, y=self.periods.came.astype(np.float64), weight=self.weight,
            cluster=self.periods.person,
        )  # fmt: skip


def gather(
    runs: Runs, traces: Traces, definitions: Definitions, asked: FeelingAsked, until: int
) -> Material:
    """The material of a fit; refused when there is too little of it."""
    periods = periods_of(runs, definitions, asked, traces, until)
    needed = dates_needed(asked.days)
    if len(periods.dates) < needed:
        fields = {"days": asked.days, "dates": len(periods.dates), "needed": needed}
        raise BadInput("feeling_too_short", fields=fields)
    first_trial = _first_trial(len(periods.dates))
    _refuse_too_few(periods, first_trial)
    starts = np.asarray(runs.starts)
    lines = Asked(
        first=starts[periods.person],
        last=starts[periods.person + 1],
        at=periods.dates[periods.date],
    )
    features = read_features(traces, traces.weight, lines, GRID)
    return Material(periods=periods, lines=lines, features=features, first_trial=first_trial)


def dates_needed(days: int) -> int:
    """How many dates it takes to choose without seeing the trial: two at least before it, apart
    by the days asked, with their outcomes known when it begins.

    >>> dates_needed(30), dates_needed(60), dates_needed(90)
    (4, 6, 8)
    """
    apart = -(-days // min(days, STEP_DAYS))
    needed = DATES_LEAST
    while _first_trial(needed) < 2 * apart:
        needed += 1
    return needed


def _first_trial(dates: int) -> int:
    return dates - max(1, round(TRIAL_SHARE * dates))


def weigh(material: Material, traces: Traces, kept: Floats) -> Material:
    """The same lines once it is known what stays of each row."""
    return replace(material, features=read_features(traces, kept, material.lines, GRID))


def trace_everyone(runs: Runs, definitions: Definitions) -> Traces:
    """The traces of all the rows."""
    return trace(runs, definitions, slice(0, runs.rows), persons_of_rows(runs))


def _refuse_too_few(periods: Periods, first_trial: int) -> None:
    events = int(periods.came.sum())
    proved = int(periods.came[periods.date >= first_trial].sum())
    if events < EVENTS_LEAST or proved < EVENTS_LEAST_PROVED:
        raise BadInput("feeling_too_few", fields={"events": events, "needed": EVENTS_LEAST})
    spared = int((~periods.came).sum())
    if spared < EVENTS_LEAST:
        raise BadInput("feeling_too_common", fields={"spared": spared, "needed": EVENTS_LEAST})
