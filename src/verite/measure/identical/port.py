"""What comparing experiences reads of a timeline."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from verite.measure.study import Timeline

Ints = NDArray[np.int64]
Codes = NDArray[np.int32]
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]


class Runs(Timeline, Protocol):
    """A timeline whose person i has rows `starts[i]` to `starts[i + 1]`."""

    @property
    def starts(self) -> np.ndarray: ...
