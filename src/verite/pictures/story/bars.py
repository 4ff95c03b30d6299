"""An episode in its lane: hatching for the wait, a bar for what was done, marks for its end."""

from __future__ import annotations

from typing import Final

from verite.pictures.boxes import Box
from verite.pictures.sheet import Mark as Shape
from verite.pictures.sheet import Point, Sheet, at
from verite.pictures.story.scene import Scene
from verite.pictures.story.shelf import Shelf
from verite.sentences.dates import hour
from verite.sentences.episodes import Doing, Episode
from verite.sentences.numbers import duration
from verite.sentences.tale import deed, lane_name, tale
from verite.words.customer import Mark

_LOOK: Final = {Doing.TALK: "node", Doing.MENU: "node", Doing.ALONE: "sink"}
_STROKE: Final = 8.0  # from one slanted stroke to the next
_HARD: Final = -0.3


def title_of(scene: Scene, episode: Episode) -> str:
    """What an episode is, for who cannot see it."""
    lane = lane_name(episode.lane, scene.lang)
    what = f"{lane}, {deed(episode, scene.menus, scene.lang)}"
    fields = {"from": hour(episode.at, scene.lang), "what": what}
    return tale("title.moment", scene.lang, fields)


def draw_episode(sheet: Sheet, scene: Scene, episode: Episode, shelf: Shelf) -> None:
    """The bars and the marks of an episode; labels keep off them."""
    wait, busy = scene.wait(episode), scene.busy(episode)
    if wait is not None:
        _hatch(sheet, wait, _title_of_wait(scene, episode))
        shelf.take(wait)
    if episode.answer_s > 0:
        left, right = scene.head(episode), Point(x=scene.clock.at(episode.answered),
                                                 y=scene.head(episode).y)  # fmt: skip
        sheet.line(left, right, "dash", _title_of_wait(scene, episode))
        sheet.circle(left, 4.5, "ink2", _title_of_wait(scene, episode))
    if busy is not None:
        sheet.rect(busy, _LOOK[episode.doing], _title_of_busy(scene, episode), radius=2)
        shelf.take(busy)
    _draw_end(sheet, scene, episode, shelf)


def _title_of_wait(scene: Scene, episode: Episode) -> str:
    lang = scene.lang
    time = duration(episode.wait_s or episode.answer_s, lang)
    ends = {"from": hour(episode.at, lang), "to": hour(episode.answered, lang)}
    return tale("title.wait", lang, {**ends, "time": time})


def _title_of_busy(scene: Scene, episode: Episode) -> str:
    lang = scene.lang
    time = duration((episode.end - episode.answered).total_seconds(), lang)
    ends = {"from": hour(episode.answered, lang), "to": hour(episode.end, lang)}
    return tale(
        "title.talk", lang, {**ends, "what": deed(episode, scene.menus, lang), "time": time}
    )


def _draw_end(sheet: Sheet, scene: Scene, episode: Episode, shelf: Shelf) -> None:
    """The marks of judgement: an end that is given up, a case resolved, an instant."""
    lang, tail, outcome = scene.lang, scene.tail(episode), episode.beat.outcome
    if Mark.ABANDONED in episode.beat.marks or outcome == "abandoned":
        shape, at_, said = Shape.FRICTION, episode.end, tale("label.abandons", lang)
    elif outcome == "resolved":
        shape, at_, said = Shape.DELIGHT, episode.end, tale("label.resolved", lang)
    elif episode.doing is Doing.NOTHING and scene.wait(episode) is None:
        hard = episode.beat.kind == "complaint" or (episode.beat.feeling or 0) < _HARD
        shape = Shape.FRICTION if hard else Shape.NEUTRAL
        at_, said = episode.at, deed(episode, scene.menus, lang)
    else:
        return
    title = tale("title.moment", lang, {"from": hour(at_, lang), "what": said})
    sheet.mark(shape, tail, 7, title)
    shelf.take(Box(left=tail.x, top=tail.y, right=tail.x, bottom=tail.y).grown(7))


def _hatch(sheet: Sheet, box: Box, title: str) -> None:
    """Slanted strokes cut to the box: no pattern, so no id to keep unique."""
    high = box.bottom - box.top
    sheet.rect(box, "paper", title)
    drawn, x = "", box.left - high + _STROKE / 2
    while x < box.right:
        low, top = max(box.left - x, 0.0), min(box.right - x, high)
        if top - low > 1.0:
            start = Point(x=x + low, y=box.bottom - low)
            drawn += f"M{at(start)}L{at(Point(x=x + top, y=box.bottom - top))}"
        x += _STROKE
    if drawn:
        sheet.path(drawn, "hatch")
