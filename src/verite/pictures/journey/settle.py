"""Where every stop stands: its label, its bar, and the room for those who stop there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from verite.pictures.journey.columns import Columns
from verite.pictures.journey.plan import Flow, Plan, Stop
from verite.pictures.wrap import Room, wrap
from verite.sentences.catalogue import phrase
from verite.sentences.numbers import duration, number

LINE: Final = 14.5
BAR: Final = 6.0  # width of a bar
MARK: Final = 14.0  # what a mark takes before a name
_GAP: Final = 16.0
_TAIL: Final = 20.0
_BARS: Final = 210.0  # what the bars of the fullest column take together
_LARGEST: Final = 96.0
_ROUNDS: Final = 24
_Span: TypeAlias = tuple[float, float]  # from where to where, down the sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A stop on the sheet: label above, bar under it, tail at its foot."""

    x: float
    top: float
    name: tuple[str, ...]
    facts: tuple[str, ...]
    bar: float  # height of the bar
    tail: bool

    @property
    def bar_top(self) -> float:
        """Where the bar starts, under the label."""
        return self.top + LINE * (len(self.name) + len(self.facts)) + 4

    @property
    def foot(self) -> float:
        """Where the bar ends."""
        return self.bar_top + self.bar

    @property
    def room(self) -> float:
        """The height the stop needs before the next one."""
        return self.foot - self.top + (_TAIL if self.tail else 0) + _GAP


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """The area of the columns: where it starts, the width of a column, what labels may take."""

    top: float
    left: float
    pitch: float
    label: float


def scale(plan: Plan, columns: Columns) -> float:
    """Pixels of bar per case, so that the fullest column and the largest stop keep in measure."""
    fullest = max(
        (sum(plan.stops[i].volume for i in column) for column in columns.stops), default=0
    )
    largest = max((stop.volume for stop in plan.stops), default=0)
    return min(_BARS / max(fullest, 1), _LARGEST / max(largest, 1))


def settle(
    plan: Plan, columns: Columns, flows: Sequence[Flow], ground: Ground, lang: str
) -> tuple[Spot, ...]:
    """A spot for every stop: columns are packed, then each stop drifts along the flows drawn."""
    per_case = scale(plan, columns)
    tails = tailed(plan)
    spots = {}
    for index, column in enumerate(columns.stops):
        for stop in column:
            spot = _spot(plan.stops[stop], ground, ground.left + index * ground.pitch, lang)
            bar = max(plan.stops[stop].volume * per_case, 3.0)
            spots[stop] = replace(spot, bar=bar, tail=stop in tails)
    floor = ground.top + max(
        (sum(spots[stop].room for stop in column) for column in columns.stops), default=0
    )
    tops = dict.fromkeys(spots, ground.top)
    for column in columns.stops:
        _spread(column, spots, tops, (ground.top, floor))
    pulls = _neighbours(flows, spots)
    for _ in range(_ROUNDS):
        for column in columns.stops:
            for stop in column:
                tops[stop] += _pull(stop, pulls[stop], spots, tops)
            _keep_apart(column, spots, tops, (ground.top, floor))
    return tuple(replace(spots[stop], top=tops[stop]) for stop in range(len(plan.stops)))


def tailed(plan: Plan) -> frozenset[int]:
    """The eight stops at most whose drop-off is drawn: a tenth or more, before the last stage."""
    last = max((i for i, head in enumerate(plan.heads) if head.key), default=0)
    losing = [
        index
        for index, stop in enumerate(plan.stops)
        if (stop.lost or 0) >= 0.1 and stop.stage < last and not stop.masked and stop.volume
    ]
    losing.sort(key=lambda index: -(plan.stops[index].lost or 0) * plan.stops[index].volume)
    return frozenset(losing[:8])


def _spot(stop: Stop, ground: Ground, x: float, lang: str) -> Spot:
    room = Room(width=ground.label - (MARK if stop.sign else 0), lines=3)
    facts = [volume_text(stop, lang)]
    if stop.wait_s and not stop.masked:
        facts.append(phrase("journey.wait", lang, {"time": duration(stop.wait_s, lang)}))
    name = wrap(stop.name, room)
    return Spot(x=x, top=0.0, name=name, facts=tuple(facts), bar=0.0, tail=False)


def volume_text(stop: Stop, lang: str) -> str:
    """How many pass: the number, `moins de 5`, or `aucun passage`."""
    if stop.masked:
        return phrase("journey.masked", lang)
    return number(stop.volume, lang) if stop.volume else phrase("journey.nobody", lang)


def _spread(
    column: Sequence[int],
    spots: Mapping[int, Spot],
    tops: dict[int, float],
    span: tuple[float, float],
) -> None:
    """Start evenly between the top and the floor."""
    free = span[1] - span[0] - sum(spots[stop].room for stop in column)
    y = span[0] + free / 2
    for stop in column:
        tops[stop] = y
        y += spots[stop].room


def _neighbours(
    flows: Sequence[Flow], spots: Mapping[int, Spot]
) -> dict[int, list[tuple[int, int]]]:
    """For every stop, the stops of other columns it has flows with, and how strong they are."""
    found: dict[int, list[tuple[int, int]]] = {stop: [] for stop in spots}
    for flow in flows:
        if spots[flow.source].x != spots[flow.target].x:
            found[flow.source].append((flow.target, flow.volume))
            found[flow.target].append((flow.source, flow.volume))
    return found


def _pull(
    stop: int,
    neighbours: Sequence[tuple[int, int]],
    spots: Mapping[int, Spot],
    tops: Mapping[int, float],
) -> float:
    """How far the bar of a stop is from the weighted middle of its neighbours' bars, by half."""
    weight = sum(volume for _, volume in neighbours)
    if not weight:
        return 0.0
    weighed = sum(volume * _middle(other, spots, tops) for other, volume in neighbours)
    return (weighed / weight - _middle(stop, spots, tops)) / 2


def _middle(stop: int, spots: Mapping[int, Spot], tops: Mapping[int, float]) -> float:
    spot = spots[stop]
    return tops[stop] + spot.bar_top - spot.top + spot.bar / 2


def _keep_apart(
    column: Sequence[int],
    spots: Mapping[int, Spot],
    tops: dict[int, float],
    span: tuple[float, float],
) -> None:
    """Push down what overlaps, then push back up what went under the floor."""
    least = span[0]
    for stop in column:
        tops[stop] = max(tops[stop], least)
        least = tops[stop] + spots[stop].room
    most = span[1]
    for stop in reversed(column):
        tops[stop] = min(tops[stop], most - spots[stop].room)
        most = tops[stop]
