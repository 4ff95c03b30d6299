"""The directly-follows graph over cases: a count, then gaps laid edge by edge, then quantiles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from verite.ledger.port import Flow, Gaps, Graph, Stop
from verite.ledger.timeline.threads import each, parts_of

_DENSE_LABELS = 1024


class Run(NamedTuple):
    """Cases as kernels take them. Empty `order`: rows in place; empty `keep`: every row."""

    starts: NDArray[np.int64]
    order: NDArray[np.int64]
    codes: NDArray[np.int32]
    keep: NDArray[np.bool_]
    ts: NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Counted:
    """Sums over the parts, and each part's own number of gaps per edge."""

    edges: NDArray[np.int64]  # [count, cases] × edge
    stops: NDArray[np.int64]  # [count, cases, rework, starts, ends] × label
    cases: int
    by_part: NDArray[np.int64]


def graph_of(run: Run, labels: tuple[str, ...]) -> Graph:
    """The graph of these cases. Edges are numbered source × labels + target."""
    ids, names = _edge_names(run, len(labels))
    size = len(labels) ** 2 if names is None else len(names)
    parts = parts_of(run.starts)
    counted = _count(run, parts, ids, (len(labels), size))
    gaps, ends = _lay(run, parts, ids, counted)
    laid = (np.arange(size) if names is None else names, gaps, ends)
    # Flows first: the quantiles of a stop reorder the gaps of all its flows.
    flows = _flows(labels, counted, laid)
    return Graph(
        cases=counted.cases,
        interactions=int(counted.stops[0].sum()),
        stops=_stops(labels, counted, laid),
        flows=flows,
    )


def _edge_names(run: Run, labels: int) -> tuple[NDArray[np.int32], NDArray[np.int64] | None]:
    """Few labels need no names: every pair has its place. Many: only the pairs that occur."""
    if labels <= _DENSE_LABELS:
        return np.empty(0, np.int32), None
    pairs = np.full(len(run.codes), -1, dtype=np.int64)
    each(lambda low, high: _pairs(run, low, high, labels, pairs), parts_of(run.starts))
    names, ids = np.unique(pairs, return_inverse=True)
    absent = int(len(names) > 0 and names[0] == -1)
    return (ids - absent).astype(np.int32), names[absent:]


def _count(
    run: Run,
    parts: list[tuple[int, int]],
    ids: NDArray[np.int32],
    sizes: tuple[int, int],
) -> _Counted:
    found = each(lambda low, high: _edges(run, low, high, ids, sizes), parts)
    return _Counted(
        edges=sum((part[0] for part in found), np.zeros((2, sizes[1]), np.int64)),
        stops=sum((part[1] for part in found), np.zeros((5, sizes[0]), np.int64)),
        cases=sum(part[2] for part in found),
        by_part=np.array([part[0][0] for part in found]).reshape(len(found), sizes[1]),
    )


def _lay(
    run: Run, parts: list[tuple[int, int]], ids: NDArray[np.int32], counted: _Counted
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """All gaps, edge after edge, and where each edge's gaps end."""
    ends = np.cumsum(counted.edges[0])
    begins = ends - counted.edges[0]
    gaps = np.empty(int(counted.edges[0].sum()), dtype=np.int64)
    at = begins + np.cumsum(counted.by_part, axis=0) - counted.by_part
    size = counted.stops.shape[1]
    turn = {part: i for i, part in enumerate(parts)}
    each(
        lambda low, high: _scatter(run, (low, high), ids, (size, at[turn[low, high]]), gaps), parts
    )
    return gaps, ends


def _flows(
    labels: tuple[str, ...],
    counted: _Counted,
    laid: tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]],
) -> tuple[Flow, ...]:
    keys, gaps, ends = laid
    held = np.flatnonzero(counted.edges[0])
    figures = _figures(gaps, ends[held] - counted.edges[0, held], ends[held])
    flows = [
        Flow(
            source=labels[int(keys[edge]) // len(labels)],
            target=labels[int(keys[edge]) % len(labels)],
            count=int(counted.edges[0, edge]),
            cases=int(counted.edges[1, edge]),
            gaps=_gaps(figures[i]),
        )
        for i, edge in enumerate(held.tolist())
    ]
    return tuple(sorted(flows, key=lambda flow: (flow.source, flow.target)))


def _stops(
    labels: tuple[str, ...],
    counted: _Counted,
    laid: tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]],
) -> tuple[Stop, ...]:
    keys, gaps, ends = laid
    sources = keys // max(1, len(labels))
    edge_ends = np.concatenate([[0], ends])
    cuts = edge_ends[np.searchsorted(sources, np.arange(len(labels) + 1))]
    figures = _figures(gaps, cuts[:-1], cuts[1:])
    stops = [
        Stop(
            label=labels[i],
            count=int(counted.stops[0, i]),
            cases=int(counted.stops[1, i]),
            rework=int(counted.stops[2, i]),
            starts=int(counted.stops[3, i]),
            ends=int(counted.stops[4, i]),
            stay=_gaps(figures[i]) if cuts[i + 1] > cuts[i] else None,
        )
        for i in np.flatnonzero(counted.stops[0]).tolist()
    ]
    return tuple(sorted(stops, key=lambda stop: stop.label))


