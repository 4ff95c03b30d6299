"""Do two channels give the same answer? Probabilities of agreement from counts, with intervals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from verite.stats.intervals import LEVEL, Interval, normal_quantile, student_quantile
from verite.stats.shares import wilson

Floats = NDArray[np.float64]
_NOTHING: Final = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """A probability of agreement (0-1), its interval, and the contacts that it rests on."""

    value: float | None
    interval: Interval
    n: int


def agree_across(counts: Floats, level: float = LEVEL) -> Agreement:
    """The probability that two contacts on two channels drawn by chance hear the same answer.

    `counts` has a line per channel and a column per answer. Unbiased, as the two contacts are on
    different channels: the mean over pairs of channels of Σ_a p_ca p_da (Simpson 1949, between
    samples; 1 − Gini-Simpson). Interval: Wilson's, on as many pairs as would have the variance of
    this U-statistic (first and second order, Hoeffding 1948), each channel having heard one contact
    more like all the others; on the contacts paired off once each when they all agree or all
    differ. Under two channels: nothing.

    Worked: 3 of 4 say A on one channel, 1 of 2 on the other: ¾·½ + ¼·½ = ½.

    >>> found = agree_across(np.array([[3.0, 1.0], [1.0, 1.0]]))
    >>> found.value, found.n
    (0.5, 6)
    """
    held = counts[counts.sum(axis=1) > 0]
    sizes = held.sum(axis=1)
    if len(held) < 2:
        return Agreement(value=None, interval=Interval(None, None), n=int(sizes.sum()))
    shares = held / sizes[:, None]
    pairs = len(held) * (len(held) - 1)
    others = shares.sum(axis=0) - shares
    value = float((shares * others).sum() / pairs)
    total = _variance(held, sizes)
    once = float(min(held.sum() // 2, held.sum() - sizes.max()))
    return Agreement(value=value, interval=_wilson(value, total, once, level), n=int(held.sum()))


def _variance(held: Floats, sizes: Floats) -> float:
    """Variance of the mean over pairs, of shares drawn a little towards those of all contacts."""
    pooled = held.sum(axis=0) / held.sum()
    shares = (held + pooled) / (sizes + 1.0)[:, None]
    pairs = len(held) * (len(held) - 1)
    heard = 2.0 * (shares.sum(axis=0) - shares) / pairs
    spread = (shares * heard**2).sum(axis=1) - (shares * heard).sum(axis=1) ** 2
    freedom = np.maximum(sizes - 1.0, 1.0)
    each = np.eye(shares.shape[1]) * shares[:, None, :] - shares[:, :, None] * shares[:, None, :]
    each /= freedom[:, None, None]
    both = ((each.sum(axis=0) ** 2).sum() - (each**2).sum()) / 2.0  # Σ over pairs tr(Σc Σd)
    return float((spread / freedom).sum() + both * (2.0 / pairs) ** 2)


def agree_within(counts: Floats, level: float = LEVEL) -> Agreement:
    """The same for two contacts of one channel, the mean over the channels heard twice or more.

    Unbiased: Σ_a n_a (n_a − 1) / (n (n − 1)) (Simpson 1949). None heard twice: nothing.

    Worked: 3 A and 1 B: (3·2) / (4·3) = ½.

    >>> agree_within(np.array([[3.0, 1.0]])).value
    0.5
    """
    held = counts[counts.sum(axis=1) > 1]
    sizes = held.sum(axis=1)
    if not len(held):
        return Agreement(value=None, interval=Interval(None, None), n=0)
    each = (held * (held - 1)).sum(axis=1) / (sizes * (sizes - 1))
    shares = held / sizes[:, None]
    variance = 4.0 * ((shares**3).sum(axis=1) - (shares**2).sum(axis=1) ** 2) / sizes
    value, total = float(each.mean()), float(variance.sum()) / len(held) ** 2
    once = float((sizes // 2).sum())
    return Agreement(value=value, interval=_wilson(value, total, once, level), n=int(sizes.sum()))


def mean_agreement(values: Floats, level: float = LEVEL) -> Interval:
    """Interval of the mean of unbiased probabilities, one per question, over questions like these.

    Questions are what is drawn: their spread holds that of the contacts. Wilson's interval on
    effective questions, Student's t; the spread counts one question more, at ½: a rare one that
    differs may not have been met. When all agree, Clopper and Pearson's lower bound of Q of Q,
    which holds for any variable from 0 to 1: it is 1 no more often than its mean says. Under two
    questions: nothing.

    Worked: ten questions, all of them 1: the lower bound is .025^(1/10).

    >>> round(mean_agreement(np.ones(10)).low, 4)
    0.6915
    """
    questions = len(values)
    if questions < 2:
        return Interval(None, None)
    mean, spread = float(values.mean()), float(values.var(ddof=1))
    if spread < _NOTHING:
        tail = ((1.0 - level) / 2.0) ** (1.0 / questions)
        if mean > 1.0 - _NOTHING:
            return Interval(tail, 1.0)
        if mean < _NOTHING:
            return Interval(0.0, 1.0 - tail)
        return wilson(mean, questions, student_quantile(level, questions - 1))
    unmet = (mean - 0.5) ** 2 * questions / (questions + 1)
    spread = ((questions - 1) * spread + unmet) / questions
    effective = max(questions * mean * (1.0 - mean) / spread, 1.0)
    return wilson(mean, effective, student_quantile(level, questions - 1))


def _wilson(value: float, variance: float, once: float, level: float) -> Interval:
    """Wilson's interval on the pairs that the variance is worth, or on those paired off once."""
    if variance < _NOTHING or not _NOTHING < value < 1.0 - _NOTHING:
        return wilson(value, max(once, 1.0), normal_quantile(level))
    effective = max(value * (1.0 - value) / variance, 1.0)
    return wilson(value, effective, normal_quantile(level))
