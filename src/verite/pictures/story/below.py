"""Under the lanes: the running feeling with its band, then the waiting that adds up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from verite.pictures.axes import Axis
from verite.pictures.boxes import Box
from verite.pictures.sheet import Mark as Shape
from verite.pictures.sheet import Point, Sheet, at, ribbon, smooth
from verite.pictures.story.scene import Scene
from verite.pictures.story.shelf import Shelf, Spot
from verite.sentences.dates import hour
from verite.sentences.numbers import duration, number, span
from verite.sentences.tale import tale
from verite.words.customer import Customer

FELT: Final = 112.0
WAITED: Final = 66.0
_GAP: Final = 22.0
_FOOT: Final = 28.0
_LEAST_WAIT: Final = 60.0
_WIDE_BAND: Final = 25.0
_SAME: Final = 3.0  # points of feeling that need no second label

Point4 = tuple[datetime, float, float, float]  # when, value, low, high


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """The course of a feeling and where it falls."""

    course: Sequence[Point4]
    across: Callable[[datetime], float]
    up: Axis
    left: float
    right: float
    lang: str

    def line(self, place: int) -> list[Point]:
        """The line of the values (1), of the lower (2) or of the upper bounds (3)."""
        line = [Point(x=self.across(p[0]), y=self.up.at(float(p[place]))) for p in self.course]  # type: ignore[arg-type]
        # The last value holds until something happens.
        ended = line[-1].x >= self.right - 1
        return line if ended else [*line, Point(x=self.right, y=line[-1].y)]

    @property
    def lowest(self) -> int:
        """The place of the lowest value."""
        return min(range(len(self.course)), key=lambda i: self.course[i][1])

    def is_hard(self, place: int) -> bool:
        """Whether a value is the lowest, and lower than the first beyond its interval."""
        _, value, low, high = self.course[place]
        return place == self.lowest and self.course[0][1] - value > high - low


def height_below(scene: Scene) -> float:
    """The room that both curves take under the lanes."""
    felt = FELT + _GAP if course_of(scene) else 0.0
    return felt + (WAITED + _GAP if _waited(scene) >= _LEAST_WAIT else 0.0) + _FOOT


def draw_below(sheet: Sheet, scene: Scene) -> None:
    """Whatever of the two there is to show."""
    top = scene.foot + _GAP
    if course_of(scene):
        _draw_felt(sheet, scene, top)
        top += FELT + _GAP
    if _waited(scene) >= _LEAST_WAIT:
        _draw_waited(sheet, scene, top)


def course_of(scene: Scene) -> Sequence[Point4]:
    """The course of the feeling over the story."""
    first, last = scene.clock.start, scene.clock.stretches[-1].end
    return story_course(scene.customer, first, last)


def story_course(customer: Customer, first: datetime, last: datetime) -> Sequence[Point4]:
    """The points of the course within a story, the one before it moved to its start."""
    course = sorted(customer.feeling.course)
    before = [point for point in course if point[0] < first]
    inside = [point for point in course if first <= point[0] <= last]
    if before:
        inside.insert(0, (first, *before[-1][1:]))
    return inside if len(inside) > 1 else ()


def draw_curve(sheet: Sheet, curve: Curve, shelf: Shelf) -> None:
    """The band, the line, the first, lowest and last values."""
    sheet.path(ribbon(curve.line(3), curve.line(2)), "band")
    middle = curve.up.at(50)
    sheet.line(Point(x=curve.left, y=middle), Point(x=curve.right, y=middle), "dash")
    sheet.path(smooth(curve.line(1)), "ln")
    last = len(curve.course) - 1
    for place in dict.fromkeys((curve.lowest, 0, last)):
        near = abs(curve.course[place][1] - curve.course[curve.lowest][1]) < _SAME
        if place == curve.lowest or not near:
            _draw_value(sheet, curve, shelf, place)


def _draw_value(sheet: Sheet, curve: Curve, shelf: Shelf, place: int) -> None:
    when, value, low, high = curve.course[place]
    spot, hard = curve.line(1)[place], curve.is_hard(place)
    said = number(value, curve.lang)
    fields = {"at": hour(when, curve.lang), "value": said, "interval": span(low, high, curve.lang)}
    title = tale("title.feeling", curve.lang, fields)
    if hard:
        sheet.mark(Shape.FRICTION, spot, 6, title)
    else:
        sheet.circle(spot, 2.6, "ink", title)
    is_wide = high - low > _WIDE_BAND  # then beside its own point, or it would seem the bound's
    over = spot.y - 9 if is_wide else curve.up.at(high) - 7
    under = spot.y + 18 if is_wide else curve.up.at(low) + 15
    places = ((0.0, over, "c"), (0.0, under, "c"), (2.0, over, ""), (10.0, under, ""))
    spots = [Spot(text=said, at=Point(x=spot.x + dx, y=y), anchor=a) for dx, y, a in places]
    shelf.put(spots, "b f" if hard else "b")


def _draw_felt(sheet: Sheet, scene: Scene, top: float) -> None:
    lang = scene.lang
    sheet.text(Point(x=0, y=top + 12), tale("label.feeling", lang), "b")
    sheet.text(Point(x=0, y=top + 28), tale("label.feeling_scale", lang), "m s")
    if not scene.customer.feeling.calibrated:
        sheet.text(Point(x=0, y=top + 44), tale("label.not_calibrated", lang), "m s")
    up = Axis(low=0, high=100, start=top + FELT, end=top)
    curve = Curve(
        course=course_of(scene), across=scene.clock.at, up=up, left=scene.left,
        right=scene.right, lang=lang,
    )  # fmt: skip
    bounds = Box(left=scene.left, top=top - 16, right=sheet.wide, bottom=top + FELT + 16)
    draw_curve(sheet, curve, Shelf(sheet, bounds))


def _waited(scene: Scene) -> float:
    return sum(episode.wait_s for episode in scene.told)


def _draw_waited(sheet: Sheet, scene: Scene, top: float) -> None:
    foot = top + WAITED
    up = Axis(low=0, high=_waited(scene), start=foot, end=top + 14)
    sheet.text(Point(x=0, y=foot - 6), tale("label.waited", scene.lang), "b")
    sheet.line(Point(x=scene.left, y=foot), Point(x=scene.right, y=foot), "axis")
    shelf = Shelf(sheet, Box(left=scene.left, top=top - 10, right=sheet.wide, bottom=foot))
    waits = [episode for episode in scene.told if episode.wait_s > 0]
    total, spots = 0.0, [Point(x=scene.clock.at(waits[0].at), y=foot)]
    for episode in waits:
        spots.append(Point(x=scene.clock.at(episode.at), y=up.at(total)))
        total += episode.wait_s
        spots.append(Point(x=scene.clock.at(episode.answered), y=up.at(total)))
        if episode.wait_s >= _LEAST_WAIT or episode is waits[-1]:
            said = duration(total, scene.lang)
            _label_total(shelf, spots[-1], said, "f b" if episode is waits[-1] else "f")
    spots.append(Point(x=scene.right, y=up.at(total)))
    drawn = "L".join(at(spot) for spot in spots)
    sheet.path(f"M{drawn}", "lnf", duration(total, scene.lang))


def _label_total(shelf: Shelf, spot: Point, said: str, look: str) -> None:
    above = spot.y - 6
    beside = Spot(text=said, at=Point(x=spot.x + 4, y=above))
    shelf.put([beside, Spot(text=said, at=Point(x=spot.x, y=above), anchor="e")], look)
