"""The id index follows the ledger: what other processes added, or all of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from verite.ledger.content import Fingerprints
from verite.ledger.delta import InteractionTable, additions, entry_path
from verite.ledger.ids import IdIndex

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_FILES_AT_ONCE: Final = 16


def catch_up(
    connection: DuckDBPyConnection,
    index: IdIndex,
    table: InteractionTable,
    *,
    version: int,
    erasures: int,
) -> None:
    """The index covers exactly this version, from its own files as far as they go.

    One that an erasure left behind still holds what was erased: it is not read.
    """
    if index.version == version and index.erasures == erasures:
        return
    if index.version < 0 or index.erasures != erasures:
        index.read()
        if index.erasures != erasures:
            index.forget()
            index.erasures = erasures
    added = _added_since(index, table, version)
    if added is None:
        index.forget()
        added = [Path(path) for path in table.files(version)]
    for start in range(0, len(added), _FILES_AT_ONCE):
        slice_ = added[start : start + _FILES_AT_ONCE]
        index.add(_read_ids(connection, slice_), version=version)
    index.version = version
    if index.is_worth_filing():
        index.file()


def _added_since(index: IdIndex, table: InteractionTable, version: int) -> list[Path] | None:
    """Data files of the versions not covered; None when they cannot be told any more."""
    if not 0 <= index.version <= version:
        return None
    try:
        found = [
            added.path
            for entry in range(index.version + 1, version + 1)
            for added in additions(table.folder, entry_path(table.log, entry))
            if added.is_new_data
        ]
    except FileNotFoundError:
        return None
    return found if all(path.exists() for path in found) else None


def _read_ids(connection: DuckDBPyConnection, files: Sequence[Path]) -> Fingerprints:
    found = connection.execute(
        "SELECT id_hi, id_lo, content FROM read_parquet(?)", [[str(path) for path in files]]
    ).fetchnumpy()
    columns = {name: np.asarray(values, dtype=np.int64) for name, values in found.items()}
    return Fingerprints(hi=columns["id_hi"], lo=columns["id_lo"], content=columns["content"])
