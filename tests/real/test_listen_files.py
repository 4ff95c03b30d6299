"""Real files through the mappings that are shipped."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from verite.ledger.ledger import Ledger
from verite.loop.listen import Request, listen
from verite.words.heard import Heard

ROOT = Path(__file__).parents[2]
DATA = ROOT.parent / "shared" / "data"
EXAMPLES = ROOT / "src" / "verite" / "loop" / "listen" / "examples"
AT = datetime(2026, 1, 1, tzinfo=UTC)
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="The real data are not on this machine.")
Rows = list[tuple[object, ...]]
Ask = Callable[[str], Rows]


def heard(home: Path, mapping: str, zone: str, *names: str) -> tuple[Heard, Ask]:
    import duckdb

    request = Request(
        files=tuple(DATA / name for name in names),
        mapping=EXAMPLES / mapping,
        zone=zone,
        allow_sql=True,
        scratch=home / "scratch",
    )
    Ledger.create(home)
    with Ledger.open(home) as ledger:
        first = listen(request, ledger, at=AT)
        again = listen(request, ledger, at=AT)
        assert (again.kept, again.duplicates) == (0, first.kept)
        desk = duckdb.connect()
        files = list(ledger.files())
        desk.execute(
            f"CREATE TABLE kept AS SELECT * FROM read_parquet({files}, union_by_name=true)"
        )
    return first, lambda query: desk.execute(query).fetchall()


def test_the_permit_log(tmp_path: Path) -> None:
    first, ask = heard(tmp_path, "receipt.toml", "Europe/Amsterdam", "receipt.csv")
    assert (first.read, first.kept, first.quarantined) == (8577, 8577, 0)
    assert ask("SELECT count(DISTINCT case_id), count(DISTINCT identity_key) FROM kept") == [
        (1434, 1434)
    ]
    channels = dict(ask("SELECT channel, count(*) FROM kept GROUP BY 1"))
    assert channels == {"web": 7478, "store": 657, "post": 308, "email": 128, "intern": 6}


def test_the_broadband_survey(tmp_path: Path) -> None:
    first, ask = heard(tmp_path, "nps.sql", "Europe/London", "nps_broadband.csv")
    assert (first.read, first.kept, first.quarantined) == (2385, 2385, 0)
    (scored,) = ask(
        "SELECT count(score), round(100 * avg(CASE WHEN score >= 9 THEN 1 WHEN score <= 6 THEN -1"
        " ELSE 0 END), 1), count(text) FROM kept WHERE score IS NOT NULL"
    )
    assert scored[:2] == (2353, -24.7)
    assert ask("SELECT count(*) FROM kept WHERE score IS NULL AND metric IS NULL") == [(32,)]
    stages = dict(ask("SELECT touchpoint, count(score) FROM kept GROUP BY 1"))
    assert stages == {
        "Order": 962, "First Payment": 1130, "Equipment Received": 231, "Service in Use": 30,
    }  # fmt: skip


def test_the_marketplace(tmp_path: Path) -> None:
    names = (
        "orders",
        "order_reviews",
        "order_items",
        "order_payments",
        "customers",
        "products",
        "sellers",
    )
    files = tuple(f"olist/{name}.csv" for name in names)
    first, ask = heard(tmp_path, "olist.sql", "America/Sao_Paulo", *files)
    assert first.quarantined == 0
    scores = ask(
        "SELECT segment_delivery, count(score), round(avg(score), 2) FROM kept"
        " WHERE score IS NOT NULL AND segment_delivery IS NOT NULL GROUP BY 1 ORDER BY 1"
    )
    assert scores == [("late", 344, 2.17), ("on_time", 4888, 4.28)]
    steps = dict(ask("SELECT touchpoint, count(*) FROM kept GROUP BY 1"))
    assert steps == {
        "purchase": 8135, "approval": 7989, "dispatch": 6353, "delivery": 5170, "review": 8225,
    }  # fmt: skip
