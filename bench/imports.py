"""Import: a CSV through a mapping into a ledger, then the same file again."""

from __future__ import annotations

import shutil
import time
from datetime import UTC, datetime
from pathlib import Path

from bench.table import Line
from verite.ledger.ledger import Ledger
from verite.ledger.timeline.scan import connect
from verite.loop.listen.listen import listen
from verite.loop.listen.request import Request

_AT = datetime(2026, 1, 1, tzinfo=UTC)
_MAPPING = """
[columns]
message_id = "number"
identity = "customer"
at = "at"
channel = "channel"
touchpoint = "touchpoint"
kind = "kind"
case_id = "case"
motive = "motive"
team = "team"
wait_s = "wait"
"""


def measure(folder: Path, files: tuple[str, ...]) -> list[Line]:
    """Rows per second of a first import, and how much longer the second one takes."""
    source = folder / "import.csv"
    rows = _write_csv(source, files)
    mapping = folder / "import.toml"
    mapping.write_text(_MAPPING, encoding="utf-8")
    home = folder / "home"
    shutil.rmtree(home, ignore_errors=True)
    Ledger.create(home)
    request = Request(files=(source,), mapping=mapping, zone="UTC")
    first, worked, kept = _seconds(request, home)
    second, _, again = _seconds(request, home)
    if kept != rows or again != 0:
        raise ValueError(f"{rows} rows in the file, kept {kept}, then {again}")
    return [
        Line(
            what="import of a CSV through a mapping, rows/s",
            ours=f"{first:.1f} s, of processor {worked:.1f} s",
            against="",
            figure=rows / first,
            bound=150_000,
            at_most=False,
        ),
        Line(
            what="the same file again",
            ours=f"{second:.1f} s",
            against=f"first {first:.1f} s",
            figure=second / first,
            bound=2.0,
        ),
    ]


def _seconds(request: Request, home: Path) -> tuple[float, float, int]:
    """Seconds, seconds of processor, rows kept."""
    with Ledger.open(home) as ledger:
        start, worked = time.perf_counter(), time.process_time()
        heard = listen(request, ledger, at=_AT)
        return time.perf_counter() - start, time.process_time() - worked, heard.kept


def _write_csv(path: Path, files: tuple[str, ...]) -> int:
    with connect() as connection:
        found = connection.execute(
            "COPY (SELECT 'n' || row_number() OVER () AS number, "
            "'user:' || identity_key AS customer, "
            "strftime(make_timestamp(ts_us), '%Y-%m-%dT%H:%M:%SZ') AS at, channel, touchpoint, "
            'kind, case_id AS "case", motive, team, wait_s AS wait '
            f"FROM read_parquet({list(files)!r})) TO '{path}' (FORMAT csv, HEADER)"
        ).fetchall()
    return int(found[0][0])
