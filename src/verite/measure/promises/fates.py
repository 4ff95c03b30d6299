"""What became of each contact, case or event that a promise covers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np


class Fate(IntEnum):
    """Kept, broken, or not known."""

    KEPT = 0
    BROKEN = 1
    WAITING = 2  # still waiting past the time promised: broken already
    OPEN = 3  # still waiting, in time
    LEFT = 4  # the customer left before the time was over
    UNTOLD = 5


@dataclass(frozen=True, slots=True)
class Judged:
    """Timeline rows, one per contact, case or event covered, and the fate of each."""

    rows: np.ndarray
    fates: np.ndarray

    def only(self, kept: np.ndarray) -> Judged:
        """Those where `kept` holds."""
        return Judged(self.rows[kept], self.fates[kept])

    @property
    def known(self) -> Judged:
        """Those kept or broken."""
        return self.only(self.fates <= Fate.WAITING)

    @property
    def y(self) -> np.ndarray:
        """1 for those kept, else 0."""
        return np.asarray((self.fates == Fate.KEPT).astype(float))
