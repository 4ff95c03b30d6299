"""Drop-off: the share of cases for which a touchpoint is the end, open cases censored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numba import njit

from verite.loop.map.design_effects import design_effects
from verite.loop.map.passages import Codes, Floats, Passages, Rows
from verite.stats.intervals import LEVEL, Interval, normal_quantile
from verite.stats.shares import wilson
from verite.stats.withholding import HIDDEN_UNDER, hide, withhold
from verite.words.estimate import Better, Estimate, Status, Unit

DAY_US: Final = 86_400_000_000
WINDOW_DAYS: Final = 30
METHOD: Final = "kaplan_meier"
NO_BOUNDS: Final = Interval(None, None)
UNDECIDED_AT_MOST: Final = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Stops:
    """Per place: cases, those seen to the end of the window, share that stops, its effective n.

    `share` is NaN where no case could be followed long enough, unless under 5 % are undecided: then
    those count as stopped, and `floor` is 0.
    """

    n: Rows
    followed: Rows
    share: Floats
    floor: Floats  # the least that the share can be: itself, or 0 where some are undecided
    effective_n: Floats


def find_stops(passages: Passages, *, window_us: int = WINDOW_DAYS * DAY_US) -> Stops:
    """Kaplan-Meier share, at `window_us`, of cases with nothing after their latest passage.

    One observation per case and place: the time from the latest passage there to the next passage
    of the case, censored at the end of what could be observed. Past the window the case has
    stopped, whatever comes later. The cases of one person are not told apart from each other: the
    effective sample size is divided by their design effect.
    """
    latest, time, is_censored = _latest(
        passages.place, passages.at, passages.starts, passages.until_us, len(passages.labels)
    )
    place = passages.place[latest].astype(np.int64)
    # Sorted by place, then time, moves before censorings of the same instant.
    bits = int(window_us + 1).bit_length() + 1
    key = (place << bits) | (np.minimum(time, window_us + 1) << 1) | is_censored
    key.sort()
    n, followed, share, floor, effective = _survive(key, bits, window_us, len(passages.labels))
    if passages.walk.case != "person":
        known = (is_censored == 0) | (time >= window_us)
        has_stopped = (time > window_us) | (is_censored == 1)
        y = has_stopped[known].astype(np.float64)
        effective = effective / design_effects(passages, latest[known], y)
    return Stops(n=n, followed=followed, share=share, floor=floor, effective_n=effective)


def estimate_stop(stops: Stops, place: int, *, level: float = LEVEL) -> Estimate:
    """The share that stops, in per cent, with Wilson's interval on the effective sample size.

    n̂ = S(1 − S)/Var(S), Greenwood's variance (Dorey and Korn 1987): without censoring it is n,
    and the interval is the ordinary Wilson interval.
    """
    n, share, size = int(stops.n[place]), float(stops.share[place]), float(stops.effective_n[place])
    known = size > 0 and share >= 0
    bounds = interval_of(share, size, floor=float(stops.floor[place]), level=level)
    estimate = Estimate(
        value=100 * share if known else None,
        low=bounds.low,
        high=bounds.high,
        n=n,
        unit=Unit.PERCENT,
        better=Better.LOWER,
        level=level,
        method=METHOD,
        status=Status.OK if known else Status.UNKNOWN,
    )
    return hide(estimate) if n < HIDDEN_UNDER else withhold(estimate)


def interval_of(share: float, size: float, *, floor: float, level: float = LEVEL) -> Interval:
    """Wilson's interval in per cent, reaching down to the floor; no bounds for an unknown share.

    Worked: 81 of 263 (Newcombe 1998, method 3): 25.53 to 36.62.

    >>> found = interval_of(81 / 263, 263, floor=81 / 263)
    >>> round(found.low, 2), round(found.high, 2)
    (25.53, 36.62)
    """
    if not (size > 0 and share >= 0):
        return NO_BOUNDS
    found = wilson(share, size, normal_quantile(level))
    low, high = found.low or 0.0, found.high or 0.0
    # At 0 and 1 Wilson's own bound is off by a rounding error.
    return Interval(min(low, floor, share), max(high, share)).within(0.0, 1.0).times(100)


@njit(nogil=True, cache=True)
def _latest(place: Codes, at: Rows, starts: Rows, until: int, k: int) -> tuple[Rows, Rows, Rows]:
    """Per (case, place): its latest passage, the time that follows, 1 if that is censored."""
    latest, time = np.empty(len(place), np.int64), np.empty(len(place), np.int64)
    is_censored = np.zeros(len(place), np.int64)
    seen = np.full(k, -1, np.int64)
    n = 0
    for c in range(len(starts) - 1):
        last = starts[c + 1] - 1
        for i in range(last, starts[c] - 1, -1):
            p = place[i]
            if seen[p] == c:
                continue
            seen[p] = c
            latest[n] = i
            if i == last:
                time[n], is_censored[n] = max(until - at[i], 0), 1
            else:
                time[n] = at[i + 1] - at[i]
            n += 1
    return latest[:n].copy(), time[:n].copy(), is_censored[:n].copy()


@njit(nogil=True, cache=True)
def _survive(
    key: Rows, bits: int, window: int, k: int
) -> tuple[Rows, Rows, Floats, Floats, Floats]:
    """Kaplan-Meier at the end of the window, place by place, over sorted observations."""
    n, followed = np.zeros(k, np.int64), np.zeros(k, np.int64)
    share, floor, effective = np.full(k, np.nan), np.zeros(k), np.zeros(k)
    i = 0
    while i < len(key):
        p, end = key[i] >> bits, i
        while end < len(key) and key[end] >> bits == p:
            end += 1
        survival, greenwood, lost, seen_through = 1.0, 0.0, 0, 0
        j = i
        while j < end:
            tick = key[j] & ((1 << bits) - 1)
            if tick >> 1 > window or (tick & 1 and tick >> 1 == window):
                seen_through = end - j
                break
            if tick & 1:
                lost += 1
                j += 1
                continue
            moved, at_risk = j, end - j
            while j < end and key[j] & ((1 << bits) - 1) == tick:
                j += 1
            moved = j - moved
            survival *= 1.0 - moved / at_risk
            if moved < at_risk:
                greenwood += moved / (at_risk * (at_risk - moved))
            else:
                survival = 0.0
        n[p], followed[p] = end - i, end - i - lost
        if seen_through or survival <= UNDECIDED_AT_MOST:
            share[p] = survival
            floor[p] = survival if seen_through else 0.0
            inside = 0.0 < survival < 1.0
            effective[p] = (1 - survival) / (survival * greenwood) if inside else followed[p]
        i = end
    return n, followed, share, floor, effective
