"""Columns: how many each stage gets, and which stop stands in which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Final

from verite.pictures.journey.plan import Flow, Plan

COLUMNS_AT_MOST: Final = 11
_LONG_NAMES: Final = 16  # letters on average, from where a column less is better
_TALL: Final = 500.0  # a column taller than this is worth splitting
_LABEL: Final = 84.0  # what a stop takes on average, without its bar


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Stops by column, and the first column of every stage (and one past the last)."""

    stops: tuple[tuple[int, ...], ...]
    starts: tuple[int, ...]


def share_out(plan: Plan) -> Columns:
    """One column per stage, then more for crowded stages and for flows inside a stage."""
    stages = [_in_stage(plan, stage) for stage in range(len(plan.heads))]
    inner = [_inner(plan, stops) for stops in stages]
    given = [1] * len(stages)
    letters = sum(len(stop.name) for stop in plan.stops) / max(len(plan.stops), 1)
    while sum(given) < COLUMNS_AT_MOST - (letters > _LONG_NAMES):
        wish = [
            _wish(plan, stops, inner[stage], given[stage]) for stage, stops in enumerate(stages)
        ]
        neediest = max(range(len(stages)), key=lambda stage: wish[stage], default=None)
        if neediest is None or wish[neediest] <= 0:
            break
        given[neediest] += 1
    columns: list[tuple[int, ...]] = []
    starts: list[int] = []
    for stage, stops in enumerate(stages):
        starts.append(len(columns))
        columns += _split(stops, inner[stage], given[stage])
    return Columns(stops=tuple(columns), starts=(*starts, len(columns)))


def _in_stage(plan: Plan, stage: int) -> tuple[int, ...]:
    return tuple(i for i, stop in enumerate(plan.stops) if stop.stage == stage)


def _inner(plan: Plan, stops: Sequence[int]) -> tuple[Flow, ...]:
    here = set(stops)
    return tuple(flow for flow in plan.flows if flow.source in here and flow.target in here)


def _wish(plan: Plan, stops: Sequence[int], inner: Sequence[Flow], given: int) -> float:
    """How much a stage would gain by one more column: crowds first, then flows kept inside."""
    if len(stops) <= given or given >= 3:
        return 0.0
    crowd = len(stops) * _LABEL / given / _TALL
    if crowd > 1:
        return crowd
    through = max(plan.stops[stop].volume for stop in stops) or 1
    kept = sum(flow.volume for flow in inner) / through
    return kept / 2 if given == 1 and kept > 0.15 else 0.0


def _split(stops: Sequence[int], inner: Sequence[Flow], count: int) -> list[tuple[int, ...]]:
    """Cut the stops, sources first, where fewest flows stay in a column or go back."""
    if count == 1:
        return [tuple(stops)]
    ordered = sorted(stops, key=lambda stop: (_lateness(stop, inner), stops.index(stop)))
    cuts = combinations(range(1, len(ordered)), count - 1)
    best = min(cuts, key=lambda cut: _cost(_chunks(ordered, cut), inner))
    return _chunks(ordered, best)


def _chunks(ordered: Sequence[int], cut: Sequence[int]) -> list[tuple[int, ...]]:
    edges = (0, *cut, len(ordered))
    return [tuple(ordered[a:b]) for a, b in pairwise(edges)]


def _lateness(stop: int, inner: Sequence[Flow]) -> float:
    """−1 for a stop the others of its stage come from, 1 for one they lead to."""
    arriving = sum(flow.volume for flow in inner if flow.target == stop)
    leaving = sum(flow.volume for flow in inner if flow.source == stop)
    return (arriving - leaving) / (arriving + leaving) if arriving + leaving else 0.0


def _cost(chunks: Sequence[Sequence[int]], inner: Sequence[Flow]) -> float:
    column = {stop: index for index, chunk in enumerate(chunks) for stop in chunk}
    total = sum(flow.volume for flow in inner) or 1
    wrong = sum(flow.volume for flow in inner if column[flow.source] >= column[flow.target])
    return max(len(chunk) for chunk in chunks) * _LABEL / _TALL + wrong / total


def positions(columns: Columns) -> dict[int, int]:
    """The column of every stop."""
    return {stop: index for index, column in enumerate(columns.stops) for stop in column}
