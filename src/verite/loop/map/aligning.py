"""Alignment of a lived path with a designed one, by their longest common subsequence."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit

from verite.loop.map.passages import Codes, Floats, Rows

Counts = np.ndarray[tuple[int, int], np.dtype[np.int64]]
Lengths = np.ndarray[tuple[int, int], np.dtype[np.int32]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignments:
    """Per path its fitness; per place the cases in which it was skipped, added or repeated."""

    fitness: Floats  # [paths]
    skipped: Rows  # [places]
    added: Rows
    repeated: Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Lived:
    """Distinct lived paths, end to end, and how many cases took each."""

    place: Codes
    starts: Rows  # [paths + 1]
    count: Rows  # [paths]


def align(design: Codes, lived: Lived, places: int) -> Alignments:
    """Every lived path against the design; a place counts once per case and kind.

    cost = |t| + |m| − 2·LCS and fitness = 1 − cost/(|t| + |m|), t the design and m the path.
    Where several alignments are equally long, the design's earlier steps are given up first.
    """
    fitness, table = _align(design, lived.place, lived.starts, lived.count, places)
    return Alignments(fitness=fitness, skipped=table[0], added=table[1], repeated=table[2])


def fitness_of(design: tuple[str, ...], path: tuple[str, ...]) -> float:
    """The fitness of one path: 2·LCS/(|t| + |m|).

    Designed a b c d, lived a c d d: LCS a c d, cost 4 + 4 − 6 = 2, fitness 1 − 2/8.

    >>> fitness_of(("a", "b", "c", "d"), ("a", "c", "d", "d"))
    0.75
    """
    code = {label: i for i, label in enumerate(dict.fromkeys((*design, *path)))}
    place = np.array([code[label] for label in path], dtype=np.int32)
    lived = Lived(place=place, starts=np.array([0, len(path)]), count=np.array([1]))
    designed = np.array([code[label] for label in design], dtype=np.int32)
    return float(align(designed, lived, len(code)).fitness[0])


@njit(nogil=True, cache=True)
def _align(
    design: Codes, place: Codes, starts: Rows, count: Rows, places: int
) -> tuple[Floats, Counts]:
    paths, t = len(starts) - 1, len(design)
    longest = 0
    for path in range(paths):
        longest = max(longest, starts[path + 1] - starts[path])
    common = np.zeros((t + 1, longest + 1), np.int32)
    fitness, table = np.empty(paths), np.zeros((3, places), np.int64)
    stamp = np.full((3, places), -1, np.int64)
    spare = np.zeros(places, np.int64)  # lived minus designed passages of the place
    for path in range(paths):
        lived = place[starts[path] : starts[path + 1]]
        lcs = _fill(common, design, lived)
        fitness[path] = 2 * lcs / (t + len(lived)) if t + len(lived) else 1.0
        if lcs == t and lcs == len(lived):
            continue
        _balance(spare, design, lived)
        i, j = 0, 0
        while i < t or j < len(lived):
            if i < t and j < len(lived) and design[i] == lived[j]:
                i, j = i + 1, j + 1
                continue
            if i < t and (j == len(lived) or common[i + 1, j] >= common[i, j + 1]):
                kind, p = 0, design[i]
                i += 1
            else:
                p = lived[j]
                kind = 2 if spare[p] > 0 and _holds(design, p) else 1
                j += 1
            if stamp[kind, p] != path:
                stamp[kind, p] = path
                table[kind, p] += count[path]
    return fitness, table


@njit(nogil=True, cache=True)
def _fill(common: Lengths, design: Codes, lived: Codes) -> int:
    """`common[i, j]` = LCS of design[i:] and lived[j:]; the whole is returned."""
    t, m = len(design), len(lived)
    common[t, : m + 1] = 0
    for i in range(t - 1, -1, -1):
        common[i, m] = 0
        for j in range(m - 1, -1, -1):
            if design[i] == lived[j]:
                common[i, j] = common[i + 1, j + 1] + 1
            else:
                common[i, j] = max(common[i + 1, j], common[i, j + 1])
    return int(common[0, 0])


@njit(nogil=True, cache=True)
def _balance(spare: Rows, design: Codes, lived: Codes) -> None:
    for p in design:
        spare[p] = 0
    for p in lived:
        spare[p] = 0
    for p in design:
        spare[p] -= 1
    for p in lived:
        spare[p] += 1


@njit(nogil=True, cache=True)
def _holds(design: Codes, p: int) -> bool:
    return bool(np.any(design == p))
