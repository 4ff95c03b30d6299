"""The episodes of a customer's story: who talked, how long the customer waited, in which lane."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from verite.words.customer import Alert, Beat, Customer, Mark

_AROUND: Final = timedelta(minutes=15)  # what happens that close to a case belongs to its telling
_AT_MOST: Final = 60
_ALONE: Final = frozenset({"visit", "use", "exposure", "delivery", "iot"})
_BOTS: Final = frozenset({"bot"})
MENU: Final = "ivr"
WRITTEN: Final = frozenset({"email", "post", "social", "review", "sms"})  # answered later


class Doing(StrEnum):
    """What fills an episode once the wait is over."""

    TALK = "talk"  # somebody of the company is there
    MENU = "menu"  # a voice menu
    ALONE = "alone"  # the customer does it alone: a page, an app, a bot, the product
    NOTHING = "nothing"  # an instant, or nobody ever came


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """Where an episode takes place: a channel, the voice menu, or a team never met."""

    kind: str  # channel, menu, team
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """One contact: the wait from `at` to `answered`, then what was done until `end`."""

    beat: Beat
    lane: Lane
    doing: Doing
    at: datetime
    answered: datetime
    end: datetime
    steps: tuple[Beat, ...] = ()

    @property
    def is_written(self) -> bool:
        """Whether the customer wrote and went: the answer comes hours or days later."""
        return self.beat.channel in WRITTEN

    @property
    def wait_s(self) -> float:
        """The seconds waited, in line or on the line; none for an answer in writing."""
        return 0.0 if self.is_written else (self.answered - self.at).total_seconds()

    @property
    def answer_s(self) -> float:
        """The seconds until an answer in writing."""
        return (self.answered - self.at).total_seconds() if self.is_written else 0.0

    def has(self, mark: Mark) -> bool:
        """Whether the episode, or a step of it, bears that mark."""
        return any(mark in beat.marks for beat in (self.beat, *self.steps))

    @property
    def redone(self) -> tuple[Beat, ...]:
        """The steps that had been done before."""
        return tuple(step for step in self.steps if Mark.REDONE in step.marks)


def story_beats(customer: Customer) -> tuple[Beat, ...]:
    """The beats of the case told in the story, and what happened around them, oldest first."""
    beats = sorted(customer.timeline, key=lambda beat: beat.at)
    case, since = customer.story.case_id, customer.story.since
    told = [beat for beat in beats if case is not None and beat.case_id == case]
    if not told and since is not None:
        told = [beat for beat in beats if beat.at >= since]
    if not told:
        return tuple(beats[-12:])
    first, last = told[0].at - _AROUND, max(_end(beat) for beat in told) + _AROUND
    near = [beat for beat in beats if first <= beat.at <= last]
    return tuple(near[-_AT_MOST:])


def episodes(customer: Customer) -> tuple[Episode, ...]:
    """The episodes of the story, oldest first; steps belong to the contact they were asked in."""
    found: list[Episode] = []
    steps: dict[int, list[Beat]] = {}
    for beat in story_beats(customer):
        within = _contact_of(beat, found)
        if within is not None:
            steps.setdefault(within, []).append(beat)
        else:
            found.append(_episode(beat))
    return tuple(
        _with_steps(episode, steps[i]) if i in steps else episode for i, episode in enumerate(found)
    )


def story_alerts(customer: Customer, told: Sequence[Episode]) -> tuple[Alert, ...]:
    """The alerts raised during the episodes told."""
    if not told:
        return ()
    first, last = told[0].at, max(episode.end for episode in told)
    return tuple(alert for alert in customer.alerts if first <= alert.at <= last)


def menu_counts(told: Sequence[Episode]) -> dict[str, int]:
    """For each passage in a voice menu, by id: which one it is, from 1 on."""
    menus = [episode.beat.id for episode in told if episode.doing is Doing.MENU]
    return {key: place for place, key in enumerate(menus, start=1)}


def _end(beat: Beat) -> datetime:
    if beat.until is not None and beat.until > beat.at:
        return beat.until
    return beat.at + timedelta(seconds=(beat.wait_s or 0.0) + (beat.duration_s or 0.0))


def _contact_of(beat: Beat, found: Sequence[Episode]) -> int | None:
    """The place of the contact during which a step was asked."""
    if beat.step is None or beat.wait_s:
        return None
    for place in range(len(found) - 1, -1, -1):
        episode = found[place]
        same = episode.beat.channel == beat.channel and episode.doing is Doing.TALK
        if same and episode.at <= beat.at <= episode.end + _AROUND:
            return place
    return None


def _with_steps(episode: Episode, steps: list[Beat]) -> Episode:
    return Episode(
        beat=episode.beat, lane=episode.lane, doing=episode.doing, at=episode.at,
        answered=episode.answered, end=max(episode.end, *(step.at for step in steps)),
        steps=tuple(steps),
    )  # fmt: skip


def _episode(beat: Beat) -> Episode:
    end = _end(beat)
    answered = min(beat.at + timedelta(seconds=beat.wait_s or 0.0), end)
    doing = _doing(beat, (end - answered).total_seconds())
    return Episode(
        beat=beat, lane=_lane(beat, doing), doing=doing, at=beat.at, answered=answered, end=end
    )


def _doing(beat: Beat, seconds: float) -> Doing:
    if beat.menus or beat.channel == MENU or beat.touchpoint == MENU:
        return Doing.MENU
    if beat.kind in _ALONE or beat.channel in _BOTS:
        return Doing.ALONE if seconds > 0 else Doing.NOTHING
    return Doing.TALK if seconds > 0 else Doing.NOTHING


def _lane(beat: Beat, doing: Doing) -> Lane:
    if doing is Doing.MENU:
        return Lane(kind="menu", name=MENU)
    never = Mark.NEVER_REACHED in beat.marks or Mark.TRANSFER_FAILED in beat.marks
    if never and beat.agent is None and (beat.team or beat.touchpoint):
        return Lane(kind="team", name=beat.team or beat.touchpoint or "")
    return Lane(kind="channel", name=beat.channel or "other")
