"""What the ledger answers: what was kept, and what was refused with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from arro3.core import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What became of the rows of an append; `version` names the ledger that holds them."""

    kept: int
    duplicates: int
    conflicts: int
    version: int
    refused: int = 0  # by the reader, during a drain
    linked: int = 0  # links told beside rows, during a drain; those known already count too

    def __add__(self, other: Kept) -> Kept:
        return Kept(
            kept=self.kept + other.kept,
            duplicates=self.duplicates + other.duplicates,
            conflicts=self.conflicts + other.conflicts,
            version=max(self.version, other.version),
            refused=self.refused + other.refused,
            linked=self.linked + other.linked,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A line that could not be kept: where it stood, why, and its raw text.

    `is_live`: a row of an event, whose times may depend on when it was received.
    """

    file: str
    line: int | None
    reason: str
    detail: str | None
    raw: str
    identity: str | None
    is_live: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """What a batch of the inbox says: rows, lines refused, and (identity, alias, reason)."""

    table: Table
    refusals: Sequence[Refusal] = ()
    links: Sequence[tuple[str, str, str]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarantined:
    """A refusal as stored, with the number that settles it."""

    number: int
    refusal: Refusal
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """What one transaction forgets and records together with the durable mark."""

    at: datetime
    batches: Sequence[int] = ()
    quarantine: Sequence[int] = ()
    refusals: Sequence[Refusal] = ()
    rewritten: Sequence[tuple[int, bytes]] = ()  # batches that wait, without what was erased
    erased: Sequence[int] = ()  # lines in quarantine that must never come back


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """How much an erasure took away; counts only."""

    rows: int
    files_removed: int  # data files that held the person, each written again without
    files_vacuumed: int  # data files that left the disk
    identities: int = 0
    links: int = 0
    lines: int = 0  # in quarantine
    events: int = 0  # in batches that waited in the inbox
    version: int = -1  # the ledger's, without the person


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """One version of the ledger and of people, with the files to read."""

    version: int
    people_version: int
    files: tuple[str, ...]
