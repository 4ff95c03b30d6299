"""A ledger of its own for each test, and files written in one line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from verite.ledger.ledger import Ledger
from verite.loop.listen import Request
from verite.loop.listen import listen as hear
from verite.loop.listen.opening import open_hearings
from verite.words.heard import Decided, Heard

AT = datetime(2026, 1, 1, tzinfo=UTC)
Row = dict[str, object]


class Ear:
    """Writes files, hears them, and reads back what the ledger holds."""

    def __init__(self, folder: Path, ledger: Ledger) -> None:
        self.folder = folder
        self.ledger = ledger

    def write(self, text: str | bytes, name: str = "a.csv") -> Path:
        path = self.folder / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    def hear(self, *paths: Path, **told: object) -> Heard:
        heard = hear(Request(files=paths, **told), self.ledger, at=AT)  # type: ignore[arg-type]
        assert heard.balanced
        assert not (self.folder / "home" / "scratch").exists()
        return heard

    def rows(self) -> list[Row]:
        import duckdb

        files = list(self.ledger.files())
        if not files:
            return []
        found = duckdb.sql(
            f"SELECT * FROM read_parquet({files}, union_by_name=true) ORDER BY ts_us, id_hi"
        )
        names = found.columns
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    def reasons(self) -> list[str]:
        return [one.reason for one in self.ledger.quarantined(limit=1000)]


@pytest.fixture
def ear(tmp_path: Path) -> Iterator[Ear]:
    home = tmp_path / "home"
    Ledger.create(home)
    with Ledger.open(home) as ledger:
        yield Ear(tmp_path, ledger)


@dataclass(frozen=True, kw_only=True)
class Understood:
    """What a file would give the ledger."""

    rows: list[Row]
    failed: list[tuple[str, str | None]]  # reason, detail
    decided: Decided
    notes: tuple[str, ...]


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Understood]:
    """Reads the text of a file, without a ledger."""

    def understand(text: str, *, name: str = "a.csv", **told: object) -> Understood:
        import duckdb

        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        (hearing,) = open_hearings(Request(files=(path,), **told))  # type: ignore[arg-type]
        rows: list[Row] = []
        failed: list[tuple[str, str | None]] = []
        for one in hearing.rounds():
            failed += [(each.reason, each.detail) for each in one.failed]
            if one.table is not None:
                found = duckdb.connect().register("t", one.table).sql("SELECT * FROM t")
                rows += [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]
        return Understood(
            rows=rows, failed=failed, decided=hearing.decided()[0], notes=hearing.notes()
        )

    return understand


@pytest.fixture
def us() -> Callable[[str], int]:
    """Microseconds of an ISO time."""

    def microseconds(text: str) -> int:
        return round(datetime.fromisoformat(text).timestamp() * 1_000_000)

    return microseconds
