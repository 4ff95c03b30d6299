"""Rows: interactions in columns, codes instead of words, while the year is being made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from verite.demo.clock import Floats, Ints, Mask
from verite.demo.vocabulary import VALUES, code

Column = npt.NDArray[np.generic]
Given = str | int | float | Column

CODED: Final = tuple(VALUES)
WHOLE: Final = ("case", "menus", "anon", "text")
REAL: Final = (
    "wait_s",
    "duration_s",
    "score",
    "scale_min",
    "scale_max",
    "value",
    "valence",  # the feeling the contact leaves, in [-1, 1]; never written
    "weight",  # how much of it stays in the running feeling; never written
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Interactions: who (row number of the customer; -1 a prospect), when (Paris seconds), and
    the columns given; an absent column is all absent."""

    person: Ints
    t: Ints
    columns: Mapping[str, Column]

    def __len__(self) -> int:
        return len(self.t)

    def get(self, column: str) -> Column:
        """A column, filled with "absent" where nothing was given."""
        if column in self.columns:
            return self.columns[column]
        return _absent(column, len(self))

    def whole(self, column: str) -> Ints:
        """A column of codes or counts; -1 is absent."""
        return self.get(column).astype(np.int64)

    def real(self, column: str) -> Floats:
        """A column of figures; NaN is absent."""
        return self.get(column).astype(np.float64)


def rows(person: Ints, t: Ints, given: Mapping[str, Given]) -> Rows:
    """Rows whose columns come from arrays, or from one word or figure for all of them."""
    columns = {name: _column(name, value, len(t)) for name, value in given.items()}
    return Rows(person=person, t=t, columns=columns)


def keep(kept: Rows, mask: Mask) -> Rows:
    """The rows where the mask holds."""
    columns = {name: values[mask] for name, values in kept.columns.items()}
    return Rows(person=kept.person[mask], t=kept.t[mask], columns=columns)


def with_columns(before: Rows, given: Mapping[str, Given]) -> Rows:
    """The same rows with some columns replaced."""
    changed = {name: _column(name, value, len(before)) for name, value in given.items()}
    return Rows(person=before.person, t=before.t, columns={**before.columns, **changed})


def together(parts: Sequence[Rows]) -> Rows:
    """All the rows of all the parts, in time order (stable)."""
    person = np.concatenate([part.person for part in parts])
    t = np.concatenate([part.t for part in parts])
    order = np.lexsort((person, t))
    names = sorted({name for part in parts for name in part.columns})
    columns = {n: np.concatenate([part.get(n) for part in parts])[order] for n in names}
    return Rows(person=person[order], t=t[order], columns=columns)


def _column(name: str, value: Given, n: int) -> Column:
    if isinstance(value, np.ndarray):
        return value.astype(_absent(name, 0).dtype)
    figure = code(name, value) if isinstance(value, str) else value
    return np.full(n, figure, dtype=_absent(name, 0).dtype)


def _absent(name: str, n: int) -> Column:
    if name in REAL:
        return np.full(n, np.nan if name not in {"valence", "weight"} else 0.0)
    if name in WHOLE:
        return np.full(n, -1, dtype=np.int64)
    return np.full(n, -1, dtype=np.int16)
