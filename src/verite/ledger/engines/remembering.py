"""A memory for compiled passes: a hash table that forgets everything at once."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

_MIX = np.uint64(0x9E3779B97F4A7C15)


class Memory(NamedTuple):
    """Open addressing; a slot is taken when it bears the current turn."""

    keys: NDArray[np.int64]  # 3 × slots
    values: NDArray[np.int64]
    turns: NDArray[np.int64]
    now: NDArray[np.int64]


def memory_for(keys: int) -> Memory:
    """A memory for that many keys at a time."""
    size = 1 << max(4, int(keys).bit_length())
    return Memory(
        np.zeros((3, size), np.int64),
        np.zeros(size, np.int64),
        np.zeros(size, np.int64),
        np.zeros(1, np.int64),
    )


@njit(nogil=True, cache=True, inline="always")
def forget(memory):  # type: ignore[no-untyped-def]
    memory.now[0] += 1


@njit(nogil=True, cache=True)
def find(memory, one, two, three):  # type: ignore[no-untyped-def]
    """The place of a key, taken for it when it was free, and whether it was known."""
    size = len(memory.values)
    mixed = (np.uint64(one) * _MIX) ^ (np.uint64(two) + (np.uint64(three) << np.uint64(20)))
    mixed *= _MIX
    at = np.int64(mixed >> np.uint64(32)) & (size - 1)
    while memory.turns[at] == memory.now[0]:
        if memory.keys[0, at] == one and memory.keys[1, at] == two and memory.keys[2, at] == three:
            return at, True
        at = (at + 1) & (size - 1)
    memory.turns[at] = memory.now[0]
    memory.keys[0, at], memory.keys[1, at], memory.keys[2, at] = one, two, three
    return at, False
