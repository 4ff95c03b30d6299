"""The signs of a moment: its shape, the rung of its proof, where it stands, its numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from verite.sentences.numbers import span
from verite.sentences.ranges import range_bounds, range_value
from verite.sentences.telling import listed
from verite.web.language import language
from verite.web.wording import say
from verite.words.estimate import Unit
from verite.words.moments import Lack, Moment, Ranged, Rung

UNSURE = "unsure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """A number and its interval, printed."""

    value: str
    bounds: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """The ladder badge: bars filled up to the rung, and the words."""

    bars: tuple[tuple[int, int, bool], ...]  # left, top, filled
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Where a moment stands: `confirmed`, `refused`, `proposed` or `lacking`, and why."""

    key: str
    tag: str
    told: str


NOTHING: Final = Range(value="", bounds="")


def told_range(found: Ranged | None, digits: int | None = None, *, signed: bool = False) -> Range:
    """A number and its interval as the page prints them; nothing where too few lived it."""
    if found is None:
        return NOTHING
    lang = language()
    return Range(
        value=range_value(found, lang, digits, signed=signed),
        bounds=range_bounds(found, lang, digits),
    )


def told_proof(rung: Rung) -> Proof:
    """The badge of a rung."""
    bars = tuple((6 * step, 9 - 3 * step, step < rung.number) for step in range(4))
    return Proof(bars=bars, told=say(f"moments.rung_{rung.value}"))


def shape_of(row: Moment) -> str:
    """Which shape a moment bears: its kind, or that chance explains it."""
    return row.kind.value if row.matters else UNSURE


def shape_name(row: Moment) -> str:
    """The kind of a moment in words."""
    return say(f"moments.kind_{shape_of(row)}")


def state_of(row: Moment) -> State:
    """What people decided, else what the figures and the words propose, else what is lacking."""
    lacks = tuple(lack for lack in row.lacks if lack is not Lack.REFUSED)
    if row.decision is not None:
        key = "confirmed" if row.decision.declared else "refused"
        told = say(f"moments.state_{key}_told", by=row.decision.by)
        if key == "confirmed" and lacks:
            told = say("moments.state_confirmed_lacking", lacks=told_lacks(lacks))
        return State(key=key, tag=say(f"moments.state_{key}"), told=told)
    if not lacks:
        return State(
            key="proposed",
            tag=say("moments.state_proposed"),
            told=say("moments.state_proposed_told"),
        )
    told = say("moments.state_lacking_told", lacks=told_lacks(lacks))
    return State(key="lacking", tag=say("moments.state_lacking"), told=told)


def told_lacks(lacks: tuple[Lack, ...]) -> str:
    """What is lacking, as a list."""
    return listed([say(f"moments.lack_{lack.value}") for lack in lacks], language())


def unit_of_points(unit: Unit, points: float) -> str:
    """The unit that follows a number of points, in its number: `1,8 pt`, `2 pts`."""
    key = "moments.unit_share" if unit is Unit.PERCENT else "moments.unit_points"
    return say(key, count=int(abs(points)))


def percent(found: Ranged) -> Ranged:
    """A share as a percentage.

    >>> percent(Ranged(value=0.08, low=0.05, high=0.11)).value
    8.0
    """
    return Ranged(value=100 * found.value, low=100 * found.low, high=100 * found.high)


def ranks_told(row: Moment) -> str:
    """The ranks that the interval allows, when there are several: `[2 ; 3]`."""
    if row.rank_low == row.rank_high:
        return ""
    return span(row.rank_low, row.rank_high, language())
