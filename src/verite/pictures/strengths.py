"""The figures of a question of experience, each with its interval, around nothing or a scale."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from verite.pictures.axes import Axis, ticks
from verite.pictures.caption import Caption
from verite.pictures.forest import Forest, Group, Row, axis_of
from verite.pictures.sheet import Mark
from verite.sentences.numbers import gap, number
from verite.sentences.of_experience import (
    experience_words,
    figure_name,
    figure_told,
    is_gap,
    verdict_told,
)
from verite.words.estimate import Estimate, Status, Unit
from verite.words.experience import Reply, ServiceApart, Strengths, Told, Verdict

_WHOLE: Final = {Unit.PERCENT: (0.0, 100.0), Unit.NPS: (-100.0, 100.0), Unit.FEELING: (-1.0, 1.0)}
_FREE: Final = (-1e12, 1e12)
_MARKS: Final = {
    Verdict.STRENGTH: Mark.DELIGHT, Verdict.WEAKNESS: Mark.FRICTION,
}  # fmt: skip
ROWS_AT_MOST: Final = 24
WIDE: Final = 560.0  # two side by side


def forest_of_reply(
    reply: Reply, caption: Caption, lang: str, touchpoint: Callable[[str], str] | None = None
) -> Forest:
    """Rows that share a unit share a scale; differences show where nothing is."""
    figures = [one for one in reply.figures if one.estimate.low is not None][:ROWS_AT_MOST]
    groups: list[Group] = []
    section = ""
    for key in dict.fromkeys(_scale(reply, one) for one in figures):
        here = [one for one in figures if _scale(reply, one) == key]
        is_first = isinstance(reply, ServiceApart | Strengths) and here[0].key != section
        section = here[0].key
        title = experience_words(f"section.{section}", lang) if is_first else ""
        groups.append(replace(_group(reply, here, lang, touchpoint), title=title))
    return Forest(groups=tuple(groups), caption=caption, wide=WIDE)


def _scale(reply: Reply, one: Told) -> str:
    """What tells apart the scales: the unit; service, the whole and amounts have their own."""
    alone = isinstance(reply, ServiceApart | Strengths) or one.estimate.unit is Unit.COUNT
    return f"{one.key if alone else ''} {one.estimate.unit} {is_gap(reply, one)}"


def _group(
    reply: Reply, here: list[Told], lang: str, touchpoint: Callable[[str], str] | None
) -> Group:
    is_difference = is_gap(reply, here[0])
    unit = here[0].estimate.unit
    axis = _axis(reply, here, is_difference)
    rows = tuple(_row(reply, one, (axis, lang), touchpoint) for one in here)
    return Group(title="", ticks=_ticks(axis, unit, lang, is_difference), rows=rows)


def _axis(reply: Reply, here: list[Told], is_difference: bool) -> Axis:
    """Around nothing for differences; else the whole scale where it has two ends, or from 0."""
    unit = here[0].estimate.unit
    if not is_difference and unit in _WHOLE:
        return Axis(low=_WHOLE[unit][0], high=_WHOLE[unit][1])
    ends = [(one.estimate.low, one.estimate.value, one.estimate.high, 0.0) for one in here]
    if isinstance(reply, ServiceApart):
        return Axis(low=0.0, high=100.0)  # the running feeling
    return axis_of(ends, _FREE)


def _row(
    reply: Reply, one: Told, on: tuple[Axis, str], touchpoint: Callable[[str], str] | None
) -> Row:
    axis, lang = on
    name = figure_name(reply, one, lang, touchpoint)
    shown, bounds = figure_told(reply, one, lang)
    verdict = verdict_told(reply, one, lang)
    n = one.estimate.n or 0
    return Row(
        name=name, note=verdict, value=one.estimate.value, low=one.estimate.low,
        high=one.estimate.high, axis=axis, mark=_mark(one.verdict, one.estimate),
        target=0.0 if is_gap(reply, one) else None, shown=shown, quiet=bounds,
        second=f"n = {number(n, lang)}", title=f"{name} {shown} {bounds}",
        address=None,
    )  # fmt: skip


def _mark(verdict: Verdict | None, estimate: Estimate) -> Mark:
    if estimate.status is Status.FEW:
        return Mark.FEW
    return _MARKS.get(verdict, Mark.NEUTRAL) if verdict else Mark.NEUTRAL


def _ticks(axis: Axis, unit: Unit, lang: str, signed: bool) -> tuple[tuple[float, str], ...]:
    marks = [mark for mark in ticks(axis.low, axis.high) if axis.low <= mark <= axis.high]
    if signed:
        return tuple((mark, gap(mark, unit, lang) if mark else "0") for mark in marks)
    step = marks[1] - marks[0] if len(marks) > 1 else 1.0
    digits = 0 if step >= 1 else 1 if step >= 0.1 else 2
    return tuple((mark, number(mark, lang, digits)) for mark in marks)
