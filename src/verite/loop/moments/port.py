"""What a study of moments reads: a timeline, definitions, a date, and its own settings."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from verite.loop.moments.settings import MomentsSettings
from verite.measure.definitions import Definitions
from verite.measure.feeling.port import Runs
from verite.measure.feeling.valence import Felt

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]


class Journal(Runs, Protocol):
    """A timeline with the masked words of its rows."""

    def texts(self, rows: Ints) -> list[str | None]: ...
    def rows_with_text(self) -> Ints: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A timeline, how to read it, what its rows left; nothing from `until_us` on is read."""

    timeline: Journal
    definitions: Definitions = field(default_factory=Definitions)
    settings: MomentsSettings = field(default_factory=MomentsSettings)
    until_us: int
    felt: Felt
