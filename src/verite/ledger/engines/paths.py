"""Variants: exact paths of cases, grouped by a hash and checked label by label."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from verite.ledger.engines.walks import Run, label_at
from verite.ledger.port import PathCount, Paths
from verite.ledger.timeline.lookup import number
from verite.ledger.timeline.threads import each, parts_of

_SALTS = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)


def paths_of(run: Run, labels: tuple[str, ...], top: int) -> Paths:
    """The most frequent paths; those of equal count in the order of their labels."""
    variants, first = _group(run)
    counts = np.bincount(variants[variants >= 0], minlength=len(first))
    ranks = np.argsort(np.argsort(np.array(labels, dtype=object))).astype(np.int32)
    chosen = _leaders(run, ranks, counts, first, min(top, len(first)))
    return Paths(
        cases=int(counts.sum()),
        variants=len(first),
        top=tuple(
            PathCount(
                labels=tuple(labels[code] for code in _path(run, first[variant]).tolist()),
                count=int(counts[variant]),
            )
            for variant in chosen
        ),
    )


def _group(run: Run) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """The variant of every case (-1: nothing left of it), and the first case of each variant."""
    cases = len(run.starts) - 1
    for salt in _SALTS:
        hashes = np.empty(cases, dtype=np.int64)
        parts = parts_of(run.starts)
        each(lambda low, high, h=hashes, s=salt: _hash(run, low, high, np.uint64(s), h), parts)  # type: ignore[misc]
        variants, keys = number(hashes, np.empty(0, np.int64))
        first = _firsts(variants, len(keys))
        same = each(lambda low, high, v=variants, f=first: _same(run, low, high, v, f), parts)  # type: ignore[misc]
        if all(same):
            return variants, first
    raise ArithmeticError("three hashes in a row gave two paths one number")


def _leaders(
    run: Run,
    ranks: NDArray[np.int32],
    counts: NDArray[np.int64],
    first: NDArray[np.int64],
    top: int,
) -> list[int]:
    if top == 0:
        return []
    least = int(np.partition(counts, len(counts) - top)[len(counts) - top])
    above = np.flatnonzero(counts > least)
    level = np.flatnonzero(counts == least)
    tied = level[_smallest(run, ranks, first[level], top - len(above))]
    by_path = _smallest(run, ranks, first[above], len(above))
    ordered = above[by_path][np.argsort(-counts[above][by_path], kind="stable")]
    return [*ordered.tolist(), *tied.tolist()]


@njit(nogil=True, cache=True)
def _hash(run, low, high, salt, hashes):  # type: ignore[no-untyped-def]
    for case in range(low, high):
        mixed = salt
        held = 0
        for i in range(run.starts[case], run.starts[case + 1]):
            _, code = label_at(run, i)
            if code < 0:
                continue
            mixed = (mixed ^ np.uint64(code + 1)) * np.uint64(0xFF51AFD7ED558CCD)
            mixed ^= mixed >> np.uint64(32)
            held += 1
        # 0 says that nothing is left of the case.
        hashes[case] = np.int64(mixed | np.uint64(1)) if held else 0


@njit(nogil=True, cache=True)
def _firsts(variants, count):  # type: ignore[no-untyped-def]
    first = np.full(count, -1, np.int64)
    for case in range(len(variants)):
        if variants[case] >= 0 and first[variants[case]] < 0:
            first[variants[case]] = case
    return first


@njit(nogil=True, cache=True)
def _same(run, low, high, variants, first):  # type: ignore[no-untyped-def]
    for case in range(low, high):
        if variants[case] < 0 or first[variants[case]] == case:
            continue
        if _compare(run, case, first[variants[case]], run.codes[:0]) != 0:
            return False
    return True


@njit(nogil=True, cache=True)
def _next(run, i, end):  # type: ignore[no-untyped-def]
    while i < end:
        _, code = label_at(run, i)
        if code >= 0:
            return i, code
        i += 1
    return i, -1


@njit(nogil=True, cache=True)
def _compare(run, left, right, ranks):  # type: ignore[no-untyped-def]
    """Below, at or above 0: how one path sorts against another, a prefix first."""
    i, j = run.starts[left], run.starts[right]
    while True:
        i, a = _next(run, i, run.starts[left + 1])
        j, b = _next(run, j, run.starts[right + 1])
        if a != b:
            if a < 0 or b < 0 or len(ranks) == 0:
                return -1 if a < 0 else 1
            return -1 if ranks[a] < ranks[b] else 1
        if a < 0:
            return 0
        i += 1
        j += 1


@njit(nogil=True, cache=True)
def _smallest(run, ranks, cases, count):  # type: ignore[no-untyped-def]
    """Places of the cases with the smallest paths, in order."""
    held = np.empty(count, np.int64)
    size = 0
    for place in range(len(cases)):
        if size == count and (
            count == 0 or _compare(run, cases[place], cases[held[size - 1]], ranks) > 0
        ):
            continue
        at = size if size < count else size - 1
        while at > 0 and _compare(run, cases[place], cases[held[at - 1]], ranks) < 0:
            held[at] = held[at - 1]
            at -= 1
        held[at] = place
        size = min(size + 1, count)
    return held


@njit(nogil=True, cache=True)
def _path(run, case):  # type: ignore[no-untyped-def]
    codes = np.empty(run.starts[case + 1] - run.starts[case], np.int32)
    size = 0
    for i in range(run.starts[case], run.starts[case + 1]):
        _, code = label_at(run, i)
        if code >= 0:
            codes[size] = code
            size += 1
    return codes[:size]
