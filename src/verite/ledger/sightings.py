"""Where some identities were met: how often, from when to when, in which cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

_START = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """The interactions that one identity bears itself."""

    rows: int
    first: datetime
    last: datetime
    cases: frozenset[str] = field(default_factory=frozenset)


def read_sightings(files: Sequence[str], keys: Sequence[int]) -> dict[int, Sighting]:
    """What the ledger's files hold of each key; nothing for keys that bear no interaction."""
    if not files or not keys:
        return {}
    import duckdb

    listed = ",".join(str(int(key)) for key in keys)
    with duckdb.connect() as connection:
        found = connection.execute(
            "SELECT identity_key, count(*), min(ts_us), max(ts_us),"
            " list(DISTINCT case_id) FILTER (WHERE case_id IS NOT NULL)"
            " FROM read_parquet(?, union_by_name = true, hive_partitioning = false)"
            f" WHERE identity_key IN ({listed}) GROUP BY 1",
            [list(files)],
        ).fetchall()
    return {
        int(key): Sighting(
            rows=int(rows),
            first=_START + timedelta(microseconds=int(first)),
            last=_START + timedelta(microseconds=int(last)),
            cases=frozenset(cases or ()),
        )
        for key, rows, first, last, cases in found
    }
