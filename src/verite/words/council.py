"""The works council: whether it was consulted about figures per agent, by record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from verite.words.asked import About
from verite.words.errors import BadInput

NOTE_AT_MOST: Final = 500
NAMED_FROM: Final = 30  # figures under this many answers never name an agent


@dataclass(frozen=True, slots=True, kw_only=True)
class Consulted:
    """What somebody records: when the council was consulted, when staff were informed, a note."""

    consulted_on: date
    informed_on: date
    note: str = ""

    def __post_init__(self) -> None:
        if len(self.note) > NOTE_AT_MOST:
            raise BadInput("council_note_long", fields={"at_most": NOTE_AT_MOST})


@dataclass(frozen=True, slots=True, kw_only=True)
class Consultation:
    """One record of a consultation: in force until it is withdrawn."""

    number: int
    consulted: Consulted
    by: str
    at: datetime
    withdrawn_by: str = ""
    withdrawn_at: datetime | None = None

    @property
    def is_in_force(self) -> bool:
        """Whether figures per agent rest on it today."""
        return self.withdrawn_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Council:
    """Every record, newest first; figures per agent are open while one is in force."""

    about: About
    records: tuple[Consultation, ...]

    @property
    def in_force(self) -> Consultation | None:
        """The record that opens figures per agent, if any."""
        return next((one for one in self.records if one.is_in_force), None)

    @property
    def is_open(self) -> bool:
        """Whether figures per agent may be computed at all."""
        return self.in_force is not None
