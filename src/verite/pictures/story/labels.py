"""The words beside the bars of a story, each at the first free of its usual places."""

from __future__ import annotations

from itertools import pairwise

from verite.pictures.sheet import Point
from verite.pictures.story.scene import BAR, Scene
from verite.pictures.story.shelf import Shelf, Spot
from verite.sentences.episodes import Doing, Episode
from verite.sentences.names import name_in
from verite.sentences.numbers import duration, number
from verite.sentences.tale import deed, ordinal, tale
from verite.words.customer import Mark


def label_episode(shelf: Shelf, scene: Scene, episode: Episode) -> None:
    """How long the wait, who talked and what for, how it ended."""
    _label_wait(shelf, scene, episode)
    _label_end(shelf, scene, episode)
    if episode.doing is Doing.MENU:
        _label_menu(shelf, scene, episode)
    elif episode.doing is Doing.TALK:
        _label_talk(shelf, scene, episode)
    elif scene.wait(episode) is None:
        _label_moment(shelf, scene, episode)


def label_pin(shelf: Shelf, head: Point, said: str) -> None:
    """What the system proposed, beside its pin."""
    y = head.y + 4
    right, left = Point(x=head.x + 9, y=y), Point(x=head.x - 9, y=y)
    shelf.put([Spot(text=said, at=right), Spot(text=said, at=left, anchor="e")], "g")


def label_steps(shelf: Shelf, scene: Scene) -> None:
    """The changes of channel, said once each where there is room."""
    for one, other in pairwise(scene.told):
        if one.lane == other.lane or not (other.has(Mark.SWITCHED) or other.has(Mark.MOVED)):
            continue
        said = tale("label.switched" if other.has(Mark.SWITCHED) else "label.moved", scene.lang)
        start, end = scene.tail(one), scene.head(other)
        middle = (start.y + end.y) / 2 + 4
        spots = [
            Spot(text=said, at=Point(x=start.x - 8, y=y), anchor="e")
            for y in (middle, middle + 8, end.y + 4)
        ] + [Spot(text=said, at=Point(x=start.x + 8, y=middle))]
        shelf.put(spots, "m s")


def _label_wait(shelf: Shelf, scene: Scene, episode: Episode) -> None:
    box = scene.wait(episode)
    if episode.answer_s >= 60:
        time = duration(episode.answer_s, scene.lang)
        said, head = tale("label.answer", scene.lang, {"time": time}), scene.head(episode)
        shelf.put([Spot(text=said, at=Point(x=head.x + 10, y=head.y - 6))], "m s")
    if box is None or episode.wait_s < 60:
        return
    time = duration(episode.wait_s, scene.lang)
    whole = tale("label.wait", scene.lang, {"time": time})
    middle, y, under = (box.left + box.right) / 2, box.top - 5, box.bottom + 14
    spots = [
        Spot(text=said, at=Point(x=x, y=level), anchor=anchor)
        for said in (whole, time)
        for level in (y, under)
        for x, anchor in ((middle, "c"), (box.left, ""), (box.right, "e"))
    ]
    shelf.put(spots, "f s b")
    if episode.lane.kind == "team":
        tried = tale("label.tried", scene.lang)
        shelf.put([Spot(text=tried, at=Point(x=box.left, y=under))], "m s")


def _label_talk(shelf: Shelf, scene: Scene, episode: Episode) -> None:
    box = scene.busy(episode)
    if box is None:
        return
    y = box.bottom + 14
    spots = [
        Spot(text=said, at=Point(x=x, y=level), anchor=anchor)
        for said in _sayings(scene, episode)
        for level in (y, box.top - 5)
        for x, anchor in ((box.left, ""), (box.right, "e"), ((box.left + box.right) / 2, "c"))
    ]
    shelf.put(spots, "s")


def _sayings(scene: Scene, episode: Episode) -> list[str]:
    """What was asked of the customer, long then short."""
    lang, parts = scene.lang, []
    if episode.has(Mark.RETOLD):
        parts.append(tale("label.retold", lang))
    fresh = len(episode.steps) - len(episode.redone)
    for key, count in (("redone", len(episode.redone)), ("asked", fresh)):
        if count == 1:
            step = next(s for s in episode.steps if (s in episode.redone) == (key == "redone"))
            parts.append(
                tale(f"label.{key}_one", lang, {"step": name_in("step", step.step or "", lang)})
            )
        elif count:
            parts.append(tale(f"label.{key}", lang, {"n": number(count, lang)}))
    agent = episode.beat.agent
    named = tale("label.agent", lang, {"agent": agent}) if agent else ""
    if not parts:
        return [named] if named else []
    what = ", ".join(parts)
    whole = tale("label.who", lang, {"agent": agent, "what": what}) if agent else what
    return [whole, what, parts[0], *([agent] if agent else [])]


def _label_menu(shelf: Shelf, scene: Scene, episode: Episode) -> None:
    turn, lang = scene.menus.get(episode.beat.id, 1), scene.lang
    several = len(scene.menus) > 1
    fields = {"nth": ordinal(turn, lang)}
    key = "label.menu" if not several else "label.menu_one" if turn == 1 else "label.menu_more"
    _beside(shelf, scene, episode, tale(key, lang, fields), "s f" if turn > 1 else "s")


def _label_moment(shelf: Shelf, scene: Scene, episode: Episode) -> None:
    _beside(shelf, scene, episode, deed(episode, scene.menus, scene.lang), "s")


def _label_end(shelf: Shelf, scene: Scene, episode: Episode) -> None:
    """How a contact ended, when that matters: given up, resolved, a transfer that failed."""
    outcome, lang = episode.beat.outcome, scene.lang
    if Mark.ABANDONED in episode.beat.marks or outcome == "abandoned":
        _beside(shelf, scene, episode, tale("label.abandons", lang), "f")
    elif outcome == "resolved":
        _beside(shelf, scene, episode, tale("label.resolved", lang), "g")
    elif outcome == "transfer_failed" or Mark.TRANSFER_FAILED in episode.beat.marks:
        _beside(shelf, scene, episode, tale("label.failed", lang), "s f b")


def _beside(shelf: Shelf, scene: Scene, episode: Episode, said: str, classes: str) -> None:
    """To the right of the end of an episode, else over, under or to the left of its start."""
    tail, head = scene.tail(episode), scene.head(episode)
    shelf.put(
        [
            Spot(text=said, at=Point(x=tail.x + 12, y=tail.y + 4)),
            Spot(text=said, at=Point(x=tail.x + 12, y=tail.y - BAR / 2 - 2)),
            Spot(text=said, at=Point(x=tail.x + 12, y=tail.y + BAR)),
            Spot(text=said, at=Point(x=tail.x, y=tail.y + BAR + 6), anchor="e"),
            Spot(text=said, at=Point(x=tail.x, y=tail.y - BAR / 2 - 5), anchor="e"),
            Spot(text=said, at=Point(x=head.x - 12, y=head.y + 4), anchor="e"),
        ],
        classes,
    )
