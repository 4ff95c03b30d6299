"""The figures of a question of experience, each with its interval, around nothing or a scale."""

from __future__ import annotations

from collections.abc import Callable
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
)
from verite.words.estimate import Estimate, Status, Unit
from verite.words.experience import Kept, Reply, ServiceApart, Told, Verdict

_CLIPS: Final = {Unit.PERCENT: (0.0, 100.0), Unit.NPS: (-100.0, 100.0), Unit.FEELING: (-1.0, 1.0)}
_FREE: Final = (-1e12, 1e12)
_MARKS: Final = {
    Verdict.STRENGTH: Mark.DELIGHT, Verdict.WEAKNESS: Mark.FRICTION,
}  # fmt: skip
ROWS_AT_MOST: Final = 24


def forest_of_reply(
    reply: Reply, caption: Caption, lang: str, touchpoint: Callable[[str], str] | None = None
) -> Forest:
    """Rows that share a unit share a scale; differences show where nothing is."""
    figures = [one for one in reply.figures if one.estimate.low is not None][:ROWS_AT_MOST]
    groups = []
    for key in dict.fromkeys(_scale(reply, one) for one in figures):
        here = [one for one in figures if _scale(reply, one) == key]
        groups.append(_group(reply, here, lang, touchpoint))
    return Forest(groups=tuple(groups), caption=caption)


def _scale(reply: Reply, one: Told) -> str:
    """What tells apart the scales: the section, then the unit; a bare figure has its own."""
    if isinstance(reply, ServiceApart):
        return f"{one.key} {one.name}"
    alone = one.key if one.estimate.unit is Unit.COUNT or isinstance(reply, Kept) else ""
    return f"{alone} {one.estimate.unit} {is_gap(reply, one)}"


def _group(
    reply: Reply, here: list[Told], lang: str, touchpoint: Callable[[str], str] | None
) -> Group:
    is_difference = is_gap(reply, here[0])
    unit = here[0].estimate.unit
    ends = [(one.estimate.low, one.estimate.value, one.estimate.high) for one in here]
    ends += [(0.0,)] if is_difference else []
    clip = _FREE if is_difference else _CLIPS.get(unit, (0.0, 1e12))
    axis = axis_of(ends, clip)
    rows = tuple(_row(reply, one, (axis, lang), touchpoint) for one in here)
    return Group(title=_title(reply, here[0], lang), ticks=_ticks(axis, unit, lang, is_difference),
                 rows=rows)  # fmt: skip


def _title(reply: Reply, first: Told, lang: str) -> str:
    if not isinstance(reply, Kept):
        return ""
    return experience_words(f"section.{first.key}", lang)


def _row(
    reply: Reply, one: Told, on: tuple[Axis, str], touchpoint: Callable[[str], str] | None
) -> Row:
    axis, lang = on
    name = figure_name(reply, one, lang, touchpoint)
    shown, bounds = figure_told(reply, one, lang)
    verdict = experience_words(f"verdict.{one.verdict.value}", lang) if one.verdict else ""
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
