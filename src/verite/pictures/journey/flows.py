"""Which flows are drawn, and where each leaves and reaches its bars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from verite.pictures.journey.plan import HIDDEN_UNDER, Flow
from verite.pictures.journey.settle import Spot

RIBBONS_AT_MOST: Final = 44
RETURNS_AT_MOST: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """The flows of the picture, the threshold they pass, and how many are left to the table."""

    forward: tuple[Flow, ...]
    within: tuple[Flow, ...]  # between two stops of one column
    back: tuple[Flow, ...]
    threshold: int
    left: int


def choose(flows: Sequence[Flow], column: Mapping[int, int]) -> Drawn:
    """The strongest flows, down to a round threshold, and the strongest three returns."""
    onward = [flow for flow in flows if column[flow.source] <= column[flow.target]]
    back = [flow for flow in flows if column[flow.source] > column[flow.target]]
    threshold = _round_threshold([flow.volume for flow in onward])
    kept = [flow for flow in onward if flow.volume >= threshold]
    returns = back[:RETURNS_AT_MOST]
    return Drawn(
        forward=tuple(flow for flow in kept if column[flow.source] < column[flow.target]),
        within=tuple(flow for flow in kept if column[flow.source] == column[flow.target]),
        back=tuple(returns),
        threshold=threshold,
        left=len(flows) - len(kept) - len(returns),
    )


def _round_threshold(volumes: Sequence[int]) -> int:
    """The smallest of 5, 10, 20, 50… that keeps no more ribbons than the picture bears."""
    step = 1
    while True:
        for leading in (1, 2, 5):
            threshold = max(leading * step, HIDDEN_UNDER)
            if sum(volume >= threshold for volume in volumes) <= RIBBONS_AT_MOST:
                return threshold
        step *= 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """The middle of a ribbon where it leaves its source and where it reaches its target."""

    leaves: float
    reaches: float


def ports(flows: Sequence[Flow], spots: Sequence[Spot], per_case: float) -> dict[Flow, Ports]:
    """Ribbons stacked down the bars in the order of the other end, so that few cross."""
    leaves: dict[Flow, float] = {}
    reaches: dict[Flow, float] = {}
    for stop in range(len(spots)):
        going = [flow for flow in flows if flow.source == stop]
        coming = [flow for flow in flows if flow.target == stop]
        going.sort(key=lambda flow: spots[flow.target].bar_top)
        coming.sort(key=lambda flow: spots[flow.source].bar_top)
        leaves |= _stack(going, spots[stop], per_case)
        reaches |= _stack(coming, spots[stop], per_case)
    return {flow: Ports(leaves=leaves[flow], reaches=reaches[flow]) for flow in flows}


def _stack(flows: Sequence[Flow], spot: Spot, per_case: float) -> dict[Flow, float]:
    """Cases may leave one stop twice: ribbons wider than their bar together are squeezed."""
    total = sum(flow.volume for flow in flows) * per_case
    squeeze = min(1.0, spot.bar / total) if total else 1.0
    y, stacked = spot.bar_top, {}
    for flow in flows:
        thick = flow.volume * per_case * squeeze
        stacked[flow] = y + thick / 2
        y += thick
    return stacked
