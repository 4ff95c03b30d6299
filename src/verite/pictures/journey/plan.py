"""What the journey picture shows: stages, stops and flows, from a lived map on a designed one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from verite.sentences.catalogue import phrase
from verite.sentences.names import touchpoint_name
from verite.sentences.typography import known
from verite.words.estimate import Estimate, Status
from verite.words.journey import JourneyPicture, Node

STOPS_AT_MOST: Final = 48
HIDDEN_UNDER: Final = 5
_MARKED: Final = 4  # how many stops bear ▼, and how many ▲


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """A touchpoint of the picture. `volume` counts cases; few are masked, none is said."""

    key: str
    name: str
    stage: int
    volume: int
    wait_s: float | None = None
    lost: float | None = None  # share that stops here, in [0, 1]
    feeling: Estimate | None = None
    sign: int = 0  # −1 clearly bad, +1 clearly good, 0 neither

    @property
    def masked(self) -> bool:
        """Whether so few pass here that their number would point at them."""
        return 0 < self.volume < HIDDEN_UNDER


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """A stage of the picture and how it feels."""

    key: str
    name: str
    people: int | None
    feeling: Estimate | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """From one stop straight to another, by how many cases."""

    source: int
    target: int
    volume: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Everything the three drawings of a journey need."""

    heads: tuple[Head, ...]
    stops: tuple[Stop, ...]
    flows: tuple[Flow, ...]
    noun: str  # what is counted: customer, case, session
    left_out: int  # orphan touchpoints too rare to be drawn


def plan(picture: JourneyPicture, lang: str) -> Plan:
    """The stops of every stage in designed order, then what was lived outside the design."""
    stops = _designed(picture, lang)
    orphans = _orphans(picture, STOPS_AT_MOST - len(stops))
    lived = {node.touchpoint for node in picture.lived.nodes}
    left_out = len(lived - {stop.key for stop in stops}) - len(orphans)
    every = _signed((*stops, *orphans))
    noun = {"person": "customer", "case_id": "case"}.get(picture.lived.case, "session")
    return Plan(
        heads=_heads(picture, lang, outside=bool(orphans)),
        stops=every,
        flows=_flows(picture, every),
        noun=noun,
        left_out=left_out,
    )


def known_value(estimate: Estimate | None) -> float | None:
    """The value of an estimate that may be shown."""
    if estimate is None or estimate.status is not Status.OK:
        return None
    return estimate.value


def _designed(picture: JourneyPicture, lang: str) -> tuple[Stop, ...]:
    nodes = {node.touchpoint: node for node in picture.lived.nodes}
    order = {stage.key: index for index, stage in enumerate(picture.design.stages)}
    drawn = [found for found in picture.design.touchpoints if found.stage in order]
    return tuple(
        _stop(found.key, touchpoint_name(found.key, found.names, lang), order[found.stage],
              nodes.get(found.key))
        for found in sorted(drawn, key=lambda found: order[found.stage])
    )  # fmt: skip


def _orphans(picture: JourneyPicture, at_most: int) -> tuple[Stop, ...]:
    designed = {found.key for found in picture.design.touchpoints}
    stages = len(picture.design.stages)
    outside = [node for node in picture.lived.nodes if node.touchpoint not in designed]
    outside.sort(key=lambda node: (-node.cases, node.touchpoint))
    return tuple(
        _stop(node.touchpoint, touchpoint_name(node.touchpoint), stages, node)
        for node in outside[: max(at_most, 0)]
    )


def _stop(key: str, name: str, stage: int, node: Node | None) -> Stop:
    if node is None:
        return Stop(key=key, name=name, stage=stage, volume=0)
    lost = known_value(node.drop_off)
    return Stop(
        key=key,
        name=name,
        stage=stage,
        volume=node.cases,
        wait_s=node.median_wait_s or None,
        lost=None if lost is None else lost / 100,
        feeling=node.feeling,
    )


def _signed(stops: tuple[Stop, ...]) -> tuple[Stop, ...]:
    """Mark the few stops whose feeling is clearly below or above zero, interval included."""
    signs: dict[str, int] = {}
    for sign in (-1, 1):
        ranked = sorted(stops, key=lambda stop: -_strength(stop.feeling, sign))
        clear = [stop.key for stop in ranked[:_MARKED] if _strength(stop.feeling, sign) > 0]
        signs |= dict.fromkeys(clear, sign)
    return tuple(replace(stop, sign=signs.get(stop.key, 0)) for stop in stops)


def _strength(feeling: Estimate | None, sign: int) -> float:
    """How far from zero the nearer bound of a feeling stands, on that side."""
    if feeling is None or known_value(feeling) is None or feeling.low is None:
        return 0.0
    edge = feeling.low if sign > 0 else feeling.high
    return max(sign * (edge or 0.0), 0.0)


def _heads(picture: JourneyPicture, lang: str, *, outside: bool) -> tuple[Head, ...]:
    felt = {found.stage: found for found in picture.feelings}
    heads = [
        Head(
            key=stage.key,
            name=dict(stage.names).get(known(lang)) or touchpoint_name(stage.key, stage.names),
            people=felt[stage.key].people if stage.key in felt else None,
            feeling=felt[stage.key].feeling if stage.key in felt else None,
        )
        for stage in picture.design.stages
    ]
    if outside:
        name = phrase("journey.outside", lang)
        heads.append(Head(key="", name=name, people=None, feeling=None))
    return tuple(heads)


def _flows(picture: JourneyPicture, stops: tuple[Stop, ...]) -> tuple[Flow, ...]:
    index = {stop.key: i for i, stop in enumerate(stops)}
    flows = [
        Flow(source=index[edge.source], target=index[edge.target], volume=edge.cases)
        for edge in picture.lived.edges
        if edge.source in index and edge.target in index and edge.source != edge.target
    ]
    shown = [flow for flow in flows if flow.volume >= HIDDEN_UNDER]
    return tuple(sorted(shown, key=lambda flow: (-flow.volume, flow.source, flow.target)))
