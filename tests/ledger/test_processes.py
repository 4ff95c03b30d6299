"""Several processes in one home: two write, one reads, nothing is lost, doubled or torn."""

from __future__ import annotations

import subprocess
import sys

import pytest

from verite.ledger.ledger import Ledger

WRITER = """
import sys
from pathlib import Path
from datetime import UTC, datetime
from arro3.core import Array, DataType, Table
from verite.ledger.ledger import Ledger
from verite.words.columns import RECEIVED

home, name, at = Path(sys.argv[1]), sys.argv[2], datetime(2026, 3, 1, tzinfo=UTC)
KINDS = {"VARCHAR": DataType.string(), "BIGINT": DataType.int64(),
         "INTEGER": DataType.int32(), "DOUBLE": DataType.float64()}

def table(turn):
    # Ten rows of one's own, ten that both writers send.
    ids = [f"{name}-{turn}-{n}" for n in range(10)] + [f"both-{turn}-{n}" for n in range(10)]
    given = {"message_id": ids, "identity": [f"user:{n % 4}" for n in range(20)],
             "ts_us": list(range(20))}
    return Table.from_pydict({column: Array(given.get(column, [None] * 20), KINDS[kind])
                              for column, kind in RECEIVED.items()})

Ledger.create(home)
with Ledger.open(home) as ledger:
    kept = 0
    for turn in range(6):
        kept += ledger.append(table(turn), source=name, at=at).kept
        if turn % 3 == 2 and name == "a":
            ledger.compact()
print(kept)
"""


@pytest.mark.timeout(120)
def test_two_write_and_one_reads_at_once(tmp_path, held):
    home = tmp_path / "home"
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(home), name], stdout=subprocess.PIPE, text=True
        )
        for name in ("a", "b")
    ]
    versions, sizes = [], []
    while any(writer.poll() is None for writer in writers):
        if (home / "inbox.sqlite3").exists() and (home / "keys.sqlite3").exists():
            with Ledger.open(home) as ledger, ledger.reading() as snapshot:
                versions.append(snapshot.version)
                sizes.append(len(snapshot.files))
                rows = held(ledger)
                assert len(rows) == len(set(rows))
    kept = [int(writer.communicate()[0]) for writer in writers]
    assert [writer.returncode for writer in writers] == [0, 0]
    assert versions == sorted(versions)
    assert len(set(versions)) > 1, sizes
    with Ledger.open(home) as ledger:
        assert sum(kept) == len(held(ledger)) == len(set(held(ledger))) == 180
        assert ledger.identity_count == 4


def test_many_processes_may_create_a_home_at_once(tmp_path):
    home = tmp_path / "home"
    code = (
        "import sys; from pathlib import Path; from verite.ledger.ledger import Ledger;"
        " Ledger.create(Path(sys.argv[1])); Ledger.open(Path(sys.argv[1])).close()"
    )
    makers = [subprocess.Popen([sys.executable, "-c", code, str(home)]) for _ in range(6)]
    assert [maker.wait() for maker in makers] == [0] * 6
