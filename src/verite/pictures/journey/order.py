"""The order of stops inside columns: barycentre sweeps until fewest flows cross."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Final

from verite.pictures.journey.columns import Columns, positions
from verite.pictures.journey.plan import Flow

_SWEEPS: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A flow between two columns: where it starts and ends, in [0, 1] down the column."""

    start: int
    end: int
    volume: int
    source: int
    target: int


def untangle(columns: Columns, flows: Sequence[Flow]) -> Columns:
    """The same columns with their stops reordered so that fewer flows cross.

    Sugiyama's barycentre heuristic (1981): each stop moves to the mean place of its neighbours.
    """
    column = positions(columns)
    lines = [_line(flow, column) for flow in flows if column[flow.source] != column[flow.target]]
    best = current = [list(stops) for stops in columns.stops]
    fewest = crossings(best, lines)
    for sweep in range(_SWEEPS):
        current = _swept(current, lines, forward=sweep % 2 == 0)
        count = crossings(current, lines)
        if count < fewest:
            best, fewest = current, count
    return replace(columns, stops=tuple(tuple(stops) for stops in best))


def crossings(columns: Sequence[Sequence[int]], lines: Sequence[_Line]) -> float:
    """How much the flows cross, each crossing weighed by the smaller of the two."""
    places = _places(columns)
    total = 0.0
    for one, other in combinations(lines, 2):
        left, right = max(one.start, other.start), min(one.end, other.end)
        if left >= right:
            continue
        before = _height(one, left, places) - _height(other, left, places)
        after = _height(one, right, places) - _height(other, right, places)
        if before * after < 0:
            total += min(one.volume, other.volume)
    return total


def _line(flow: Flow, column: Mapping[int, int]) -> _Line:
    ends = sorted(((column[flow.source], flow.source), (column[flow.target], flow.target)))
    (start, source), (end, target) = ends
    return _Line(start=start, end=end, volume=flow.volume, source=source, target=target)


def _places(columns: Sequence[Sequence[int]]) -> dict[int, float]:
    return {
        stop: (index + 0.5) / len(stops) for stops in columns for index, stop in enumerate(stops)
    }


def _height(line: _Line, column: int, places: Mapping[int, float]) -> float:
    part = (column - line.start) / (line.end - line.start)
    return places[line.source] * (1 - part) + places[line.target] * part


def _swept(
    columns: Sequence[Sequence[int]], lines: Sequence[_Line], *, forward: bool
) -> list[list[int]]:
    swept = [list(stops) for stops in columns]
    order = range(len(swept)) if forward else range(len(swept) - 1, -1, -1)
    for index in order:
        places = _places(swept)
        swept[index].sort(key=lambda stop: _barycentre(stop, lines, places))
    return swept


def _barycentre(stop: int, lines: Sequence[_Line], places: Mapping[int, float]) -> float:
    weighed = weight = 0.0
    for line in lines:
        if stop in (line.source, line.target):
            neighbour = line.target if stop == line.source else line.source
            weighed += line.volume * places[neighbour]
            weight += line.volume
    return weighed / weight if weight else places[stop]
