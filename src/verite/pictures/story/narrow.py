"""The story on a phone: the feeling on top, then what happened, line after line."""

from __future__ import annotations

from typing import Final

from verite.pictures.axes import Axis
from verite.pictures.boxes import Box
from verite.pictures.caption import Caption
from verite.pictures.ink import Ink
from verite.pictures.links import Links
from verite.pictures.sheet import Mark as Shape
from verite.pictures.sheet import Point, Sheet
from verite.pictures.story.below import Curve, course_of, draw_curve
from verite.pictures.story.scene import Scene, stage
from verite.pictures.story.shelf import Shelf
from verite.pictures.story.wide import draw_nothing
from verite.pictures.wrap import Room, wrap
from verite.sentences.dates import day, hour
from verite.sentences.tale import Line, Tone, tale, tell_lines
from verite.words.customer import Customer

NARROW: Final = 350.0
_CURVE: Final = 70.0
_HIGH: Final = 112.0
_TEXT: Final = 84.0
_MARK: Final = 66.0
_SHAPES: Final = {
    Tone.FRICTION: Shape.FRICTION,
    Tone.DELIGHT: Shape.DELIGHT,
    Tone.NEUTRAL: Shape.NEUTRAL,
}


def draw_story_narrow(
    customer: Customer, caption: Caption, lang: str, ink: Ink, links: Links
) -> str:
    """The whole story for a phone."""
    scene = stage(customer, lang)
    if scene is None:
        return draw_nothing(caption, lang, ink, "narrow")
    sheet = Sheet(wide=NARROW, high=0, ink=ink)
    top = _HIGH if course_of(scene) else 0.0
    if top:
        _draw_feeling(sheet, scene)
    sheet.high = _draw_lines(sheet, tell_lines(customer, lang), top + 20, (lang, links)) + 6
    return sheet.svg(caption, "narrow")


def draw_story_small(customer: Customer, caption: Caption, lang: str, ink: Ink) -> str:
    """The feeling alone, for a phone whose page lists the lines itself; empty without a course."""
    scene = stage(customer, lang)
    if scene is None or not course_of(scene):
        return ""
    sheet = Sheet(wide=NARROW, high=_HIGH, ink=ink)
    _draw_feeling(sheet, scene)
    return sheet.svg(caption, "narrow")


def _draw_feeling(sheet: Sheet, scene: Scene) -> None:
    first, last = scene.clock.start, scene.clock.stretches[-1].end
    across = Axis(low=first.timestamp(), high=last.timestamp(), start=4, end=NARROW - 4)
    up = Axis(low=0, high=100, start=_CURVE + 14, end=14)
    curve = Curve(
        course=course_of(scene), across=lambda at: across.at(at.timestamp()), up=up,
        left=0, right=NARROW - 4, lang=scene.lang,
    )  # fmt: skip
    shelf = Shelf(sheet, Box(left=0, top=0, right=NARROW, bottom=_CURVE + 26))
    draw_curve(sheet, curve, shelf)
    y = _HIGH - 6
    sheet.text(Point(x=0, y=y), hour(first, scene.lang), "m s")
    sheet.text(Point(x=NARROW, y=y), hour(last, scene.lang), "e m s")
    said = tale("label.feeling", scene.lang)
    if not scene.customer.feeling.calibrated:
        said = f"{said}, {tale('label.not_calibrated', scene.lang)}"
    sheet.text(Point(x=NARROW / 2, y=y), said, "c m s")


def _draw_lines(sheet: Sheet, lines: tuple[Line, ...], y: float, how: tuple[str, Links]) -> float:
    """Every line, with the day where it changes; where the last one ends."""
    lang, links = how
    last_day = None
    for place, line in enumerate(lines):
        if line.at.date() != last_day:
            last_day = line.at.date()
            sheet.text(Point(x=0, y=y), day(last_day, lang), "b s")
            y += 20
        with sheet.link(links.interaction(line.id) if line.id else None, line.title):
            end = _draw_line(sheet, line, y, lang)
        if place < len(lines) - 1:
            look = "loopback" if line.waits else "grid"
            sheet.line(Point(x=_MARK, y=y + 6), Point(x=_MARK, y=end + 2), look)
        y = end + 14
    return y


def _draw_line(sheet: Sheet, line: Line, y: float, lang: str) -> float:
    sheet.text(Point(x=_MARK - 12, y=y), hour(line.at, lang), "e m")
    sheet.mark(_SHAPES[line.tone], Point(x=_MARK, y=y - 4), 5)
    room = NARROW - _TEXT - 4
    for said in wrap(line.title, Room(width=room, lines=3, size=12.5)):
        sheet.text(Point(x=_TEXT, y=y), said, "b")
        y += 16
    if line.detail:
        for said in wrap(line.detail, Room(width=room, lines=4, size=12.0, bold=False)):
            sheet.text(Point(x=_TEXT, y=y), said, "m s")
            y += 15.5
    return y
