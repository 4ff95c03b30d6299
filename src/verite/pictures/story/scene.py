"""The scene of a story: its episodes in their lanes, and where everything falls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from verite.pictures.boxes import Box
from verite.pictures.sheet import Point
from verite.pictures.story.clock import Clock, Span, wind
from verite.pictures.widths import width
from verite.sentences.episodes import Episode, Lane, episodes, menu_counts, story_alerts
from verite.sentences.tale import lane_name
from verite.words.customer import Alert, Customer

WIDE: Final = 1190.0
TOP: Final = 46.0  # under the hours
LANE: Final = 58.0
BAR: Final = 16.0
_BAR_AT: Final = 24.0  # from the top of a lane to its bar
_RIGHT: Final = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """Everything drawn above the feeling: lanes down, time across."""

    customer: Customer
    told: tuple[Episode, ...]
    lanes: tuple[Lane, ...]
    menus: dict[str, int]
    alerts: tuple[Alert, ...]
    clock: Clock
    left: float
    lang: str

    @property
    def foot(self) -> float:
        """The bottom of the last lane."""
        return TOP + LANE * len(self.lanes)

    @property
    def right(self) -> float:
        """Where time ends."""
        return self.clock.stretches[-1].right

    def top_of(self, lane: Lane) -> float:
        """The top of a lane's bars."""
        return TOP + LANE * self.lanes.index(lane) + _BAR_AT

    def wait(self, episode: Episode) -> Box | None:
        """The hatched box of a wait."""
        if episode.wait_s <= 0:
            return None
        left, right = self.clock.at(episode.at), self.clock.at(episode.answered)
        return self._bar(episode, left, max(right, left + 3))

    def busy(self, episode: Episode) -> Box | None:
        """The box of what is done once the wait is over."""
        if episode.end <= episode.answered:
            return None
        left, right = self.clock.at(episode.answered), self.clock.at(episode.end)
        return self._bar(episode, left, max(right, left + 6))

    def _bar(self, episode: Episode, left: float, right: float) -> Box:
        top = self.top_of(episode.lane)
        return Box(left=left, top=top, right=right, bottom=top + BAR)

    def head(self, episode: Episode) -> Point:
        """Where an episode begins, on its lane."""
        return Point(x=self.clock.at(episode.at), y=self.top_of(episode.lane) + BAR / 2)

    def tail(self, episode: Episode) -> Point:
        """Where it ends."""
        box = self.busy(episode) or self.wait(episode)
        x = box.right if box is not None else self.clock.at(episode.at)
        return Point(x=x, y=self.top_of(episode.lane) + BAR / 2)


def stage(customer: Customer, lang: str) -> Scene | None:
    """The scene of a customer's story; none when there is nothing to tell."""
    told = episodes(customer)
    if not told:
        return None
    widest = max(width(lane_name(e.lane, lang), 12.5, bold=True) for e in told)
    left = min(max(128.0, widest + 20), 190.0)
    clock = wind([span for e in told for span in _spans(e)], left, WIDE - _RIGHT)
    shown = tuple(e for e in told if e.at >= clock.start)
    return Scene(
        customer=customer, told=shown, lanes=_lanes(shown), menus=menu_counts(told),
        alerts=story_alerts(customer, shown), clock=clock, left=left, lang=lang,
    )  # fmt: skip


def is_folded(customer: Customer) -> bool:
    """Whether the picture of a story folds a silence."""
    told = episodes(customer)
    spans = [span for episode in told for span in _spans(episode)]
    return bool(spans) and len(wind(spans, 128.0, WIDE).stretches) > 1


def _spans(episode: Episode) -> list[Span]:
    """When something happens: a written question waits for its answer without anybody there."""
    if episode.is_written:
        return [(episode.at, episode.at), (episode.answered, episode.end)]
    return [(episode.at, episode.end)]


def _lanes(told: Sequence[Episode]) -> tuple[Lane, ...]:
    """Lanes in the order they are entered."""
    return tuple(dict.fromkeys(episode.lane for episode in told))
