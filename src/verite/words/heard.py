"""Results of listening: what an import kept, dropped and refused; what the home holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from verite.words.asked import About


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A line that could not become an interaction, with its reason code and where it stood."""

    file: str
    line: int | None
    reason: str
    detail: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What detection decided about one source, always stated: encoding, separator, zone…"""

    file: str
    kind: str
    encoding: str | None = None
    separator: str | None = None
    decimal: str | None = None
    day_first: bool | None = None
    zone: str | None = None
    rows: int = 0
    unmapped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What became of the rows read: `read` = kept + duplicates + quarantined."""

    about: About
    read: int
    kept: int
    duplicates: int
    quarantined: int
    sources: tuple[Decided, ...]
    quarantine: tuple[Refused, ...]  # the first hundred

    @property
    def balanced(self) -> bool:
        """Whether every row read is accounted for."""
        return self.read == self.kept + self.duplicates + self.quarantined


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFreshness:
    """When a source last spoke, and whether its silence is unlike its habit."""

    source: str
    last_at: datetime
    interactions: int
    silent: bool
    usual_gap_s: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeStatus:
    """What is here."""

    about: About
    interactions: int
    people: int
    identities: int
    period_from: datetime | None
    period_to: datetime | None
    channels: tuple[tuple[str, int], ...]
    touchpoints: tuple[tuple[str, int], ...]
    quarantined: int
    inbox: int
    sources: tuple[SourceFreshness, ...] = ()
