"""What people say of a moment of truth: declared or refused, the reason, every version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from verite.words.errors import BadInput

REASON_AT_MOST = 2000


class Stand(StrEnum):
    """Where people stand on a moment; nobody said anything, or it was taken back: open."""

    DECLARED = "declared"
    REFUSED = "refused"
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stake:
    """What the figures said on the day of a declaration: points of the outcome, with bounds."""

    value: float | None
    low: float | None
    high: float | None
    n: int | None
    ledger_version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """What a person says of a moment: the touchpoint, the outcome that it moves, and why.

    A reason is required: it is what the next reader will ask for. Raises `BadInput` without one.
    """

    touchpoint: str
    outcome: str
    stand: Stand
    reason: str
    stake: Stake | None = None

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise BadInput("reason_missing")
        if len(self.reason) > REASON_AT_MOST:
            raise BadInput("reason_too_long", fields={"at_most": REASON_AT_MOST})


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """One version of what was said of a moment; `undoes` is the version that it took back."""

    touchpoint: str
    outcome: str
    version: int
    stand: Stand
    reason: str
    by: str
    at: datetime
    stake: Stake | None = None
    undoes: int | None = None
