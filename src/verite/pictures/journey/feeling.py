"""The feeling curve: one value per stage, its 95 % band, and honest gaps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from verite.pictures.journey.plan import Head, known_value
from verite.pictures.sheet import Mark, Point, Sheet, ribbon, smooth
from verite.pictures.widths import width
from verite.pictures.wrap import Room, wrap
from verite.sentences.catalogue import phrase
from verite.sentences.numbers import interval, number, value
from verite.words.estimate import Estimate, Status

_STEPS: Final = (0.1, 0.2, 0.5, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Felt:
    """A stage on the curve: `at` turns a feeling in [-1, 1] into its place."""

    head: Head
    at: Callable[[float], Point]
    room: float = 0.0  # how wide what is printed may be


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """How far the scale of feelings goes under and over zero: 0.1, 0.2, 0.5 or 1 each way."""

    low: float
    high: float

    @property
    def span(self) -> float:
        """From end to end."""
        return self.high - self.low

    def ends(self, lang: str) -> tuple[str, str]:
        """Both ends as printed."""
        low = number(self.low, lang, 0 if self.low == -1 else 1)
        return low, number(self.high, lang, 0 if self.high == 1 else 1, signed=True)


def reach(heads: Sequence[Head]) -> Scope:
    """The scale that holds every bound, zero included."""
    ends = [
        bound
        for head in heads
        if head.feeling is not None
        for bound in (head.feeling.low, head.feeling.high)
        if bound is not None
    ]
    return Scope(low=-_step(-min(ends, default=-0.5)), high=_step(max(ends, default=0.5)))


def _step(end: float) -> float:
    return next((step for step in _STEPS if end <= step), 1.0)


def extremes(heads: Sequence[Head]) -> tuple[str | None, str | None]:
    """The lowest and the highest stage, named only when their intervals stand apart."""
    known = [head for head in heads if known_value(head.feeling) is not None]
    if len(known) < 2:
        return None, None
    low = min(known, key=lambda head: known_value(head.feeling) or 0.0)
    high = max(known, key=lambda head: known_value(head.feeling) or 0.0)
    return (low.key, high.key) if _apart(low.feeling, high.feeling) else (None, None)


def draw_curve(sheet: Sheet, felt: Sequence[Felt], lang: str, *, down: bool = False) -> None:
    """The band and the curve through stages that follow one another, then every mark."""
    for run in _runs(felt):
        upper = [_place(stop, "high") for stop in run]
        lower = [_place(stop, "low") for stop in run]
        if len(run) > 1:
            sheet.path(ribbon(upper, lower, down=down), "band")
            sheet.path(smooth([_place(stop, "value") for stop in run], down=down), "ln")
        else:
            sheet.line(upper[0], lower[0], "cibar")
    for one, other in _gaps(felt):
        sheet.line(_place(one, "value"), _place(other, "value"), "dash")
    low, high = extremes([stop.head for stop in felt])
    for stop in felt:
        _mark(sheet, stop, (low, high), lang)


def across(x: float, zero: float, per_unit: float) -> Callable[[float], Point]:
    """Feelings at one place across, good ones up."""
    return lambda feeling: Point(x=x, y=zero - feeling * per_unit)


def print_feeling(sheet: Sheet, stop: Felt, ends: tuple[str | None, str | None], lang: str) -> None:
    """The value above or under its mark, clear of the band; or why there is none."""
    feeling = stop.head.feeling
    shown = known_value(feeling)
    if feeling is None or shown is None:
        _print_withheld(sheet, stop, lang)
        return
    above = shown >= 0
    edge = stop.at((feeling.high if above else feeling.low) or shown)
    colour = "f" if stop.head.key == ends[0] else "g" if stop.head.key == ends[1] else ""
    y = edge.y - 9 if above else edge.y + 18
    sheet.text(Point(x=edge.x, y=y), value(feeling, lang), f"c b halo {colour}".strip())


def _print_withheld(sheet: Sheet, stop: Felt, lang: str) -> None:
    """Why there is no value, in as many words as the width of the stage has room for."""
    feeling = stop.head.feeling
    said = phrase("journey.unfelt", lang) if feeling is None else value(feeling, lang)
    room = Room(width=stop.room - 4, lines=3, size=12, bold=False)
    words = said.split(" ")
    lines: tuple[str, ...] = ("–",)
    if all(room.holds(word) for word in words):
        lines = wrap(said, room)
    elif room.holds(words[-1]):
        lines = (words[-1],)
    top = stop.at(0 if feeling is None else feeling.high or 0)
    half = max(width(line, 12) for line in lines) / 2
    x = min(max(top.x, half), sheet.wide - half)
    for index, line in enumerate(reversed(lines)):
        sheet.text(Point(x=x, y=top.y - 9 - 14 * index), line, "c m s halo")


def feeling_title(head: Head, lang: str) -> str:
    """A stage and its feeling in words: `Recevoir : +0,31 [0,25 ; 0,37]`."""
    if head.feeling is None:
        return f"{head.name}, {phrase('journey.unfelt', lang)}"
    shown = value(head.feeling, lang)
    return f"{head.name} · {shown} {interval(head.feeling, lang)}".strip()


def _mark(sheet: Sheet, stop: Felt, ends: tuple[str | None, str | None], lang: str) -> None:
    feeling = stop.head.feeling
    if feeling is None or feeling.status in (Status.HIDDEN, Status.UNKNOWN):
        return
    title = feeling_title(stop.head, lang)
    if feeling.status is Status.FEW:
        low, high = _place(stop, "low"), _place(stop, "high")
        sheet.line(low, high, "cibar")
        middle = Point(x=(low.x + high.x) / 2, y=(low.y + high.y) / 2)
        sheet.mark(Mark.FEW, middle, 6, title)
        return
    kind = Mark.NEUTRAL
    if stop.head.key == ends[0]:
        kind = Mark.FRICTION
    elif stop.head.key == ends[1]:
        kind = Mark.DELIGHT
    sheet.mark(kind, _place(stop, "value"), 6, title)


def _place(stop: Felt, part: str) -> Point:
    feeling = stop.head.feeling
    found = None if feeling is None else {
        "value": feeling.value, "low": feeling.low, "high": feeling.high
    }[part]  # fmt: skip
    if found is None:
        found = known_value(feeling) or 0.0
    return stop.at(found)


def _runs(felt: Sequence[Felt]) -> list[list[Felt]]:
    """Stages with a value, in unbroken rows."""
    runs: list[list[Felt]] = [[]]
    for stop in felt:
        if known_value(stop.head.feeling) is None:
            runs.append([])
        else:
            runs[-1].append(stop)
    return [run for run in runs if run]


def _gaps(felt: Sequence[Felt]) -> list[tuple[Felt, Felt]]:
    """The pairs of stages with a value on either side of stages without one."""
    runs = _runs(felt)
    return [(one[-1], other[0]) for one, other in pairwise(runs)]


def _apart(low: Estimate | None, high: Estimate | None) -> bool:
    if low is None or high is None or low.high is None or high.low is None:
        return False
    return low.high < high.low
