"""The heaviest moments for the cockpit: a few lines, and which one costs the most customers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.safestring import SafeString, mark_safe

from verite.home import Home
from verite.pictures.axes import Axis
from verite.pictures.moments_small import draw_stake, stake_axis
from verite.sentences.moments_drawn import outcome_name
from verite.web.language import language
from verite.web.moments.looking import known_study, latest_study
from verite.web.moments.signs import (
    Range,
    shape_name,
    shape_of,
    told_proof,
    told_range,
    unit_of_points,
)
from verite.web.moments.wanted import outcomes_of, path_of
from verite.web.touchpoints.naming import Names
from verite.web.wording import say
from verite.words.estimate import Unit
from verite.words.moments import CHURN, Aim, Moment, Moments, MomentsAsked, Ranged

SHOWN: Final = 5
_PER_THOUSAND: Final = 10.0  # from points of percentage


@dataclass(frozen=True, slots=True, kw_only=True)
class Heavy:
    """One moment on a line."""

    rank: str
    name: str
    url: str
    shape: str
    kind: str
    points: Range
    unit: str
    picture: SafeString


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighty:
    """The heaviest moments, or what stands in their place."""

    outcome: str
    lines: tuple[Heavy, ...]
    told: str
    costliest: str
    url: str
    losses_url: str


def told_weighty(home: Home, names: Names) -> Weighty | None:
    """The heaviest moments over everything; nothing where no outcome can be studied.

    The cockpit waits for nothing: what is not worked out yet is said to be. What costs customers
    is a long study of everybody: it is told once somebody asked for it.
    """
    outcomes = outcomes_of(home)
    if not outcomes:
        return None
    outcome = outcomes[0]
    found = latest_study(home, MomentsAsked(outcome=outcome), patience=0.0)
    lines = _lines(found.answer, names) if found.answer is not None else ()
    told = say("moments.heavy_working") if found.is_under_way else say("moments.heavy_none")
    return Weighty(
        outcome=outcome_name(found.answer.outcome if found.answer else outcome, language()),
        lines=lines,
        told="" if lines else told,
        costliest=_costliest(home, names) if CHURN in outcomes else "",
        url=f"/moments?outcome={outcome}",
        losses_url=f"/moments?outcome={CHURN}" if CHURN in outcomes else "",
    )


def _lines(moments: Moments, names: Names) -> tuple[Heavy, ...]:
    rows = [row for row in moments.rows if row.matters and row.stake][:SHOWN]
    axis = stake_axis(rows)
    return tuple(_line(row, axis, moments, names) for row in rows)


def _line(row: Moment, axis: Axis, moments: Moments, names: Names) -> Heavy:
    name, points = names.name(row.touchpoint), told_range(row.points)
    said = f"{name} {points.value} {points.bounds}"
    return Heavy(
        rank=str(row.rank),
        name=name,
        url=f"{path_of(row.touchpoint)}?outcome={moments.asked.outcome}",
        shape=shape_of(row),
        kind=shape_name(row),
        points=points,
        unit=unit_of_points(moments.study.unit, row.points.value),
        picture=mark_safe(draw_stake(row, axis, said)),  # noqa: S308 - it escapes what it is told
    )


def _costliest(home: Home, names: Names) -> str:
    """The moment that costs the most customers, if that was worked out."""
    from verite.loop.moments import read_moments_settings

    study = known_study(MomentsAsked(outcome=CHURN))
    if study is None or study.study.unit is not Unit.PERCENT:
        return ""
    costly = [row for row in study.rows if row.matters and row.stake and row.aim is Aim.GAIN]
    if not costly:
        return ""
    row = max(costly, key=lambda one: one.points.value)
    kept = told_range(_times(row.points, _PER_THOUSAND))
    return say(
        "moments.costliest",
        name=names.name(row.touchpoint),
        kept=kept.value,
        bounds=kept.bounds,
        days=str(read_moments_settings(home.settings.moments).outcome_days),
        rung=told_proof(row.solidity.rung).told,
    )


def _times(found: Ranged, by: float) -> Ranged:
    return Ranged(value=by * found.value, low=by * found.low, high=by * found.high)
