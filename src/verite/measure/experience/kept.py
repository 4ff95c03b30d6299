"""Customers kept by what they had lived: Kaplan-Meier curves from landmarks, and their test."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from verite.measure.experience.contrast import LEAST
from verite.measure.experience.lines import Stretches, knows_losses, stretches_of
from verite.measure.experience.reading import Reading, window_sums
from verite.measure.experience.shares import share_of
from verite.measure.feeling.features import Asked, read_features
from verite.measure.feeling.marks import EFFORTS
from verite.measure.feeling.plain import HALF_LIFE_DAYS
from verite.measure.feeling.port import Floats, Ints, Mask
from verite.measure.feeling.traces import Traces
from verite.stats.curves import log_rank, survival_band
from verite.stats.survival import kaplan_meier
from verite.stats.withholding import withhold
from verite.words.estimate import Better, Estimate, Unit
from verite.words.experience import Kept, KeptCurve, KeptPoint, LogRank, Told

GROUPS: Final = ("good", "middle", "bad", "nothing")
MOMENTS: Final = ("none", "one", "more")
POINTS: Final = 36  # of a curve drawn
METHOD: Final = "Kaplan-Meier from landmarks, Greenwood log(-log S), other losses censored"


def kept_of(reading: Reading) -> Kept:
    """Curves of customers kept by the running feeling at the start of each stretch.

    A history is known before the stretch begins, and nobody is counted as lost for time that they
    had to survive to be in a group (no immortal time).
    """
    settings, about = reading.settings, reading.about
    empty = Kept(about=about, days=settings.kept_days, before_days=settings.before_days)
    if not knows_losses(reading):
        return replace(empty, reason="no_losses")
    found = stretches_of(reading, settings.kept_days)
    if len(np.unique(found.person)) < LEAST:
        return replace(empty, reason="few_people")
    if not found.is_whole.any():
        return replace(empty, reason="too_short")
    level = feeling_at(reading, found.person, found.at)
    group = _group(level, (settings.bad_below, settings.good_from))
    curves = [_curve(found, group == place, name) for place, name in enumerate(GROUPS)]
    known = [one for one in curves if one is not None]
    moments = np.minimum(bad_moments(reading, found, settings.before_days), 2).astype(np.int64)
    by_moments = [_curve(found, moments == place, name) for place, name in enumerate(MOMENTS)]
    figures = [Told(key="kept", name=one.group, estimate=_end(one)) for one in known]
    figures += [
        Told(key="kept_moments", name=one.group, estimate=_end(one))
        for one in by_moments
        if one is not None
    ]
    return replace(
        empty, figures=tuple(figures), curves=tuple(known), test=_test(found, group),
        left_otherwise=int(found.apart.sum()),
    )  # fmt: skip


def feeling_at(reading: Reading, person: Ints, at: Ints) -> Floats:
    """The running feeling at each date, 0-10: the mean that decays by half in 60 days; NaN where
    nothing was felt. Lines are sorted by person, then date."""
    runs, rows = reading.runs, reading.runs.rows
    zeros = np.zeros(rows)
    weight = np.where(reading.lived, reading.felt.weight, 0.0)
    traces = Traces(
        ts=reading.ts, valence=np.nan_to_num(reading.felt.valence), weight=weight,
        said=reading.felt.said, marks=np.zeros((rows, len(EFFORTS)), dtype=np.uint8),
        open_until=np.zeros(rows, dtype=np.int64), wait_s=zeros, money=zeros,
        theirs=np.zeros(rows, dtype=np.bool_),
    )  # fmt: skip
    starts = np.asarray(runs.starts)
    lines = Asked(first=starts[person], last=starts[person + 1], at=at)
    features = read_features(traces, weight, lines, (HALF_LIFE_DAYS,))
    felt = features.column("weight") > 1e-9
    return np.asarray(np.where(felt, 5.0 + 5.0 * features.column("mean"), np.nan))


def bad_moments(reading: Reading, lines: Stretches, days: int) -> Floats:
    """How many bad moments in the days before."""
    level = 5.0 + 5.0 * np.nan_to_num(reading.felt.valence)
    bad = reading.lived & (level < reading.settings.bad_below)
    return window_sums(reading, lines, days, (bad.astype(np.float64),))[0]


def _group(level: Floats, bars: tuple[float, float]) -> Ints:
    with np.errstate(invalid="ignore"):
        good, bad = level >= bars[1], level < bars[0]
    return np.asarray(np.where(np.isnan(level), 3, np.where(good, 0, np.where(bad, 2, 1))))


def _curve(found: Stretches, here: Mask, name: str) -> KeptCurve | None:
    people = len(np.unique(found.person[here]))
    if people < LEAST or not found.is_whole[here].any():  # nobody was followed to the end
        return None
    curve = kaplan_meier(found.days[here], found.lost[here], found.person[here])
    low, high = survival_band(curve)
    points = [KeptPoint(days=0.0, share=1.0, low=None, high=None)]
    times = curve.times
    for k in sorted(
        {round(x) for x in np.linspace(0, len(times) - 1, POINTS)} if len(times) else ()
    ):
        points.append(
            KeptPoint(
                days=float(times[k]), share=float(curve.open_share[k]),
                low=_known(low[k]), high=_known(high[k]),
            )
        )  # fmt: skip
    return KeptCurve(
        group=name, n=int(here.sum()), people=people, events=int(found.lost[here].sum()),
        points=tuple(points),
    )  # fmt: skip


def _known(bound: float) -> float | None:
    return None if np.isnan(bound) else float(bound)


def _end(curve: KeptCurve) -> Estimate:
    last = curve.points[-1]
    low, high = (100.0 * bound if bound is not None else None for bound in (last.low, last.high))
    if curve.events == 0:  # nobody left: Wilson's bound of as many people, all of them kept
        low, high = share_of(curve.people, curve.people).low, 100.0
    return withhold(
        Estimate(
            value=100.0 * last.share, low=low, high=high, n=curve.n, people=curve.people,
            unit=Unit.PERCENT, better=Better.HIGHER, method=METHOD,
        )
    )  # fmt: skip


def _test(found: Stretches, group: Ints) -> LogRank | None:
    felt = group < 3
    present = [one for one in range(3) if (group == one).any()]
    if len(present) < 2 or not found.lost[felt].any():
        return None
    coded = np.searchsorted(np.array(present), group[felt])
    tested = log_rank(found.days[felt], found.lost[felt], coded, found.date[felt])
    return LogRank(chi2=tested.chi2, freedom=tested.freedom, p=tested.p)
