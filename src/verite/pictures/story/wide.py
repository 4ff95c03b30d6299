"""The timeline of a story for a desk: lanes, waits, talk, changes of channel, proposals."""

from __future__ import annotations

from verite.pictures.boxes import Box
from verite.pictures.caption import Caption
from verite.pictures.ink import Ink
from verite.pictures.links import Links
from verite.pictures.sheet import Point, Sheet
from verite.pictures.story.bars import draw_episode, title_of
from verite.pictures.story.below import draw_below, height_below
from verite.pictures.story.hours import draw_hours
from verite.pictures.story.labels import label_episode, label_steps
from verite.pictures.story.moves import draw_moves, draw_pin
from verite.pictures.story.scene import LANE, TOP, WIDE, Scene, stage
from verite.pictures.story.shelf import Shelf
from verite.pictures.wrap import Room, shorten
from verite.sentences.tale import lane_name, tale
from verite.words.customer import Customer


def draw_story(customer: Customer, caption: Caption, lang: str, ink: Ink, links: Links) -> str:
    """The story across channels."""
    scene = stage(customer, lang)
    if scene is None:
        return draw_nothing(caption, lang, ink, "wide")
    sheet = Sheet(wide=WIDE, high=scene.foot + height_below(scene), ink=ink)
    shelf = Shelf(sheet, Box(left=scene.left - 10, top=TOP - 4, right=WIDE, bottom=scene.foot + 4))
    draw_hours(sheet, scene, sheet.high - 18)
    _draw_lanes(sheet, scene)
    for episode in scene.told:
        with sheet.link(links.interaction(episode.beat.id), title_of(scene, episode)):
            draw_episode(sheet, scene, episode, shelf)
    draw_moves(sheet, scene)
    for alert in scene.alerts:
        draw_pin(sheet, scene, alert, shelf)
    for episode in scene.told:
        label_episode(shelf, scene, episode)
    label_steps(shelf, scene)
    draw_below(sheet, scene)
    return sheet.svg(caption, "wide")


def draw_nothing(caption: Caption, lang: str, ink: Ink, classes: str) -> str:
    """One sentence, when there is no contact to tell."""
    sheet = Sheet(wide=350.0, high=40, ink=ink)
    sheet.text(Point(x=0, y=24), tale("reading.nothing", lang), "m")
    return sheet.svg(caption, classes)


def _draw_lanes(sheet: Sheet, scene: Scene) -> None:
    room = Room(width=scene.left - 16, size=12.5)
    for place, lane in enumerate(scene.lanes):
        y = scene.top_of(lane) + 12
        look = "m" if lane.kind == "team" else "b"
        sheet.text(Point(x=0, y=y), shorten(lane_name(lane, scene.lang), room), look)
        line = TOP + LANE * (place + 1)
        sheet.grid(Point(x=scene.left, y=line), Point(x=scene.right, y=line))
