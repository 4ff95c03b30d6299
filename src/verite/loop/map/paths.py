"""Variants: the exact paths that cases took, grouped without any chance of confusion."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit

from verite.loop.map.passages import Codes, Passages, Rows
from verite.loop.map.spreads import spread_by
from verite.words.journey import Variant

SECOND = 1e6


@dataclass(frozen=True, slots=True, kw_only=True)
class Paths:
    """The distinct paths: one example case of each, how many cases took it, and who took which."""

    example: Rows  # [paths] a case
    count: Rows  # [paths]
    of_case: Codes  # [cases] path of each case

    @property
    def distinct(self) -> int:
        """How many distinct paths."""
        return len(self.example)


def group_paths(passages: Passages) -> Paths:
    """Cases by path: a hash finds candidates, a comparison place by place decides."""
    of_case, example = _group(passages.place, passages.starts)
    return Paths(
        example=example, count=np.bincount(of_case, minlength=len(example)), of_case=of_case
    )


def top_variants(passages: Passages, paths: Paths, top: int) -> tuple[Variant, ...]:
    """The most followed paths; equal counts in order of the path's labels."""
    starts, at = passages.starts, passages.at
    duration = at[starts[1:] - 1] - at[starts[:-1]]
    chosen = _choose(passages, paths, min(top, paths.distinct))
    position = np.full(paths.distinct, -1, dtype=np.int64)
    position[chosen] = np.arange(len(chosen))
    inside = position[paths.of_case]
    taken = inside >= 0
    medians = spread_by(inside[taken], duration[taken], len(chosen), (0.5,)).quantiles[:, 0]
    variants = (
        Variant(
            path=path_of(passages, int(paths.example[path])),
            count=int(paths.count[path]),
            share=int(paths.count[path]) / passages.cases,
            median_duration_s=float(median) / SECOND,
        )
        for path, median in zip(chosen, medians, strict=True)
    )
    return tuple(sorted(variants, key=lambda variant: (-variant.count, variant.path)))


def path_of(passages: Passages, case: int) -> tuple[str, ...]:
    """The touchpoints of a case, in order."""
    places = passages.place[passages.starts[case] : passages.starts[case + 1]]
    return tuple(passages.labels[place] for place in places)


def _choose(passages: Passages, paths: Paths, top: int) -> Rows:
    """The paths of the `top` largest counts; among equals the first in order of labels."""
    if top <= 0:
        return np.empty(0, dtype=np.int64)
    least = int(np.partition(paths.count, paths.distinct - top)[paths.distinct - top])
    above = np.flatnonzero(paths.count > least)
    ties = np.flatnonzero(paths.count == least)
    return np.concatenate((above, _first(passages, paths, ties, top - len(above))))


def _first(passages: Passages, paths: Paths, ties: Rows, needed: int) -> Rows:
    """The `needed` first of some paths in order of labels, compared one place at a time."""
    rank = np.empty(len(passages.labels), dtype=np.int64)
    rank[sorted(range(len(rank)), key=passages.labels.__getitem__)] = np.arange(len(rank))
    sure = [np.empty(0, dtype=np.int64)]
    depth = 0
    while len(ties) > needed:
        at = passages.starts[paths.example[ties]] + depth
        ended = at >= passages.starts[paths.example[ties] + 1]
        key = np.where(ended, -1, rank[passages.place[np.where(ended, 0, at)]])
        edge = np.partition(key, needed - 1)[needed - 1]
        sure.append(ties[key < edge])
        needed -= len(sure[-1])
        ties = ties[key == edge]
        depth += 1
    return np.concatenate((*sure, ties))


@njit(nogil=True, cache=True)
def _group(place: Codes, starts: Rows) -> tuple[Codes, Rows]:
    cases = len(starts) - 1
    size = 16
    while size < 2 * cases:
        size *= 2
    slots = np.full(size, -1, np.int64)
    hashes, example = np.empty(cases, np.uint64), np.empty(cases, np.int64)
    of_case = np.empty(cases, np.int32)
    paths = 0
    for c in range(cases):
        mixed = _hash(place, starts[c], starts[c + 1])
        slot = np.int64(mixed & np.uint64(size - 1))
        path = slots[slot]
        while path >= 0 and not (hashes[path] == mixed and _same(place, starts, example[path], c)):
            slot = (slot + 1) & (size - 1)
            path = slots[slot]
        if path < 0:
            path = paths
            slots[slot], hashes[path], example[path] = path, mixed, c
            paths += 1
        of_case[c] = path
    return of_case, example[:paths].copy()


@njit(nogil=True, cache=True)
def _hash(place: Codes, start: int, end: int) -> np.uint64:
    mixed = np.uint64(0x9E3779B97F4A7C15)
    for i in range(start, end):
        mixed ^= np.uint64(place[i] + 1)
        mixed *= np.uint64(0xBF58476D1CE4E5B9)
        mixed ^= mixed >> np.uint64(29)
    return mixed


@njit(nogil=True, cache=True)
def _same(place: Codes, starts: Rows, one: int, other: int) -> bool:
    length = starts[one + 1] - starts[one]
    if length != starts[other + 1] - starts[other]:
        return False
    here, there = starts[one], starts[other]
    return bool(np.all(place[here : here + length] == place[there : there + length]))
