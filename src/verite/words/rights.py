"""The rights of a person: everything held about them, and the proof that it was erased."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from verite.words.asked import About

Cell = str | int | float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldLink:
    """Two identities said to be one person, why and since when."""

    one: str
    other: str
    reason: str
    at: datetime
    is_applied: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldLine:
    """A line that could not be read and names the person."""

    file: str
    line: int | None
    reason: str
    raw: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldRecord:
    """Something people wrote in the house that names the person."""

    table: str
    field: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Everything a home holds about one person. `interactions` are cells by name, oldest first."""

    about: About
    organisation: str
    person: str
    at: datetime
    identities: tuple[str, ...]
    links: tuple[HeldLink, ...]
    interactions: tuple[tuple[tuple[str, Cell], ...], ...]
    quarantine: tuple[HeldLine, ...]
    records: tuple[HeldRecord, ...]
    derived: tuple[tuple[str, Cell], ...] = ()  # what was worked out: the running feeling…


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How much an erasure took away. Counts only."""

    records: int
    ledger_rows: int
    files_vacuumed: int
    identities: int = 0
    links: int = 0
    quarantined: int = 0
    inbox_events: int = 0
    uploads: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """The proof handed to the person. `fingerprints` are salted: one per identity erased.

    `signature` is made with the home's own key over all the rest.
    """

    number: str
    organisation: str
    at: datetime
    by: str
    ledger_version: int
    people_version: int
    counted: Counted
    salt: str
    fingerprints: tuple[str, ...]
    signature: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """What an erasure did, its receipt, and files that are not ours and still name the person."""

    about: About
    receipt: Receipt
    left: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether a receipt was made by this home and not changed since, and whether it is theirs."""

    about: About
    number: str
    at: datetime | None
    is_ours: bool
    is_theirs: bool | None = None  # None: no identity was given to compare

    @property
    def holds(self) -> bool:
        """Whether nothing speaks against it."""
        return self.is_ours and self.is_theirs is not False
