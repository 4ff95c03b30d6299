"""Stories listed: what each case cost a customer, and people found by what was typed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from verite.words.asked import About


class StoryOrder(StrEnum):
    """How stories are sorted; open ones come first in all but `recent`."""

    WAIT = "wait"
    CONTACTS = "contacts"
    RECENT = "recent"


class StoryState(StrEnum):
    """Which stories are listed."""

    OPEN = "open"
    ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoriesAsked:
    """Which part of the list is wanted. `days`: stories that moved that recently; 0 = all."""

    days: int = 91
    state: StoryState = StoryState.OPEN
    order: StoryOrder = StoryOrder.WAIT
    channel: str | None = None  # only stories that passed by it
    limit: int = 25
    offset: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryLine:
    """One case of one customer, in figures."""

    person: str  # as people see it
    case_id: str
    motive: str | None
    channels: tuple[str, ...]  # in the order they were used
    since: datetime
    last_at: datetime
    contacts: int
    wait_s: float
    failed_transfers: int
    abandoned: int
    resolved: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryList:
    """A page of stories, and how many there are in all."""

    about: About
    total: int
    open: int
    lines: tuple[StoryLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A customer that what was typed may mean, and by what."""

    person: str
    by: str  # code: person, case, identity, start
    identity: str | None = None  # as it is held: mask it before it is shown
    last_at: datetime | None = None  # of their last contact
    motive: str | None = None  # the last one known
