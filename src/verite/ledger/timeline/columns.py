"""Columns made on first use, in the order of the timeline, and kept beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from verite.ledger.timeline.folder import load, load_labels, save, save_labels
from verite.ledger.timeline.order import take
from verite.ledger.timeline.scan import Scan
from verite.words.errors import HomeError

Read = TypeVar("Read")


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The columns of one timeline folder. `row` holds each row's number in the files."""

    folder: Path
    files: tuple[str, ...]
    row: NDArray[np.generic]

    def codes(self, column: str) -> NDArray[np.int32]:
        """One code per row, -1 = absent; `labels` tells what a code stands for."""
        found = load(self.folder, f"code.{column}")
        if found is not None:
            return found  # type: ignore[return-value]
        return self.scanned(lambda scan: self._make_codes(scan, column))

    def labels(self, column: str) -> tuple[str, ...]:
        """The value of every code."""
        found = load_labels(self.folder, f"code.{column}")
        if found is not None:
            return found
        hashes = load(self.folder, f"hash.{column}")
        if hashes is None:
            self.codes(column)
            found = load_labels(self.folder, f"code.{column}")
            if found is not None:
                return found
            hashes = load(self.folder, f"hash.{column}")
        return self.scanned(lambda scan: self._make_labels(scan, column, hashes))

    def numbers(self, column: str) -> NDArray[np.float64]:
        """One number per row, NaN = absent."""
        return self._kept(f"number.{column}", lambda scan: scan.numbers(column, len(self.row)))

    def ends(self) -> NDArray[np.int64]:
        """When each interaction ended, the smallest integer = absent."""
        return self._kept("end_us", lambda scan: scan.ends(len(self.row)))

    def _kept(self, name: str, read: Callable[[Scan], NDArray]) -> NDArray:  # type: ignore[type-arg]
        found = load(self.folder, name)
        return found if found is not None else self.scanned(lambda s: self._keep(name, read(s)))

    def _make_codes(self, scan: Scan, column: str) -> NDArray[np.int32]:
        labels = scan.labels(column)
        if labels is not None:
            save_labels(self.folder, f"code.{column}", labels)
            return self._keep(f"code.{column}", scan.codes(column, labels, len(self.row)))
        codes, hashes = scan.hashed(column, np.empty(0, np.int64))
        save(self.folder, f"hash.{column}", hashes)
        return self._keep(f"code.{column}", codes)

    def _make_labels(
        self, scan: Scan, column: str, hashes: NDArray[np.generic] | None
    ) -> tuple[str, ...]:
        if hashes is None:
            few = scan.labels(column)
            if few is not None:  # made in memory only: the folder has been removed
                return few
        values = scan.labels_by_hash(column)
        if hashes is None:
            hashes = scan.hashed(column, np.empty(0, np.int64))[1]
        labels = tuple(values[key] for key in hashes.tolist())
        save_labels(self.folder, f"code.{column}", labels)
        return labels

    def _keep(self, name: str, values: NDArray) -> NDArray:  # type: ignore[type-arg]
        sorted_values = np.empty(len(self.row), dtype=values.dtype)
        take(values, self.row, sorted_values)
        save(self.folder, name, sorted_values)
        kept = load(self.folder, name)
        return kept if kept is not None else sorted_values

    def scanned(self, read: Callable[[Scan], Read]) -> Read:
        """What `read` finds in the files; a typed error when they are gone."""
        import duckdb

        try:
            scan = Scan(self.files)
            try:
                return read(scan)
            finally:
                scan.close()
        except duckdb.IOException as error:
            raise HomeError("timeline_outdated", fields={"folder": self.folder.name}) from error