def _figures(
    gaps: NDArray[np.int64], begins: NDArray[np.int64], ends: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Sum, median and ninth decile of each range, in seconds."""
    figures = np.zeros((len(begins), 3))
    sizes = np.concatenate([[0], np.cumsum(ends - begins)])
    each(lambda low, high: _quantiles(gaps, begins, ends, (low, high), figures), parts_of(sizes))
    return figures


def _gaps(figures: NDArray[np.float64]) -> Gaps:
    return Gaps(sum_s=float(figures[0]), median_s=float(figures[1]), p90_s=float(figures[2]))


@njit(nogil=True, cache=True, inline="always")
def label_at(run, i):  # type: ignore[no-untyped-def]
    row = run.order[i] if len(run.order) else i
    if len(run.keep) and not run.keep[row]:
        return row, -1
    return row, run.codes[row]


@njit(nogil=True, cache=True)
def _pairs(run, low, high, labels, pairs):  # type: ignore[no-untyped-def]
    for case in range(low, high):
        before = -1
        for i in range(run.starts[case], run.starts[case + 1]):
            row, code = label_at(run, i)
            if code < 0:
                continue
            if before >= 0:
                pairs[row] = np.int64(before) * labels + code
            before = code


@njit(nogil=True, cache=True)
def _edges(run, low, high, ids, sizes):  # type: ignore[no-untyped-def]
    labels, size = sizes
    edges = np.zeros((2, size), np.int64)
    stops = np.zeros((5, labels), np.int64)
    edge_seen = np.full(size, -1, np.int64)
    seen = np.full(labels, -1, np.int64)
    again = np.full(labels, -1, np.int64)
    cases = 0
    for case in range(low, high):
        before = -1
        for i in range(run.starts[case], run.starts[case + 1]):
            row, code = label_at(run, i)
            if code < 0:
                continue
            stops[0, code] += 1
            if seen[code] != case:
                seen[code] = case
                stops[1, code] += 1
            elif again[code] != case:
                again[code] = case
                stops[2, code] += 1
            if before < 0:
                stops[3, code] += 1
            else:
                edge = ids[row] if len(ids) else before * labels + code
                edges[0, edge] += 1
                if edge_seen[edge] != case:
                    edge_seen[edge] = case
                    edges[1, edge] += 1
            before = code
        if before >= 0:
            stops[4, before] += 1
            cases += 1
    return edges, stops, cases


@njit(nogil=True, cache=True)
def _scatter(run, part, ids, places, gaps):  # type: ignore[no-untyped-def]
    labels, at = places
    for case in range(part[0], part[1]):
        before, since = -1, 0
        for i in range(run.starts[case], run.starts[case + 1]):
            row, code = label_at(run, i)
            if code < 0:
                continue
            if before >= 0:
                edge = ids[row] if len(ids) else before * labels + code
                gaps[at[edge]] = run.ts[row] - since
                at[edge] += 1
            before, since = code, run.ts[row]


@njit(nogil=True, cache=True)
def _quantiles(gaps, begins, ends, part, figures):  # type: ignore[no-untyped-def]
    for i in range(part[0], part[1]):
        values = gaps[begins[i] : ends[i]]
        if len(values) == 0:
            continue
        total = 0.0
        for value in values:
            total += value
        figures[i, 0] = total / 1e6
        figures[i, 1] = _quantile(values, 0, 5) / 1e6
        # What is above the median stays above it: the ninth decile needs no second whole pass.
        figures[i, 2] = _quantile(values, (5 * (len(values) - 1)) // 10, 9) / 1e6


@njit(nogil=True, cache=True)
def _quantile(values, low, tenths):  # type: ignore[no-untyped-def]
    place = tenths * (len(values) - 1)
    rank, rest = place // 10, place % 10
    _select(values, low, rank)
    at = values[rank]
    if rest == 0:
        return float(at)
    following = values[rank + 1]
    for value in values[rank + 1 :]:
        following = min(following, value)
    return (float(at) * (10 - rest) + float(following) * rest) / 10.0


@njit(nogil=True, cache=True)
def _select(values, low, rank):  # type: ignore[no-untyped-def]
    """Puts the value of this rank at its place: smaller before, larger after (quickselect)."""
    high = len(values) - 1
    while low < high:
        middle = (low + high) // 2
        a, b, c = values[low], values[middle], values[high]
        pivot = max(min(a, b), min(max(a, b), c))
        i, j = low, high
        while i <= j:
            while values[i] < pivot:
                i += 1
            while values[j] > pivot:
                j -= 1
            if i <= j:
                values[i], values[j] = values[j], values[i]
                i += 1
                j -= 1
        if rank <= j:
            high = j
        elif rank >= i:
            low = i
        else:
            return
