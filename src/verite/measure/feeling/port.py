"""What the running feeling reads of a timeline."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Codes = NDArray[np.int32]
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
Marks = NDArray[np.uint8]


class Runs(Protocol):
    """Rows sorted by person, then time; person i has rows `starts[i]` to `starts[i + 1]`."""

    @property
    def ledger_version(self) -> int: ...
    @property
    def people_version(self) -> int: ...
    @property
    def rows(self) -> int: ...
    @property
    def people(self) -> int: ...
    @property
    def persons(self) -> np.ndarray: ...
    @property
    def starts(self) -> np.ndarray: ...
    @property
    def ts(self) -> np.ndarray: ...
    @property
    def ends(self) -> np.ndarray: ...
    def codes(self, column: str) -> np.ndarray: ...
    def labels(self, column: str) -> tuple[str, ...]: ...
    def numbers(self, column: str) -> np.ndarray: ...
    def ids(self, rows: list[int]) -> list[str]: ...


def holds(runs: Runs, column: str, values: tuple[str, ...], rows: slice) -> Mask:
    """Which of the rows hold one of these values."""
    wanted = set(values)
    passing = np.array([label in wanted for label in runs.labels(column)] + [False])
    return np.asarray(passing[np.asarray(runs.codes(column)[rows])])  # the last: code −1
