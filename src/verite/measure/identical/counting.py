"""Counts over coded columns, without sorting them."""

from __future__ import annotations

import numpy as np
from numba import njit

from verite.measure.identical.arrays import Codes, Ints


def compact(codes: Codes | Ints, size: int) -> tuple[Ints, Codes]:
    """The codes that are met, ascending, and each row's place among them; −1 stays −1.

    >>> met, places = compact(np.array([4, -1, 2, 4]), 6)
    >>> met.tolist(), places.tolist()
    ([2, 4], [1, -1, 0, 1])
    """
    met = np.flatnonzero(np.bincount(codes + 1, minlength=size + 1)[1:])
    place = np.full(size + 1, -1, np.int32)  # the last one is that of −1
    place[met] = np.arange(len(met))
    return met, place[codes]


def people_by(codes: Codes | Ints, people: Ints, size: int) -> Ints:
    """How many people each code has; rows are in the order of people.

    >>> people_by(np.array([0, 0, 1, 0]), np.array([7, 7, 7, 9]), 2).tolist()
    [2, 1]
    """
    return np.asarray(_people(codes, people, size))


def squares_by(codes: Codes | Ints, people: Ints, size: int) -> Ints:
    """Per code, the sum over its people of the square of their rows; rows in the order of people.

    >>> squares_by(np.array([0, 0, 1, 0]), np.array([7, 7, 7, 9]), 2).tolist()
    [5, 1]
    """
    return np.asarray(_squares(codes, people, size))


def distinct(people: Ints) -> int:
    """How many people there are, rows being in their order.

    >>> distinct(np.array([3, 3, 5]))
    2
    """
    return int(np.count_nonzero(np.diff(people))) + 1 if len(people) else 0


@njit(nogil=True, cache=True)
def _people(codes, people, size):  # type: ignore[no-untyped-def]
    found, last = np.zeros(size, np.int64), np.full(size, -1, np.int64)
    for row in range(len(codes)):
        code = codes[row]
        if code >= 0 and last[code] != people[row]:
            last[code] = people[row]
            found[code] += 1
    return found


@njit(nogil=True, cache=True)
def _squares(codes, people, size):  # type: ignore[no-untyped-def]
    found, last = np.zeros(size, np.int64), np.full(size, -1, np.int64)
    held = np.zeros(size, np.int64)
    for row in range(len(codes)):
        code = codes[row]
        if code < 0:
            continue
        if last[code] != people[row]:
            found[code] += held[code] ** 2
            last[code], held[code] = people[row], 0
        held[code] += 1
    return found + held**2
