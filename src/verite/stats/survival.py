"""Times that have not ended yet: Kaplan-Meier, its median and the median's interval."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from verite.stats.intervals import LEVEL, Interval, normal_quantile

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True, slots=True)
class Survival:
    """Share still open after each time at which something ended, and its Greenwood sum.

    `greenwood` is Σ d / (Y (Y − d)): the variance of log S. It is multiplied by `wider`, the design
    effect of clustering by person (1 with one time each).
    """

    times: np.ndarray
    open_share: np.ndarray
    greenwood: np.ndarray
    wider: float = 1.0


def kaplan_meier(
    seconds: np.ndarray, ended: np.ndarray, people: np.ndarray | None = None
) -> Survival:
    """Kaplan & Meier (1958) curve of times; those not `ended` are censored, never dropped.

    Worked: 1, 2 (open), 3: S(1) = 2/3, S(3) = 0.

    >>> import numpy as np
    >>> kaplan_meier(np.array([1.0, 2.0, 3.0]), np.array([True, False, True])).open_share.round(3)
    array([0.667, 0.   ])
    """
    import numpy as np

    times, counts = np.unique(seconds[ended], return_counts=True)
    at_risk = len(seconds) - np.searchsorted(np.sort(seconds), times, side="left")
    open_share = np.cumprod(1.0 - counts / at_risk)
    with np.errstate(divide="ignore"):
        greenwood = np.cumsum(counts / (at_risk * (at_risk - counts)))
    curve = Survival(times, open_share, greenwood)
    if people is None or len(np.unique(people)) == len(people) or len(times) == 0:
        return curve
    wider = _design_effect(curve, seconds, ended, people)
    return Survival(times, open_share, greenwood, wider)


def survival_quantile(curve: Survival, part: float = 0.5) -> float | None:
    """The time by which `part` of them have ended; None when it was never reached.

    On a flat stretch exactly at 1 − part, the middle of it, as R's survfit does.

    >>> import numpy as np
    >>> survival_quantile(kaplan_meier(np.array([1.0, 2.0, 4.0, 9.0]), np.ones(4, dtype=bool)))
    3.0
    """
    import numpy as np

    left = 1.0 - part
    reached = np.flatnonzero(curve.open_share <= left + 1e-9)
    if len(reached) == 0:
        return None
    first = int(reached[0])
    exactly = abs(float(curve.open_share[first]) - left) <= 1e-9
    if exactly and first + 1 < len(curve.times):
        return float((curve.times[first] + curve.times[first + 1]) / 2.0)
    return float(curve.times[first])


def survival_interval(curve: Survival, part: float = 0.5, level: float = LEVEL) -> Interval:
    """Brookmeyer & Crowley (1982) interval of a quantile, with log(−log S) bounds.

    Each bound is the first time at which the lower (upper) confidence curve falls to 1 − part.
    """
    import numpy as np

    left, spread = 1.0 - part, normal_quantile(level)
    share = np.clip(curve.open_share, 1e-12, 1.0 - 1e-12)
    with np.errstate(invalid="ignore"):
        width = spread * np.sqrt(curve.greenwood * curve.wider) / np.abs(np.log(share))
    base = np.log(-np.log(share))
    lower, upper = np.exp(-np.exp(base + width)), np.exp(-np.exp(base - width))
    over = curve.open_share <= 1e-12  # nobody left: log(−log 0) says nothing of that last time
    lower, upper = np.where(over, 0.0, lower), np.where(over, 1.0, upper)
    return Interval(_first(curve, lower <= left), _first(curve, upper <= left))


def _first(curve: Survival, passes: np.ndarray) -> float | None:
    reached = passes.nonzero()[0]
    return float(curve.times[reached[0]]) if len(reached) else None


def _design_effect(
    curve: Survival, seconds: np.ndarray, ended: np.ndarray, people: np.ndarray
) -> float:
    """How much clustering by person widens the variance of log S at the median (at least 1).

    From the influence of each time on log S (Reid 1981), summed within people and squared.
    """
    import numpy as np

    when = survival_quantile(curve) or float(curve.times[-1])
    at_risk = len(seconds) - np.searchsorted(np.sort(seconds), curve.times, side="left")
    ends = np.searchsorted(np.sort(seconds[ended]), curve.times, side="right")
    counts = np.diff(np.concatenate([[0], ends]))
    paid = np.concatenate([[0.0], np.cumsum(counts / at_risk**2.0)])
    until = np.minimum(seconds, when)
    influence = paid[np.searchsorted(curve.times, until, side="right")]
    ended_by_then = ended & (seconds <= when)
    place = np.searchsorted(curve.times, seconds[ended_by_then])
    influence[ended_by_then] -= 1.0 / at_risk[place]
    _, owner = np.unique(people, return_inverse=True)
    alone = float((influence**2).sum())
    together = float((np.bincount(owner, weights=influence) ** 2).sum())
    return max(together / alone, 1.0) if alone > 0 else 1.0
