"""The lowest point of a smooth function of a few numbers, some of them bounded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from verite.stats.crossed.design import Floats

Slope = Callable[[Floats], tuple[float, Floats]]
_STEPS: Final = 200
_SHORTER: Final = 30
_ENOUGH: Final = 1e-4  # of the fall that the slope promises (Armijo)


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """Where to begin; what a step of one costs by each number is about 1 / `reach`²."""

    at: Floats
    reach: Floats
    low: float = -np.inf
    high: float = np.inf
    longest: float = np.inf  # step of any number
    fine: float = 1e-9  # a fall that is not worth a step


@dataclass(frozen=True, slots=True)
class Found:
    """The lowest point and its height."""

    at: Floats
    height: float


def descend(slope: Slope, start: Start) -> Found:
    """Projected BFGS: numbers at a bound that would leave it stand still for a step.

    >>> bowl = lambda x: (float((x[0] - 1) ** 2 + 9 * (x[1] + 2) ** 2), np.array(
    ...     [2 * (x[0] - 1), 18 * (x[1] + 2)]))
    >>> found = descend(bowl, Start(at=np.array([5.0, 5.0]), reach=np.ones(2), low=0.0))
    >>> [round(float(x), 4) for x in found.at], round(found.height, 4)
    ([1.0, 0.0], 36.0)
    """
    at = np.clip(start.at, start.low, start.high)
    bend = np.diag(start.reach**2)
    height, slopes = slope(at)
    for _ in range(_STEPS):
        held = ((at <= start.low) & (slopes > 0)) | ((at >= start.high) & (slopes < 0))
        way = _way(bend, slopes, held)
        fall = -float(slopes @ way)
        if fall < start.fine:
            break
        way *= min(1.0, start.longest / max(float(np.abs(way).max()), 1e-300))
        step = _step(slope, (at, height, slopes), way, start)
        if step is None:
            if np.array_equal(bend, np.diag(start.reach**2)):
                break
            bend = np.diag(start.reach**2)
            continue
        moved, lower, steeper = step
        bend = _bent(bend, moved - at, steeper - slopes)
        won = height - lower
        at, height, slopes = moved, lower, steeper
        if won < start.fine:
            break
    return Found(at, height)


def _way(bend: Floats, slopes: Floats, held: np.ndarray) -> Floats:
    free = np.where(held, 0.0, 1.0)
    way = -free * ((bend * free) @ (slopes * free))
    if float(slopes @ way) < 0:
        return np.asarray(way)
    return np.asarray(-free * np.diag(bend) * slopes)


def _step(
    slope: Slope, here: tuple[Floats, float, Floats], way: Floats, start: Start
) -> tuple[Floats, float, Floats] | None:
    """A point low enough along the way; None when no step lowers anything."""
    at, height, slopes = here
    part = 1.0
    for _ in range(_SHORTER):
        moved = np.clip(at + part * way, start.low, start.high)
        lower, steeper = slope(moved)
        promised = float(slopes @ (moved - at))
        if lower <= height + _ENOUGH * promised:
            return moved, lower, steeper
        if not np.isfinite(lower):
            part *= 0.2
            continue
        rise = lower - height - promised
        part *= float(np.clip(-promised / (2.0 * rise), 0.1, 0.5)) if rise > 0 else 0.5
    return None


def _bent(bend: Floats, moved: Floats, steeper: Floats) -> Floats:
    """The BFGS update of the inverse curvature."""
    along = float(moved @ steeper)
    if along <= 1e-12 * float(np.sqrt((moved @ moved) * (steeper @ steeper))):
        return bend
    push = bend @ steeper
    across = float(steeper @ push)
    return np.asarray(
        bend
        + (1.0 + across / along) * np.outer(moved, moved) / along
        - (np.outer(push, moved) + np.outer(moved, push)) / along
    )
