"""Links as they were told, on the disk: one line per batch and reason, its links packed.

Ten million links are read in a moment, and a line is never changed but to forget somebody.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from verite.ledger.store import Store
from verite.text.identities import kind_sql

if TYPE_CHECKING:
    import sqlite3

SCHEMA: Final = (
    "CREATE TABLE told (number INTEGER PRIMARY KEY, reason TEXT NOT NULL, at TEXT NOT NULL,"
    " links BLOB NOT NULL)",
    "CREATE TABLE decisions (one INTEGER NOT NULL, other INTEGER NOT NULL, verdict TEXT NOT NULL,"
    " at TEXT NOT NULL, PRIMARY KEY (one, other)) WITHOUT ROWID",
    "CREATE TABLE junk (key INTEGER PRIMARY KEY, why TEXT NOT NULL, links INTEGER NOT NULL,"
    " at TEXT NOT NULL)",
    "INSERT INTO counters VALUES ('links', 0)",
    "CREATE INDEX IF NOT EXISTS identities_key ON identities (key)",
)
# Links accepted together. `before`: the verdict that held; '' when there was none.
JOINT: Final = (
    "CREATE TABLE joint (one INTEGER NOT NULL, other INTEGER NOT NULL, decision INTEGER NOT NULL,"
    " before TEXT NOT NULL, PRIMARY KEY (one, other)) WITHOUT ROWID",
    "CREATE INDEX joint_decision ON joint (decision)",
)
# Two keys, the smaller first, and the kind of identity behind each.
LINK: Final = np.dtype([("one", "<i8"), ("other", "<i8"), ("kind", "u1"), ("other_kind", "u1")])
Packed = NDArray[np.void]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Links told together for one reason."""

    number: int
    reason: str
    at: datetime
    links: Packed


def pack(one: NDArray[np.int64], other: NDArray[np.int64], kinds: NDArray[np.uint8]) -> Packed:
    """Links with the smaller key first; `kinds` has a column for each end."""
    packed = np.empty(len(one), dtype=LINK)
    turned = one > other
    packed["one"], packed["other"] = np.minimum(one, other), np.maximum(one, other)
    packed["kind"] = np.where(turned, kinds[:, 1], kinds[:, 0])
    packed["other_kind"] = np.where(turned, kinds[:, 0], kinds[:, 1])
    return packed


def write(cursor: sqlite3.Cursor, links: Packed, *, reason: str, at: datetime) -> None:
    """Keeps some links as one line."""
    cursor.execute(
        "INSERT INTO told (reason, at, links) VALUES (?, ?, ?)",
        [reason, at.isoformat(), links.tobytes()],
    )


def read(store: Store, *, after: int) -> Iterator[Told]:
    """The lines that came after a number, in order."""
    question = "SELECT number, reason, at, links FROM told WHERE number > ? ORDER BY number"
    for number, reason, at, blob in store.rows(question, [after]):
        if isinstance(blob, bytes):
            yield Told(
                number=int(number or 0),
                reason=str(reason),
                at=datetime.fromisoformat(str(at)),
                links=np.frombuffer(blob, dtype=LINK),
            )


def forget(cursor: sqlite3.Cursor, keys: Sequence[int]) -> int:
    """Links with one of these keys go; how many. The caller counts the erasure."""
    gone = 0
    asked = np.array(keys, dtype=np.int64)
    for number, blob in cursor.execute("SELECT number, links FROM told").fetchall():
        links = np.frombuffer(blob, dtype=LINK)
        kept = links[~(np.isin(links["one"], asked) | np.isin(links["other"], asked))]
        if len(kept) == len(links):
            continue
        gone += len(links) - len(kept)
        if len(kept):
            cursor.execute("UPDATE told SET links = ? WHERE number = ?", [kept.tobytes(), number])
        else:
            cursor.execute("DELETE FROM told WHERE number = ?", [number])
    return gone


def keep_joint(
    cursor: sqlite3.Cursor, held: Mapping[tuple[int, int], str], *, new: Packed | None, number: int
) -> None:
    """Writes down the verdicts that held on links which are now accepted together.

    A link that nobody had told is put aside when it is taken back: as good as never told.
    """
    pairs = [] if new is None else [new["one"].tolist(), new["other"].tolist()]
    made = set(zip(*pairs, strict=True))
    rows = [
        (*pair, number, "parted" if pair in made else verdict)
        for pair, verdict in held.items()
        if verdict != "accepted"  # it stays part of the decision that accepted it
    ]
    cursor.executemany("INSERT OR REPLACE INTO joint VALUES (?, ?, ?, ?)", rows)


def adopt(cursor: sqlite3.Cursor) -> None:
    """The table `links` of older homes, whose links stood one by one, becomes lines."""
    kind = {end: kind_sql(f"{end}_is.identity") for end in ("one", "other")}
    rows = cursor.execute(
        f"SELECT one, other, {kind['one']}, {kind['other']}, reason, at FROM links"
        " JOIN identities AS one_is ON one_is.key = one"
        " JOIN identities AS other_is ON other_is.key = other ORDER BY at, reason"
    ).fetchall()
    for (reason, at), group in groupby(rows, key=lambda row: (row[4], row[5])):
        ends = np.array([row[:4] for row in group], dtype=np.int64)
        links = pack(ends[:, 0], ends[:, 1], ends[:, 2:].astype(np.uint8))
        write(cursor, links, reason=reason, at=datetime.fromisoformat(at))
    cursor.execute("DELETE FROM links")
