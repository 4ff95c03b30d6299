"""What is asked: windows, filters, and what every answer says about itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from verite.words.errors import WrongUse


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A half-open period [start, end) of aware times."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start.tzinfo is None or self.end.tzinfo is None:
            raise WrongUse("naive_time", fields={"at": f"{self.start} – {self.end}"})
        if self.end < self.start:
            since, until = (at.isoformat(" ", "minutes") for at in (self.start, self.end))
            raise WrongUse("window_order", fields={"since": since, "until": until})


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """The closed set of filters every question takes. Empty means everything."""

    since: datetime | None = None
    until: datetime | None = None
    channels: tuple[str, ...] = ()
    touchpoints: tuple[str, ...] = ()
    segments: tuple[tuple[str, str], ...] = ()
    metric: str | None = None


EVERYTHING: Final = Filters()


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What an answer says about itself: the question, its date, what it was read from."""

    asked: str
    as_of: datetime | None
    ledger_version: int
    people_version: int = 0
    window: Window | None = None
    notes: tuple[str, ...] = field(default=())
