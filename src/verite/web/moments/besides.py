"""Beside the moments: segments, departures followed in time, what could not be examined."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from verite.sentences.catalogue import phrase
from verite.sentences.names import value_name
from verite.sentences.numbers import number, share
from verite.sentences.typography import THIN
from verite.web.language import language
from verite.web.moments.signs import Range, told_range
from verite.web.moments.wanted import Wanted
from verite.web.touchpoints.naming import Names
from verite.web.wording import say
from verite.words.moments import Hazards, LeftOut, Moments, SegmentEffect

_REASONS: Final = frozenset({"few", "constant", "collinear", "own_score", "not_applicable", "many"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What a moment does more, or less, in one segment."""

    name: str
    url: str
    segment: str
    difference: Range
    n: str
    verdict: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """By how much the chance to leave is multiplied after a touchpoint."""

    name: str
    url: str
    met: Range
    per_point: Range
    n: str


def told_difference(one: SegmentEffect, wanted: Wanted, names: Names) -> Difference:
    """One touchpoint in one segment."""
    lang = language()
    key = "apart" if one.told_apart else "alike"
    dimension, value = one.segment.dimension, one.segment.value
    return Difference(
        name=names.name(one.touchpoint),
        url=wanted.url(one.touchpoint),
        segment=value_name(dimension, value, lang),
        difference=told_range(one.difference, signed=True),
        n=number(one.n, lang),
        verdict=say(f"moments.segment_{key}"),
    )


def told_segments(moments: Moments) -> str:
    """How many differences between segments were tried; empty without any."""
    tested = moments.study.tested
    if not tested.segments:
        return ""
    return say(
        "moments.segments_tested",
        count=tested.segments,
        found=tested.segments_found,
        level=share(tested.level, language()),
    )


def told_hazards(hazards: Hazards | None, wanted: Wanted, names: Names) -> tuple[Chance, ...]:
    """The departures that follow each touchpoint."""
    return tuple(
        Chance(
            name=names.name(one.touchpoint),
            url=wanted.url(one.touchpoint),
            met=told_range(one.met, 2),
            per_point=told_range(one.per_point, 2),
            n=number(one.n, language()),
        )
        for one in (hazards.rows if hazards else ())
    )


def told_followed(hazards: Hazards | None) -> str:
    """Who was followed, how many left, and from when on an experience counts."""
    if hazards is None:
        return ""
    lang = language()
    return say(
        "moments.followed",
        people=number(hazards.people, lang),
        events=number(hazards.events, lang),
        days=str(hazards.lag_days),
    )


def told_left_out(one: LeftOut, names: Names) -> tuple[str, str, str]:
    """Name, why, and on how many answers."""
    reason, _, other = one.reason.partition(":")
    why = say("moments.left_other")
    if reason in _REASONS:
        why = say(f"moments.left_{reason}", other=names.name(other) if other else "")
    return names.name(one.touchpoint), why, _count(one.n)


def _count(n: int) -> str:
    """`n = 28`; a hidden number, kept as 0, is told as hidden."""
    return f"n{THIN}={THIN}{number(n, language())}" if n else phrase("withheld.hidden", language())
