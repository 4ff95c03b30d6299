"""What the ledger's tests share: rows from a few words, a home, and what the ledger then holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from arro3.core import Array, DataType, Table

from verite.ledger.ledger import Ledger
from verite.words.columns import RECEIVED

AT = datetime(2026, 3, 1, 9, tzinfo=UTC)
TYPES = {
    "VARCHAR": DataType.string(),
    "BIGINT": DataType.int64(),
    "INTEGER": DataType.int32(),
    "DOUBLE": DataType.float64(),
}
Row = Mapping[str, Any]


def table_of(rows: Sequence[Row]) -> Table:
    """A received table; what a row leaves out is filled in or null."""
    filled = [
        {"message_id": f"m{n}", "identity": "user:a", "ts_us": 1_700_000_000_000_000 + n, **row}
        for n, row in enumerate(rows)
    ]
    segments = sorted({name for row in filled for name in row if name.startswith("segment_")})
    kinds = {**RECEIVED, **dict.fromkeys(segments, "VARCHAR")}
    return Table.from_pydict(
        {
            name: Array([row.get(name) for row in filled], TYPES[kind])
            for name, kind in kinds.items()
        }
    )


@pytest.fixture
def at() -> datetime:
    return AT


@pytest.fixture
def table() -> Callable[[Sequence[Row]], Table]:
    return table_of


@pytest.fixture
def home(tmp_path: Path) -> Path:
    Ledger.create(tmp_path / "home")
    return tmp_path / "home"


@pytest.fixture
def ledger(home: Path) -> Iterator[Ledger]:
    with Ledger.open(home) as opened:
        yield opened


@pytest.fixture
def held() -> Callable[..., list[tuple[Any, ...]]]:
    """Rows that the durable version holds, sorted; columns as asked."""

    def read(ledger: Ledger, columns: str = "id_hi, id_lo") -> list[tuple[Any, ...]]:
        import duckdb

        files = list(ledger.files())
        if not files:
            return []
        question = f"SELECT {columns} FROM read_parquet(?, union_by_name = true) ORDER BY ALL"
        return duckdb.execute(question, [files]).fetchall()

    return read
