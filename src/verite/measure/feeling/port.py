"""What the running feeling reads of a timeline."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from verite.measure.study import Timeline

Ints = NDArray[np.int64]
Codes = NDArray[np.int32]
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
Marks = NDArray[np.uint8]


class Runs(Timeline, Protocol):
    """A timeline whose person i has rows `starts[i]` to `starts[i + 1]`."""

    @property
    def persons(self) -> np.ndarray: ...
    @property
    def starts(self) -> np.ndarray: ...
    def ids(self, rows: list[int]) -> list[str]: ...


def holds(runs: Runs, column: str, values: tuple[str, ...], rows: slice) -> Mask:
    """Which of the rows hold one of these values."""
    wanted = set(values)
    passing = np.array([label in wanted for label in runs.labels(column)] + [False])
    return np.asarray(passing[np.asarray(runs.codes(column)[rows])])  # the last: code −1
