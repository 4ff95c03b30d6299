"""A small life of a home: appends, batches, drains, a compaction; each confirmation is printed.

Run as `python -m tests.crash.workload HOME [NAME…]`. Rows are named by tokens: `a3` is a row to
keep, `a3!` the same id saying something else (for quarantine), `bad-a4` an unreadable line.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from arro3.core import Array, DataType, Table

from verite.ledger.ledger import Decoded, Ledger, Refusal
from verite.words.columns import RECEIVED
from verite.words.errors import VeriteError

AT = datetime(2026, 3, 1, 9, tzinfo=UTC)
TYPES = {
    "VARCHAR": DataType.string(),
    "BIGINT": DataType.int64(),
    "INTEGER": DataType.int32(),
    "DOUBLE": DataType.float64(),
}


def rows_of(tokens: Sequence[str]) -> Table:
    """A received table of the rows behind tokens."""
    rows = [_row(token) for token in tokens]
    return Table.from_pydict(
        {
            name: Array([row.get(name) for row in rows], TYPES[kind])
            for name, kind in RECEIVED.items()
        }
    )


def _row(token: str) -> dict[str, object]:
    name = token.removesuffix("!")
    number = int("".join(c for c in name if c.isdigit()))
    return {
        "message_id": name,
        "identity": f"user:{name[:-2]}" if name.startswith("gone") else f"user:{number % 2}",
        "aliases": f'["anon:{number % 4}"]' if number % 3 == 0 else None,
        "ts_us": 1_700_000_000_000_000 + number,
        "agent": "other" if token.endswith("!") else "usual",
    }


def decode(payload: bytes, source: str) -> Decoded:
    """Reads a batch: a JSON list of tokens."""
    tokens = json.loads(payload)
    refused = [
        Refusal(file=source, line=None, reason="bad", detail=None, raw=token, identity=None)
        for token in tokens
        if token.startswith("bad")
    ]
    table = rows_of([token for token in tokens if not token.startswith("bad")])
    return Decoded(table=table, refusals=refused)


def confirm(tokens: Sequence[str]) -> None:
    """Tells the world, in one write, that these rows will never be lost."""
    os.write(1, f"ACK {' '.join(tokens)}\n".encode())


def erase(ledger: Ledger, name: str) -> None:
    """Somebody comes, and is erased; confirmed as `erased-NAME`."""
    ledger.append(rows_of(gone(name)), source="file", at=AT)
    key = ledger.key_of(f"user:gone-{name}")
    ledger.erase(() if key is None else ledger.keys_with(key), at=AT)
    confirm([f"erased-{name}"])


def gone(name: str) -> list[str]:
    """The rows of whom a life erases."""
    return [f"gone-{name}20", f"gone-{name}22"]


def append(ledger: Ledger, *tokens: str) -> None:
    """Appends and confirms."""
    ledger.append(rows_of(tokens), source="file", at=AT)
    confirm(tokens)


def accept(ledger: Ledger, *tokens: str) -> None:
    """Hands a batch over and confirms."""
    ledger.accept(json.dumps(tokens).encode(), source="web", at=AT)
    confirm(tokens)


def live(home: Path, name: str) -> None:
    """One process's life: every way in, and the upkeep."""
    Ledger.create(home)
    with Ledger.open(home) as ledger:
        append(ledger, *(f"{name}{n}" for n in range(4)))
        accept(ledger, f"{name}4", f"bad-{name}5", f"{name}1")
        accept(ledger, f"{name}6", f"{name}7")
        ledger.drain(decode, at=AT)
        append(ledger, f"{name}8", f"{name}2!", f"{name}3")
        accept(ledger, f"{name}9")
        ledger.compact()
        ledger.drain(decode, at=AT)
        ledger.vacuum()
        accept(ledger, f"{name}10", f"{name}10!")
        erase(ledger, name)
        append(ledger, f"{name}11")
        ledger.drain(decode, at=AT)
    with Ledger.open(home) as ledger:
        append(ledger, f"{name}12", f"{name}0")


def main() -> None:
    """One life, or two at once in the same home."""
    home, names = Path(sys.argv[1]), sys.argv[2:] or ["a"]
    if len(names) == 1:
        try:
            live(home, names[0])
        except VeriteError as error:
            sys.exit(error.code)
        return
    module = [sys.executable, "-m", "tests.crash.workload", str(home)]
    lives = [subprocess.Popen([*module, name]) for name in names]
    sys.exit(max(life.wait() for life in lives))


if __name__ == "__main__":
    main()
