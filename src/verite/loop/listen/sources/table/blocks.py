"""A delimited file as blocks of clean UTF-8: whole records only, the flawed ones set apart."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from verite.loop.listen.sheet import Unread
from verite.loop.listen.sources.table.records import (
    REASONS,
    RECORD_AT_MOST,
    Records,
    find_records,
)

BLOCK = 32 << 20  # bytes read at a time
RAW_AT_MOST = 10_000  # characters of a flawed record that are kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How to cut: the encoding, the separator (0: none), cells per record (0: any)."""

    encoding: str
    separator: int
    cells: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Whole, well-formed, non-blank records; the line each stood on; those that are flawed."""

    data: bytes
    lines: NDArray[np.int64]
    unread: tuple[Unread, ...]
    tidy: bool = False  # nothing to trim
    as_read: bool = False  # the bytes of the file, unchanged


def cut(stream: BinaryIO, shape: Shape, *, block: int = BLOCK, skip: int = 0) -> Iterator[Block]:
    """The blocks of a stream, in order; between them they hold every record once.

    `skip` records that are not blank (the header) are left out first.
    """
    decode = _Decoder(shape.encoding)
    rest, line, skipping, final = b"", 1, False, False
    while not final:
        piece = stream.read(block)
        final = not piece
        data = decode(piece, final=final)
        if skipping:
            _, newline, data = data.partition(b"\n")
            skipping = not newline and not final
            line += len(newline)
            if skipping:
                continue
        as_read = data == piece
        data = rest + data
        records = find_records(data, shape.separator, first_line=line, final=final)
        rest, line = data[records.consumed :], records.next_line
        unread: list[Unread] = []
        if len(rest) > 2 * RECORD_AT_MOST and b"\n" not in rest:
            unread.append(_too_long(rest, line))
            rest, skipping = b"", True
        if skip:
            skip -= _skip(records, skip)
        yield _clean(data, records, shape, unread, as_read)


def _skip(records: Records, wanted: int) -> int:
    """Marks the first records that hold something as blank, and says how many."""
    found = np.flatnonzero(~records.blank)[:wanted]
    records.blank[found] = True
    records.flaws[found] = 0
    return len(found)


class _Decoder:
    """Pieces of a file to UTF-8 with one kind of newline, less the mark."""

    def __init__(self, encoding: str) -> None:
        plain = encoding in {"utf-8", "utf-8-sig"}
        self._decoder = None if plain else codecs.getincrementaldecoder(encoding)(errors="replace")
        self._first = True
        self._held = b""
        self._lone_returns = False

    def __call__(self, piece: bytes, *, final: bool) -> bytes:
        if self._decoder is not None:
            piece = self._decoder.decode(piece, final).encode("utf-8", errors="replace")
        if self._first and piece:
            piece = piece.removeprefix(codecs.BOM_UTF8)
            self._lone_returns = b"\n" not in piece and b"\r" in piece
            self._first = False
        piece, self._held = self._held + piece, b""
        if b"\r" not in piece:
            return piece
        if piece.endswith(b"\r") and not final:
            piece, self._held = piece[:-1], b"\r"
        return piece.replace(b"\r\n", b"\n").replace(b"\r", b"\n" if self._lone_returns else b" ")


def _too_long(data: bytes, line: int) -> Unread:
    raw = data[:RAW_AT_MOST].decode("utf-8", errors="replace")
    return Unread(line=line, reason="line_too_long", detail=None, raw=raw)


def _clean(
    data: bytes, records: Records, shape: Shape, unread: list[Unread], as_read: bool
) -> Block:
    bad = records.flaws != 0
    ragged = np.zeros_like(bad)
    if shape.cells:
        ragged = (records.cells != shape.cells) & ~bad & ~records.blank
    broken = _broken_utf8(data, records)
    refused = np.flatnonzero(bad | ragged | broken)
    for index in refused:
        raw = data[records.starts[index] : records.ends[index]][: 4 * RAW_AT_MOST]
        reason, detail = REASONS.get(int(records.flaws[index]), "ragged_row"), None
        if broken[index]:
            reason = "bad_encoding"
        elif ragged[index]:
            detail = f"{records.cells[index]}/{shape.cells}"
        text = raw.decode("utf-8", errors="replace")[:RAW_AT_MOST].replace("\0", "\ufffd")
        unread.append(
            Unread(line=int(records.lines[index]), reason=reason, detail=detail, raw=text)
        )
    keep = ~(bad | ragged | broken | records.blank)
    return Block(
        data=_kept_bytes(data, records, keep),
        lines=records.lines[keep],
        unread=tuple(unread),
        tidy=records.tidy,
        as_read=as_read,
    )


def _broken_utf8(data: bytes, records: Records) -> NDArray[np.bool_]:
    """Which records hold bytes that are no UTF-8."""
    broken = np.zeros(len(records.starts), dtype=np.bool_)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        bounds = zip(records.starts.tolist(), records.ends.tolist(), strict=True)
        for index, (start, end) in enumerate(bounds):
            broken[index] = not _is_utf8(data[start:end])
    return broken


def _is_utf8(record: bytes) -> bool:
    try:
        record.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _kept_bytes(data: bytes, records: Records, keep: NDArray[np.bool_]) -> bytes:
    if len(keep) == 0:
        return b""
    if keep.all():
        return data[: int(records.ends[-1])] + b"\n"
    edges = np.flatnonzero(np.diff(np.concatenate(([False], keep, [False])).astype(np.int8)))
    runs = [
        data[int(records.starts[low]) : int(records.ends[high - 1])]
        for low, high in zip(edges[::2], edges[1::2], strict=True)
    ]
    return b"\n".join(runs) + b"\n" if runs else b""
