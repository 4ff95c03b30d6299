"""Survival curves drawn and compared: Greenwood's band on log(−log S), the log-rank test."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from verite.stats.intervals import LEVEL, normal_quantile
from verite.stats.survival import Survival

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]


def survival_band(curve: Survival, level: float = LEVEL) -> tuple[Floats, Floats]:
    """Bounds of S at each of its times: exp(−exp(log(−log S) ± z √G / |log S|)).

    Kalbfleisch & Prentice 1980; R's `conf.type = "log-log"`. Where S is 0 the bounds are unknown.

    >>> from verite.stats.survival import kaplan_meier
    >>> found = kaplan_meier(np.array([1.0, 2.0, 3.0, 4.0]), np.array([True, False, True, True]))
    >>> low, high = survival_band(found)
    >>> round(float(low[0]), 3), round(float(high[0]), 3)
    (0.128, 0.961)
    """
    share = np.clip(curve.open_share, 1e-12, 1.0 - 1e-12)
    with np.errstate(invalid="ignore"):
        half = normal_quantile(level) * np.sqrt(curve.greenwood * curve.wider)
        half = half / np.abs(np.log(share))
    base = np.log(-np.log(share))
    low, high = np.exp(-np.exp(base + half)), np.exp(-np.exp(base - half))
    over = curve.open_share <= 1e-12
    return np.where(over, np.nan, low), np.where(over, np.nan, high)


@dataclass(frozen=True, slots=True)
class Compared:
    """χ², its degrees of freedom, its p-value, and the events expected of each group."""

    chi2: float
    freedom: int
    p: float
    expected: Floats


def log_rank(times: Floats, ended: Mask, group: Ints, strata: Ints | None = None) -> Compared:
    """Mantel-Haenszel test of equal hazards (Mantel 1966; Peto & Peto 1972, ρ = 0 in R's survdiff).

    `group` is coded 0, 1, …; within `strata` only like is compared with like.

    >>> two = log_rank(np.array([1.0, 2.0, 3.0, 4.0]), np.ones(4, bool), np.array([0, 0, 1, 1]))
    >>> round(two.chi2, 4), two.freedom  # by hand: (2 − 5/6)² / (1/4 + 2/9)
    (2.8824, 1)
    """
    from scipy.special import chdtrc

    many = int(group.max()) + 1
    moved, spread = np.zeros(many), np.zeros((many, many))
    expected = np.zeros(many)
    layers = np.zeros(len(times), dtype=np.int64) if strata is None else strata
    for layer in np.unique(layers).tolist():
        here = layers == layer
        observed, foreseen, variance = _layer(times[here], ended[here], group[here], many)
        moved += observed - foreseen
        expected += foreseen
        spread += variance
    held = np.flatnonzero(np.diag(spread) > 0)
    if len(held) < 2:
        return Compared(0.0, 0, 1.0, expected)
    kept = held[:-1]  # the last one follows from the others
    away = moved[kept]
    chi2 = float(away @ np.linalg.pinv(spread[np.ix_(kept, kept)], hermitian=True) @ away)
    return Compared(chi2, len(kept), float(chdtrc(len(kept), chi2)), expected)


def _layer(times: Floats, ended: Mask, group: Ints, many: int) -> tuple[Floats, Floats, Floats]:
    """Events by group, those expected, and the hypergeometric covariance, summed over times."""
    at = np.unique(times[ended])
    risk = np.stack([_still(np.sort(times[group == one]), at) for one in range(many)], axis=1)
    gone = np.stack(
        [_happened(np.sort(times[ended & (group == one)]), at) for one in range(many)], axis=1
    )
    whole, deaths = risk.sum(axis=1), gone.sum(axis=1)
    part = risk / np.maximum(whole, 1.0)[:, None]
    rest = np.where(whole > 1, deaths * (whole - deaths) / np.maximum(whole - 1.0, 1.0), 0.0)
    variance = np.diag((rest[:, None] * part).sum(axis=0)) - (rest[:, None] * part).T @ part
    return gone.sum(axis=0), (deaths[:, None] * part).sum(axis=0), variance


def _still(ordered: Floats, at: Floats) -> Floats:
    return np.asarray(len(ordered) - np.searchsorted(ordered, at, side="left"), dtype=np.float64)


def _happened(ordered: Floats, at: Floats) -> Floats:
    first, last = (np.searchsorted(ordered, at, side=side) for side in ("left", "right"))
    return np.asarray(last - first, dtype=np.float64)
