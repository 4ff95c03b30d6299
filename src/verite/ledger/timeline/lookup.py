"""A hash table of 64-bit keys in arrays: from keys to small numbers, a cache miss per row."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from verite.ledger.timeline.threads import each, spans
from verite.stats.compiled import njit

_MIX = np.uint64(0x9E3779B97F4A7C15)


def find(
    keys: NDArray[np.int64], numbers: NDArray[np.int32], asked: NDArray[np.int64]
) -> NDArray[np.int32]:
    """The number of every asked key, -1 where it is unknown. Keys are distinct.

    >>> find(np.array([7, 9]), np.array([0, 1], dtype=np.int32), np.array([9, 8, 7])).tolist()
    [1, -1, 0]
    """
    bits = max(4, int(2 * len(keys)).bit_length())
    slots, held = _fill(keys, numbers, bits)
    found = np.empty(len(asked), dtype=np.int32)
    each(
        lambda low, high: _find(slots, held, asked[low:high], found[low:high], bits),
        spans(len(asked)),
    )
    return found


def number(
    asked: NDArray[np.int64], known: NDArray[np.int64]
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Keys numbered in the order first seen, after the known ones; 0 is absent (-1).

    >>> codes, keys = number(np.array([5, 0, 9, 5]), np.array([], dtype=np.int64))
    >>> codes.tolist(), keys.tolist()
    ([0, -1, 1, 0], [5, 9])
    """
    codes = np.full(len(asked), -1, dtype=np.int32)
    distinct = known
    bits = max(12, int(4 * len(known)).bit_length())
    at = 0
    while True:
        grown, count, at = _number(asked, distinct, codes, at, bits)
        distinct = grown[:count].copy()
        if at == len(asked):
            return codes, distinct
        bits += 2


@njit(nogil=True, cache=True, inline="always")
def _slot(key, bits):  # type: ignore[no-untyped-def]
    return np.int64((np.uint64(key) * _MIX) >> np.uint64(64 - bits))


@njit(nogil=True, cache=True)
def _fill(keys, numbers, bits):  # type: ignore[no-untyped-def]
    size = 1 << bits
    slots = np.zeros(size, np.int64)
    held = np.full(size, -1, np.int32)
    for i in range(len(keys)):
        at = _slot(keys[i], bits)
        while held[at] >= 0:
            at = (at + 1) & (size - 1)
        slots[at], held[at] = keys[i], numbers[i]
    return slots, held


@njit(nogil=True, cache=True)
def _find(slots, held, asked, found, bits):  # type: ignore[no-untyped-def]
    size = 1 << bits
    for i in range(len(asked)):
        at = _slot(asked[i], bits)
        while held[at] >= 0 and slots[at] != asked[i]:
            at = (at + 1) & (size - 1)
        found[i] = held[at]


@njit(nogil=True, cache=True)
def _number(asked, known, codes, since, bits):  # type: ignore[no-untyped-def]
    size = 1 << bits
    room = size // 2
    distinct = np.empty(room, np.int64)
    distinct[: len(known)] = known
    slots, held = _fill(known, np.arange(len(known)).astype(np.int32), bits)
    count = len(known)
    for i in range(since, len(asked)):
        if asked[i] == 0:
            continue
        at = _slot(asked[i], bits)
        while held[at] >= 0 and slots[at] != asked[i]:
            at = (at + 1) & (size - 1)
        if held[at] < 0:
            if count == room:
                return distinct, count, i
            slots[at], held[at] = asked[i], count
            distinct[count] = asked[i]
            count += 1
        codes[i] = held[at]
    return distinct, count, len(asked)
