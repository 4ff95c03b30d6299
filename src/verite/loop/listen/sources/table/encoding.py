"""The encoding of a text file: byte order mark, then UTF-8 if it holds, then what it looks like."""

from __future__ import annotations

import codecs
from typing import BinaryIO

SAMPLE = 1 << 20
LOOK_AT_MOST = 1 << 28  # bytes looked through for a letter beyond ASCII
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
WESTERN = ["cp1252", "latin_1", "cp850", "mac_roman"]


def detect_encoding(stream: BinaryIO) -> str:
    """The encoding of a stream read from its start; UTF-8 for plain ASCII."""
    sample = stream.read(SAMPLE)
    for mark, name in MARKS:
        if sample.startswith(mark):
            return name
    wide = _wide(sample)
    if wide is not None:
        return wide
    looked = len(sample)
    while sample.isascii() and looked < LOOK_AT_MOST:
        more = stream.read(SAMPLE)
        if not more:
            return "utf-8"
        looked += len(more)
        sample = more
    return "utf-8" if _mostly_utf8(sample) else _western(sample)


def _wide(sample: bytes) -> str | None:
    """UTF-16 without a mark: every other byte is zero."""
    even, odd = sample[0:2000:2], sample[1:2000:2]
    if len(odd) < 8:
        return None
    if odd.count(0) > 0.4 * len(odd) and even.count(0) < 0.1 * len(even):
        return "utf-16-le"
    if even.count(0) > 0.4 * len(even) and odd.count(0) < 0.1 * len(odd):
        return "utf-16-be"
    return None


def _mostly_utf8(sample: bytes) -> bool:
    """Whether what is beyond ASCII reads as UTF-8, save for a few broken lines."""
    text = sample.decode("utf-8", errors="replace").rstrip("\ufffd")
    broken = text.count("\ufffd")
    beyond = sum(1 for character in text if character > "\x7f")
    return broken * 5 <= beyond


def _western(sample: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(sample[:200_000], cp_isolation=WESTERN).best()
    if best is None:
        return "cp1252"
    return "cp1252" if best.encoding in {"latin_1", "cp1252"} else best.encoding
