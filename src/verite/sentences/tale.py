"""A customer's story, line by line: what the phone shows and what is read aloud."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from verite.sentences.catalogue import Phrases, text
from verite.sentences.episodes import (
    Doing,
    Episode,
    Lane,
    episodes,
    menu_counts,
    story_alerts,
)
from verite.sentences.names import channel_name, name_in, touchpoint_name
from verite.sentences.numbers import duration, number
from verite.words.customer import Alert, Beat, Customer, Mark

tale: Final = Phrases("tales")  # a phrase of a story, filled

_KINDS: Final = frozenset({"visit", "purchase", "feedback", "complaint"})


class Tone(StrEnum):
    """The mark of a line: shape first."""

    FRICTION = "friction"
    NEUTRAL = "neutral"
    DELIGHT = "delight"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a story: when, what, and what to know of it. `waits`: the wait runs to the next.

    `id` is the interaction's, on the line where it begins.
    """

    at: datetime
    title: str
    detail: str = ""
    tone: Tone = Tone.NEUTRAL
    waits: bool = False
    id: str | None = None


def lane_name(lane: Lane, lang: str) -> str:
    """The name of a lane.

    >>> lane_name(Lane(kind="menu", name="ivr"), "fr")
    'Menu vocal'
    """
    if lane.kind == "menu":
        return tale("lane.menu", lang)
    if lane.kind == "team":
        named = tale("lane.team", lang, {"team": name_in("team", lane.name, lang)})
        return named[:1].upper() + named[1:]
    return channel_name(lane.name, lang)


def ordinal(place: int, lang: str) -> str:
    """A rank from two on, for what happens time after time.

    >>> [ordinal(n, "en") for n in (2, 3, 4, 12, 22)], ordinal(2, "fr")
    (['2nd', '3rd', '4th', '12th', '22nd'], '2e')
    """
    if lang.startswith("fr"):
        return f"{number(place, lang)}e"
    teens = place % 100 in {11, 12, 13}
    ending = "th" if teens else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{number(place, lang)}{ending}"


def tell_lines(customer: Customer, lang: str) -> tuple[Line, ...]:
    """The story in lines, oldest first: contacts, what they asked, how they ended, proposals."""
    told = episodes(customer)
    menus = menu_counts(told)
    lines: list[Line] = []
    for episode in told:
        lines += _lines(episode, menus, lang)
    lines += [_proposal(alert, lang) for alert in story_alerts(customer, told)]
    return tuple(sorted(lines, key=lambda line: line.at))


def step_names(steps: Sequence[Beat], lang: str) -> str:
    """The steps asked, each once, in the order they were asked."""
    keys = dict.fromkeys(step.step for step in steps if step.step)
    return ", ".join(name_in("step", key, lang) for key in keys)


def deed(episode: Episode, menus: Mapping[str, int], lang: str) -> str:
    """What the customer does as an episode begins."""
    beat = episode.beat
    if episode.doing is Doing.MENU:
        turn = menus.get(beat.id, 1)
        again = {"nth": ordinal(turn, lang)}
        return tale("does.menu", lang) if turn < 2 else tale("does.menu_again", lang, again)
    if episode.lane.kind == "team":
        return tale("does.transfer", lang, {"lane": _the(lane_name(episode.lane, lang), lang)})
    if beat.kind == "handover":
        return tale("does.handover", lang)
    return _deed_of_kind(beat, lang)


def _deed_of_kind(beat: Beat, lang: str) -> str:
    channel = beat.channel or "other"
    named = channel_name(channel, lang)
    place = touchpoint_name(beat.touchpoint) if beat.touchpoint else named
    fields = {"channel": _lower(named), "place": place}
    if beat.kind in _KINDS:
        return tale(f"does.{beat.kind}", lang, fields)
    if beat.direction in {"outbound", "proactive"}:
        return tale("does.called" if channel == "phone" else "does.told", lang, fields)
    if beat.kind == "contact":
        known = text("tales", f"does.{channel}", lang) is not None
        return tale(f"does.{channel}" if known else "does.other", lang, fields)
    return tale("does.moment", lang, fields)


