"""The timeline: every interaction by person and time, integer-coded and memory-mapped."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from verite.ledger.timeline.build import Sources, build, built
from verite.ledger.timeline.cases import Cases, cut, gap_of
from verite.ledger.timeline.clock import time_codes
from verite.ledger.timeline.columns import Columns
from verite.ledger.timeline.folder import load, read_manifest, save
from verite.ledger.timeline.order import Stamps, arrange
from verite.ledger.timeline.pick import keep
from verite.ledger.timeline.texts import Texts, read_texts
from verite.words.asked import Filters
from verite.words.errors import HomeError

TRIES = 5


class Removed(HomeError):
    """The folder of a timeline is gone, or not whole."""


class SnapshotLike(Protocol):
    """One version of a ledger."""

    @property
    def version(self) -> int: ...
    @property
    def people_version(self) -> int: ...
    @property
    def files(self) -> tuple[str, ...]: ...


class LedgerLike(Protocol):
    """What a timeline asks of a ledger."""

    def reading(self) -> AbstractContextManager[SnapshotLike]:
        """The files of one version, which nothing takes away inside the block."""
        ...

    def people(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Every identity key, sorted, and its person."""
        ...


def open_timeline(home: Path, ledger: LedgerLike, *, zone: str = "UTC") -> Timeline:
    """The timeline of the ledger as it stands, built under `home/timeline` when absent.

    Another process may build a newer one, and remove this one, before it is open: then again.
    """
    for _ in range(TRIES - 1):
        with suppress(Removed):
            return _open(home, ledger, zone)
    return _open(home, ledger, zone)


def _open(home: Path, ledger: LedgerLike, zone: str) -> Timeline:
    parent, nobody = home / "timeline", np.empty(0, np.int64)
    with ledger.reading() as snapshot:
        sources = Sources(
            files=tuple(snapshot.files),
            identity_keys=nobody,
            persons=nobody,
            ledger_version=snapshot.version,
            people_version=snapshot.people_version,
        )
        folder = built(sources, parent)
        if folder is None:  # only then who is whom is worked out
            keys, persons = ledger.people()
            folder = build(replace(sources, identity_keys=keys, persons=persons), parent)
        return Timeline(folder, zone=zone)


