"""What a question is asked of: a timeline, an engine, definitions and a date."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final, Protocol

from verite.ledger.port import Engine
from verite.measure.definitions import Definitions
from verite.words.asked import About, Filters, Window

if TYPE_CHECKING:
    import numpy as np

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
EVERYTHING: Final = Filters()


class Timeline(Protocol):
    """What measuring reads of a timeline: rows sorted by person, then time."""

    @property
    def ledger_version(self) -> int: ...
    @property
    def people_version(self) -> int: ...
    @property
    def rows(self) -> int: ...
    @property
    def people(self) -> int: ...
    @property
    def ts(self) -> np.ndarray: ...
    @property
    def ends(self) -> np.ndarray: ...
    @property
    def segments(self) -> tuple[str, ...]: ...
    def codes(self, column: str) -> np.ndarray: ...
    def labels(self, column: str) -> tuple[str, ...]: ...
    def numbers(self, column: str) -> np.ndarray: ...
    def person_index(self) -> np.ndarray: ...
    def time_codes(self, dimension: str) -> tuple[np.ndarray, tuple[str, ...]]: ...
    def rows_of(self, where: Filters) -> np.ndarray: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """Interactions and how to read them. `as_of` is exclusive: later rows are not read."""

    timeline: Timeline
    engine: Engine
    definitions: Definitions = field(default_factory=Definitions)
    as_of: datetime
    zone: str = "UTC"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A study, the filters (never beyond `as_of`) and the dimensions asked."""

    study: Study
    where: Filters
    by: tuple[str, ...] = ()


def question(study: Study, where: Filters, by: tuple[str, ...] = ()) -> Question:
    """The question with its filters cut at `as_of`."""
    end = study.as_of if where.until is None else min(where.until, study.as_of)
    start = where.since if where.since is None else min(where.since, end)
    return Question(study=study, where=replace(where, since=start, until=end, metric=None), by=by)


def about(study: Study, asked: str, where: Filters, notes: tuple[str, ...] = ()) -> About:
    """What the answer says about itself."""
    timeline, window = study.timeline, None
    if timeline.rows:
        first = EPOCH + timedelta(microseconds=int(timeline.ts.min()))
        end = study.as_of if where.until is None else min(where.until, study.as_of)
        start = first if where.since is None else where.since
        window = Window(start=min(start, end), end=end)
    return About(
        asked=asked,
        as_of=study.as_of,
        ledger_version=timeline.ledger_version,
        people_version=timeline.people_version,
        window=window,
        notes=notes,
    )


def microseconds(moment: datetime) -> int:
    """UTC microseconds of an aware time.

    >>> microseconds(datetime(1970, 1, 1, 0, 1, tzinfo=UTC))
    60000000
    """
    return (moment - EPOCH) // timedelta(microseconds=1)