def _lines(episode: Episode, menus: Mapping[str, int], lang: str) -> list[Line]:
    beat = episode.beat
    waits = episode.wait_s >= 60
    begins = Line(
        at=episode.at,
        title=deed(episode, menus, lang),
        detail=" ".join(_opening(episode, lang) + ([] if waits else _held(episode, lang))),
        tone=_tone_of_start(episode, waits=waits),
        waits=waits,
        id=beat.id,
    )
    lines = [begins]
    if waits and episode.doing is Doing.TALK:
        tone = Tone.FRICTION if episode.has(Mark.RETOLD) or episode.redone else Tone.NEUTRAL
        told = " ".join(_held(episode, lang))
        lines.append(Line(at=episode.answered, title=_answer(beat, lang), detail=told, tone=tone))
    if Mark.ABANDONED in beat.marks or beat.outcome == "abandoned":
        lines.append(Line(at=episode.end, title=tale("does.abandons", lang), tone=Tone.FRICTION))
    return lines


def _tone_of_start(episode: Episode, *, waits: bool) -> Tone:
    hard = {Mark.MENU_AGAIN, Mark.TRANSFER_FAILED, Mark.NEVER_REACHED, Mark.REPEAT}
    if hard & set(episode.beat.marks) or episode.beat.outcome == "transfer_failed":
        return Tone.FRICTION
    if episode.beat.kind == "complaint":
        return Tone.FRICTION
    if not waits and (episode.has(Mark.RETOLD) or episode.redone):
        return Tone.FRICTION
    return Tone.DELIGHT if episode.beat.outcome == "resolved" else Tone.NEUTRAL


def _opening(episode: Episode, lang: str) -> list[str]:
    """What is known as it begins: the change of channel, the wait, the failed transfer."""
    marks, said = set(episode.beat.marks), []
    if Mark.SWITCHED in marks:
        said.append(tale("detail.switched", lang))
    elif Mark.MOVED in marks:
        said.append(tale("detail.moved", lang))
    if Mark.REPEAT in marks:
        said.append(tale("detail.repeat", lang))
    failed = Mark.TRANSFER_FAILED in marks or episode.beat.outcome == "transfer_failed"
    if episode.wait_s >= 60:
        key = "detail.wait_for_nothing" if failed else "detail.wait"
        said.append(tale(key, lang, {"time": duration(episode.wait_s, lang)}))
    elif episode.answer_s >= 60:
        said.append(tale("detail.answer", lang, {"time": duration(episode.answer_s, lang)}))
    if failed:
        lane = _the(lane_name(episode.lane, lang), lang)
        said.append(tale("detail.failed", lang, {"lane": lane}))
    return said


def _held(episode: Episode, lang: str) -> list[str]:
    """What was asked and how it ended."""
    fresh = [step for step in episode.steps if Mark.REDONE not in step.marks]
    said = []
    if fresh:
        said.append(tale("detail.asked", lang, {"steps": step_names(fresh, lang)}))
    if episode.redone:
        said.append(tale("detail.redone", lang, {"steps": step_names(episode.redone, lang)}))
    beat = episode.beat
    ended = {"resolved", "unresolved"} | ({"transferred"} if episode.doing is Doing.TALK else set())
    if beat.outcome in ended:
        said.append(tale(f"detail.{beat.outcome}", lang))
    if beat.score is not None:
        digits = 0 if float(beat.score).is_integer() else 1
        said.append(tale("detail.score", lang, {"score": number(beat.score, lang, digits)}))
    return said


def _answer(beat: Beat, lang: str) -> str:
    retold = Mark.RETOLD in beat.marks
    if beat.agent is None:
        return tale("does.retold" if retold else "does.answered", lang)
    return tale("does.retells" if retold else "does.answers", lang, {"agent": beat.agent})


def _proposal(alert: Alert, lang: str) -> Line:
    reason = text("tales", f"detail.{alert.reason}", lang) or ""
    return Line(at=alert.at, title=tale("does.proposed", lang), detail=reason, tone=Tone.DELIGHT)


def _lower(name: str) -> str:
    """A name inside a sentence; an acronym keeps its capitals."""
    is_acronym = len(name) > 1 and name[:2].isalpha() and name[:2].isupper()
    return name if is_acronym else name[:1].lower() + name[1:]


def _the(lane: str, lang: str) -> str:
    """The lane as the subject of a sentence."""
    return f"l’{_lower(lane)}" if lang.startswith("fr") else f"the {lane}"