class Timeline:
    """Rows sorted by (person, ts_us, id_hi, id_lo). Person i has rows `starts[i]:starts[i + 1]`.

    Columns beyond the core are read from the ledger on first use and kept beside it.
    """

    def __init__(self, folder: Path, *, zone: str = "UTC") -> None:
        manifest = read_manifest(folder)
        if manifest is None:
            raise Removed("timeline_missing", fields={"folder": folder.name})
        self.folder, self.zone = folder, zone
        self.ledger_version = manifest.ledger_version
        self.people_version = manifest.people_version
        self.rows = manifest.rows
        self.segments = manifest.segments
        self.files = manifest.files
        self.persons: NDArray[np.int64] = self._core("persons")
        self.starts: NDArray[np.int64] = self._core("starts")
        self.ts: NDArray[np.int64] = self._core("ts_us")
        self.id_hi: NDArray[np.int64] = self._core("id_hi")
        self.id_lo: NDArray[np.int64] = self._core("id_lo")
        self.people = len(self.persons)
        self._columns = Columns(folder=folder, files=manifest.files, row=self._core("row"))
        self._codes: dict[str, NDArray[np.int32]] = {}
        self._labels: dict[str, tuple[str, ...]] = {}
        self._numbers: dict[str, NDArray[np.float64]] = {}
        self._times: dict[str, tuple[NDArray[np.int32], tuple[str, ...]]] = {}
        self._cases: dict[str, Cases] = {}
        self._texts: Texts | None = None
        self._ends: NDArray[np.int64] | None = None

    @property
    def ends(self) -> NDArray[np.int64]:
        """When each interaction ended (UTC microseconds), the smallest integer = absent."""
        if self._ends is None:
            self._ends = self._columns.ends()
        return self._ends

    def codes(self, column: str) -> NDArray[np.int32]:
        """Codes of a coded column or `segment_<key>`: int32 per row, -1 = absent."""
        if column not in self._codes:
            self._codes[column] = self._columns.codes(column)
        return self._codes[column]

    def labels(self, column: str) -> tuple[str, ...]:
        """The value of every code of a column."""
        if column not in self._labels:
            self._labels[column] = self._columns.labels(column)
        return self._labels[column]

    def numbers(self, column: str) -> NDArray[np.float64]:
        """A number per row, NaN = absent."""
        if column not in self._numbers:
            self._numbers[column] = self._columns.numbers(column)
        return self._numbers[column]

    def waited(self) -> NDArray[np.float64]:
        """Seconds waited per row, NaN = absent; at a past date, by then."""
        return self.numbers("wait_s")

    def under_way(self) -> NDArray[np.int64]:
        """The rows that had not ended by a past date; none without a date."""
        return np.empty(0, dtype=np.int64)

    def person_index(self) -> NDArray[np.int32]:
        """The place of each row's person in `persons`: int32 per row."""
        return np.repeat(np.arange(self.people, dtype=np.int32), np.diff(self.starts))

    def time_codes(self, dimension: str) -> tuple[NDArray[np.int32], tuple[str, ...]]:
        """Codes and labels of day, week, month, weekday or hour in the timeline's zone."""
        if dimension not in self._times:
            self._times[dimension] = time_codes(self.ts, dimension, self.zone)
        return self._times[dimension]

    def rows_of(self, where: Filters) -> NDArray[np.bool_]:
        """One boolean per row: which rows pass every filter."""
        return keep(self, where)

    def ids(self, rows: Sequence[int] | NDArray[np.integer]) -> list[str]:
        """Interaction ids of some rows: 32 hexadecimal digits each."""
        chosen = np.asarray(rows, dtype=np.int64)
        halves = zip(
            self.id_hi[chosen].view(np.uint64).tolist(),
            self.id_lo[chosen].view(np.uint64).tolist(),
            strict=True,
        )
        return [f"{high:016x}{low:016x}" for high, low in halves]

    def texts(self, rows: Sequence[int] | NDArray[np.integer]) -> list[str | None]:
        """The masked text of some rows, None where there is none."""
        if self._texts is None:
            self._texts = read_texts(self.folder, self._columns)
        return self._texts.of(np.asarray(rows, dtype=np.int64))

    def rows_with_text(self) -> NDArray[np.int64]:
        """The rows that bear a text, ascending."""
        if self._texts is None:
            self._texts = read_texts(self.folder, self._columns)
        return self._texts.rows

    def cases(self, case: str) -> Cases:
        """Cases by `person`, by `case_id` (rows without one are in no case) or by `gap:30d`."""
        if case not in self._cases:
            self._cases[case] = self._make_cases(case)
        return self._cases[case]

    def _make_cases(self, case: str) -> Cases:
        gap = gap_of(case)
        if case == "case_id":
            return self._cases_by_id()
        starts = self.starts if gap is None else cut(self.starts, self.ts, gap)
        return Cases(order=np.arange(self.rows), starts=starts, in_place=True)

    def _cases_by_id(self) -> Cases:
        order, starts = load(self.folder, "cases.order"), load(self.folder, "cases.starts")
        if order is None or starts is None:
            codes = self.codes("case_id")
            stamps = Stamps(ts=self.ts, id_hi=self.id_hi, id_lo=self.id_lo)
            found = arrange(codes, int(codes.max(initial=-1)) + 1, stamps)
            order, starts = found.rows.astype(np.int64), found.starts
            save(self.folder, "cases.order", order)
            save(self.folder, "cases.starts", starts)
        return Cases(order=order, starts=starts)  # type: ignore[arg-type]

    def _core(self, name: str) -> NDArray:  # type: ignore[type-arg]
        found = load(self.folder, name)
        if found is None:
            raise Removed("timeline_missing", fields={"folder": self.folder.name})
        return found
