"""When interactions ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from verite.measure.study import Timeline

if TYPE_CHECKING:
    import numpy as np

ABSENT_US: Final = -(2**63)


def end_of(timeline: Timeline, rows: np.ndarray) -> np.ndarray:
    """When each row ended: as said, else its start plus its wait and its duration."""
    import numpy as np

    said = timeline.ends[rows]
    lasted = np.nan_to_num(timeline.numbers("wait_s")[rows])
    lasted = lasted + np.nan_to_num(timeline.numbers("duration_s")[rows])
    told = timeline.ts[rows] + (lasted * 1e6).astype(np.int64)
    return np.asarray(np.where(said == ABSENT_US, told, said))
