"""Kernels on every core: plain threads over parts, the kernels release the lock.

Numba's own parallel loops abort the process when two threads enter them at once, or after a fork;
a server does both. Threads over parts do neither harm.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Result = TypeVar("Result")

_SMALL = 200_000


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def parts_of(starts: NDArray[np.int64]) -> list[tuple[int, int]]:
    """Ranges of whole runs with about equal numbers of rows, one per core.

    >>> parts_of(np.array([0, 3, 5]))
    [(0, 2)]
    """
    runs = len(starts) - 1
    rows = int(starts[-1] - starts[0])
    count = cores() if rows > _SMALL else 1
    wanted = starts[0] + np.arange(count + 1) * rows // count
    cuts = np.searchsorted(starts, wanted)
    cuts[0], cuts[-1] = 0, runs
    return [(int(a), int(b)) for a, b in pairwise(cuts) if a < b]


def spans(rows: int) -> list[tuple[int, int]]:
    """Ranges of rows of about equal size, one per core.

    >>> spans(10)
    [(0, 10)]
    """
    count = cores() if rows > _SMALL else 1
    cuts = [rows * i // count for i in range(count + 1)]
    return [(a, b) for a, b in pairwise(cuts) if a < b]


def each(work: Callable[[int, int], Result], parts: list[tuple[int, int]]) -> list[Result]:
    """`work(low, high)` for every part, at once when there are several; results in order."""
    if len(parts) < 2:
        return [work(low, high) for low, high in parts]
    with ThreadPoolExecutor(len(parts)) as pool:
        return list(pool.map(lambda part: work(*part), parts))
