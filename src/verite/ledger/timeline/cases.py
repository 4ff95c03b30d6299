"""Cases: how interactions are cut into ordered runs: by person, by case, or by a silence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from verite.stats.compiled import njit
from verite.words.errors import WrongUse

_GAP = re.compile(r"^gap:(\d{1,6})(d|h|m)$")
_UNITS = {"d": timedelta(days=1), "h": timedelta(hours=1), "m": timedelta(minutes=1)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cases:
    """Case i is the rows `order[starts[i]:starts[i + 1]]`, sorted by (time, id).

    `in_place` says that `order` counts 0, 1, 2…: kernels then skip it.
    """

    order: NDArray[np.int64]
    starts: NDArray[np.int64]
    in_place: bool = False

    @property
    def count(self) -> int:
        """How many cases."""
        return len(self.starts) - 1


def gap_of(case: str) -> int | None:
    """Microseconds of silence that end a case; nothing for `person` and `case_id`.

    >>> gap_of("gap:30d"), gap_of("person")
    (2592000000000, None)
    """
    if case in {"person", "case_id"}:
        return None
    found = _GAP.match(case)
    if found is None or int(found[1]) == 0:
        known = "person, case_id, gap:30d"
        raise WrongUse("unknown_case", fields={"case": case, "known": known})
    return int(found[1]) * _UNITS[found[2]] // timedelta(microseconds=1)


def cut(starts: NDArray[np.int64], ts: NDArray[np.int64], gap_us: int) -> NDArray[np.int64]:
    """Starts of the runs cut wherever more than `gap_us` passes between two rows of one person."""
    breaks = np.empty(len(ts) + 1, dtype=np.int64)
    return breaks[: _cut(starts, ts, gap_us, breaks)].copy()


@njit(nogil=True, cache=True)
def _cut(starts, ts, gap_us, breaks):  # type: ignore[no-untyped-def]
    found = 0
    for run in range(len(starts) - 1):
        for row in range(starts[run], starts[run + 1]):
            if row == starts[run] or ts[row] - ts[row - 1] > gap_us:
                breaks[found] = row
                found += 1
    breaks[found] = len(ts)
    return found + 1
