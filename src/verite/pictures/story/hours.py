"""The hours over a story: days, ticks, and how long each folded silence lasts."""

from __future__ import annotations

from typing import Final

from verite.pictures.sheet import Point, Sheet
from verite.pictures.story.clock import Stretch, ticks
from verite.pictures.story.scene import Scene
from verite.pictures.widths import width
from verite.sentences.dates import day, hour
from verite.sentences.numbers import duration, number
from verite.sentences.tale import tale

_HOURS_AT: Final = 32.0
_DAYS_AT: Final = 13.0
_GRID_AT: Final = 40.0
_APART: Final = 7.0  # between two hours, or two days


def draw_hours(sheet: Sheet, scene: Scene, foot: float) -> None:
    """Ticks and grid of every stretch, days above them, silences in the folds."""
    last_day, day_end, hour_end = None, -_APART, -_APART
    for stretch in scene.clock.stretches:
        if stretch.start.date() != last_day:
            day_end = _draw_day(sheet, scene, stretch, day_end)
        last_day = stretch.end.date()
        hour_end = _draw_ticks(sheet, scene, stretch, (foot, hour_end))
    for one, other in scene.clock.folds:
        _draw_fold(sheet, scene, (one, other), foot)
    if scene.clock.left_out:
        left = {"n": number(scene.clock.left_out, scene.lang)}
        sheet.text(Point(x=0, y=sheet.high - 4), tale("label.left_out", scene.lang, left), "m s")


def _draw_day(sheet: Sheet, scene: Scene, stretch: Stretch, taken: float) -> float:
    """The day over its first stretch, clear of the day before; where the last one written ends."""
    whole = len(scene.clock.stretches) == 1
    said = day(stretch.start.date(), scene.lang, year=whole)
    wide = width(said, 12, bold=True)
    x = max(min(stretch.left - (0 if whole else 16), sheet.wide - wide), taken + _APART)
    if x > stretch.right or x + wide > sheet.wide:
        return taken
    sheet.text(Point(x=x, y=_DAYS_AT), said, "s b")
    return x + wide


def _draw_ticks(sheet: Sheet, scene: Scene, stretch: Stretch, edges: tuple[float, float]) -> float:
    """A line at every tick, its hour where there is room; where the last one written ends."""
    foot, taken = edges
    for at in ticks(stretch) or (stretch.start,):
        x = stretch.at(at)
        sheet.grid(Point(x=x, y=_GRID_AT), Point(x=x, y=foot))
        said = hour(at, scene.lang)
        half = width(said, 12) / 2
        middle = min(x, sheet.wide - half)
        if middle - half < taken + _APART:
            continue
        sheet.text(Point(x=middle, y=_HOURS_AT), said, "c m s")
        taken = middle + half
    return taken


def _draw_fold(sheet: Sheet, scene: Scene, sides: tuple[Stretch, Stretch], foot: float) -> None:
    """A silence: two slanted strokes on the axis, and its length."""
    one, other = sides
    x = (one.right + other.left) / 2
    for shift in (-3.0, 3.0):
        sheet.line(Point(x=x + shift - 2, y=_GRID_AT + 4), Point(x=x + shift + 2, y=_GRID_AT - 6),
                   "axis")  # fmt: skip
    time = duration((other.start - one.end).total_seconds(), scene.lang)
    silence = tale("label.silence", scene.lang, {"time": time})
    sheet.line(Point(x=x, y=_GRID_AT + 6), Point(x=x, y=foot), "dash", silence)
