"""Traces: per row all that a running feeling, or one of its rivals, may be read from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from verite.measure.definitions import Definitions
from verite.measure.feeling.marks import mark_efforts
from verite.measure.feeling.port import Floats, Ints, Marks, Mask, Runs, holds
from verite.measure.feeling.valence import feel
from verite.words.interaction import Direction, Kind

_NOT_THEIRS: Final = (Kind.EXPOSURE.value, Kind.PROACTIVE.value, Kind.TELL.value)
_OURS: Final = (Direction.OUTBOUND.value, Direction.PROACTIVE.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Traces:
    """One value per row of the slice that they were made from."""

    ts: Ints
    valence: Floats
    weight: Floats
    said: Mask
    marks: Marks
    open_until: Ints
    wait_s: Floats
    money: Floats
    theirs: Mask  # what the customer did, for recency and frequency


def trace(runs: Runs, definitions: Definitions, rows: slice, person: np.ndarray) -> Traces:
    """The traces of the rows; `person` tells one person's rows from the next one's."""
    felt = feel(runs, definitions, rows, person)
    efforts = mark_efforts(runs, definitions, rows, person)
    ours = holds(runs, "direction", _OURS, rows) | holds(runs, "kind", _NOT_THEIRS, rows)
    return Traces(
        ts=np.asarray(runs.ts[rows]),
        valence=np.nan_to_num(felt.valence),
        weight=felt.weight,
        said=felt.said,
        marks=efforts.marks,
        open_until=efforts.open_until,
        wait_s=np.nan_to_num(np.asarray(runs.numbers("wait_s")[rows])),
        money=np.nan_to_num(np.asarray(runs.numbers("value")[rows])),
        theirs=~ours,
    )


def persons_of_rows(runs: Runs) -> np.ndarray:
    """The place of each row's person."""
    return np.repeat(np.arange(runs.people, dtype=np.int32), np.diff(runs.starts))
