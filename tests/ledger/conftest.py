"""What the ledger's tests share: rows from a few words, a home, and what the ledger then holds."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from arro3.core import Array, DataType, Table
from tests.ledger.linked import decode
from tests.ledger.marie import MAIL, MARIE, PAUL, rows_of

from verite.ledger.kept import Refusal
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


@pytest.fixture
def filled(ledger, table, at):
    """Marie in buckets and in fresh files, in quarantine and in the inbox, among others."""
    for number in range(3):
        rows = [*rows_of(MARIE, number), *rows_of(MAIL, number), *rows_of(PAUL, number)]
        ledger.append(table(rows), source="s", at=at)
    ledger.compact()
    rows = [*rows_of(MARIE, 7), *rows_of(PAUL, 7)]
    ledger.append(table(rows), source="s", at=at)
    ledger.append(table(rows_of(MARIE, 8)), source="s", at=at)
    ledger.append(table(rows_of("user:zoe", 9)), source="s", at=at)
    refused = [
        Refusal(file="f.csv", line=n, reason="bad", detail=None, raw=raw, identity=who)
        for n, (raw, who) in enumerate(
            [
                ("?;MARIE-VERBATIM", MARIE),
                ("2026;Marie.Dupont@Example.org;MARIE-VERBATIM", None),
                ("2026;marie-4071;x", None),
                ("2026;paul;y", PAUL),
            ]
        )
    ]
    ledger.refuse(refused, at=at)
    batch = {"batch": [{"userId": "marie-4071"}, {"userId": "paul"}]}
    ledger.accept(b'{"v":1}\n' + json.dumps(batch).encode(), source="web", at=at)
    ledger.accept(b'{"v":1}\n{"email":"marie.dupont@example.org"}', source="web", at=at)
    return ledger


@pytest.fixture
def tell(ledger, at):
    """Links told by a source: (identity, alias, reason)."""

    def say(*links, into=None):
        opened = into or ledger
        opened.accept(json.dumps(links).encode(), source="web", at=at)
        return opened.drain(decode, at=at)

    return say
