"""Fingerprints of rows: who they are (`message_id`) and what they say, stable over releases.

The id is md5(message_id), cut in two signed 64-bit halves: the 32 hexadecimal digits of the id are
`id_hi` then `id_lo`. The content is 64 bits over every other received column and segment; a null
adds nothing, so that a column seen for the first time does not change what earlier rows said.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from verite.words.columns import RECEIVED, SEGMENT_PREFIX

if TYPE_CHECKING:
    from arro3.core import Table
    from duckdb import DuckDBPyConnection

Int64s = NDArray[np.int64]
Words = NDArray[np.uint64]

_LOW: Final = "18446744073709551615::UHUGEINT"
_SEPARATOR: Final = "\x1f"
# One letter per text column, for ever: a new column takes a new letter, segments keep their names.
_LETTERS: Final = {
    "identity": "a", "aliases": "b", "channel": "c", "touchpoint": "d", "kind": "e",
    "direction": "f", "case_id": "g", "motive": "h", "step": "i", "agent": "j", "team": "k",
    "site": "l", "outcome": "m", "metric": "n", "polarity": "o", "text": "p", "language": "q",
    "currency": "r", "properties": "s",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprints:
    """One id and one content per row, in the order of the table."""

    hi: Int64s
    lo: Int64s
    content: Int64s

    def take(self, rows: Int64s) -> Fingerprints:
        """Those of some rows."""
        return Fingerprints(hi=self.hi[rows], lo=self.lo[rows], content=self.content[rows])


def fingerprint(connection: DuckDBPyConnection, table: Table) -> Fingerprints:
    """Ids and contents of a received table."""
    texts = [name for name in table.column_names if _is_text(name)]
    numbers = [name for name, kind in RECEIVED.items() if kind != "VARCHAR"]
    present = [n for n in texts if table.column(n).null_count < table.num_rows]
    counted = [n for n in numbers if table.column(n).null_count < table.num_rows]
    columns = "".join(f', "{name}"' for name in counted)
    connection.register("arrived", table)
    try:
        found = connection.sql(
            f"SELECT (id >> 64)::UBIGINT AS id_high, (id & {_LOW})::UBIGINT AS id_low,"
            f" (said & {_LOW})::UBIGINT AS said{columns} FROM (SELECT"
            f" md5_number(message_id) AS id, md5_number({_text(table, present)}) AS said{columns}"
            " FROM arrived)"
        ).fetchnumpy()
    finally:
        connection.unregister("arrived")
    content = np.asarray(found["said"], dtype=np.uint64)
    for name in counted:
        content = content + _number_words(name, found[name])
    # md5_number reads the digest as little-endian; its hexadecimal digits are big-endian.
    return Fingerprints(
        hi=np.asarray(found["id_low"], dtype=np.uint64).byteswap().view(np.int64),
        lo=np.asarray(found["id_high"], dtype=np.uint64).byteswap().view(np.int64),
        content=content.view(np.int64),
    )


def _is_text(name: str) -> bool:
    if name == "message_id":
        return False
    return RECEIVED.get(name) == "VARCHAR" or name.startswith(SEGMENT_PREFIX)


def _text(table: Table, present: list[str]) -> str:
    """SQL of the text that is hashed: separator, letter or name, `=`, value, in one order."""
    parts = []
    for name in sorted(present):
        label = f"'{_SEPARATOR}{_LETTERS.get(name, name)}='"
        if table.column(name).null_count:
            parts.append(f'{label} || "{name}"')
        else:
            parts.append(f'{label}, "{name}"')
    return f"concat({', '.join(parts)})" if parts else "''"


def _number_words(name: str, values: NDArray[np.generic]) -> Words:
    """The share of one numeric column: mixed bits of the number and of the column's name."""
    seed = np.frombuffer(hashlib.md5(name.encode(), usedforsecurity=False).digest()[:8], "<u8")[0]
    plain = np.ma.getdata(values).astype(np.float64 if values.dtype.kind == "f" else np.int64)
    if plain.dtype.kind == "f":
        plain = np.where(np.isnan(plain), np.nan, plain + 0.0)  # one NaN, one zero
    words = _mix(plain.view(np.uint64) ^ seed)
    mask = np.ma.getmaskarray(values)
    words[mask] = 0
    return words


def _mix(words: Words) -> Words:
    """The finaliser of splitmix64 (Steele, Lea & Flood 2014): every bit in touches every bit out.

    The generator's first output from seed 0 is the mix of its increment:

    >>> int(_mix(np.array([0x9E3779B97F4A7C15], dtype=np.uint64))[0])
    16294208416658607535
    """
    words = (words ^ (words >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    words = (words ^ (words >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return words ^ (words >> np.uint64(31))
