"""The interaction: one contact between a customer and the company, direct or not, with its time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from verite.words.errors import BadInput


class Kind(StrEnum):
    """What sort of contact an interaction is."""

    EXPOSURE = "exposure"
    VISIT = "visit"
    CONTACT = "contact"
    PURCHASE = "purchase"
    DELIVERY = "delivery"
    USE = "use"
    COMPLAINT = "complaint"
    FEEDBACK = "feedback"
    HANDOVER = "handover"
    PROACTIVE = "proactive"
    TELL = "tell"
    OTHER = "other"


class Direction(StrEnum):
    """Who started: the customer, the company in answer, or the company first."""

    INBOUND = "inbound"
    OUTBOUND = "outbound"
    PROACTIVE = "proactive"


class Outcome(StrEnum):
    """How a contact ended."""

    DONE = "done"
    ABANDONED = "abandoned"
    TRANSFERRED = "transferred"
    TRANSFER_FAILED = "transfer_failed"
    ESCALATED = "escalated"
    RESOLVED = "resolved"
    UNRESOLVED = "unresolved"


class Polarity(StrEnum):
    """Whether a high score is good news."""

    GOOD_HIGH = "good_high"
    GOOD_LOW = "good_low"


CHANNELS: tuple[str, ...] = (
    "web", "app", "phone", "chat", "bot", "email", "store",
    "social", "review", "post", "sms", "kiosk", "iot", "other",
)  # fmt: skip

CHANNEL_ALIASES: dict[str, str] = {
    "e-mail": "email", "mail": "email", "courriel": "email",
    "internet": "web", "site": "web",
    "desk": "store", "counter": "store", "agence": "store", "boutique": "store",
    "téléphone": "phone", "telephone": "phone", "tel": "phone", "tél": "phone",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """The scale a score was given on.

    >>> Scale(low=1, high=5, polarity=Polarity.GOOD_LOW).ease(2)
    4.0
    """

    low: float
    high: float
    polarity: Polarity = Polarity.GOOD_HIGH

    def __post_init__(self) -> None:
        if not self.low < self.high:
            raise BadInput("scale_order", fields={"low": self.low, "high": self.high})

    def ease(self, score: float) -> float:
        """The score turned so that high is good (METHODS, trap T8)."""
        if self.polarity is Polarity.GOOD_LOW:
            return float(self.high + self.low - score)
        return float(score)


@dataclass(frozen=True, slots=True, kw_only=True)
class Interaction:
    """One contact, as a source told it. Times are aware; a score comes with its scale."""

    message_id: str
    identity: str
    at: datetime
    ended_at: datetime | None = None
    channel: str = "other"
    touchpoint: str | None = None
    kind: Kind = Kind.OTHER
    direction: Direction | None = None
    case_id: str | None = None
    motive: str | None = None
    step: str | None = None
    agent: str | None = None
    team: str | None = None
    site: str | None = None
    wait_s: float | None = None
    duration_s: float | None = None
    menus: int | None = None
    outcome: Outcome | None = None
    metric: str | None = None
    score: float | None = None
    scale: Scale | None = None
    text: str | None = None
    language: str | None = None
    value: float | None = None
    currency: str | None = None
    aliases: tuple[str, ...] = ()
    segments: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise BadInput("naive_time", fields={"at": self.at.isoformat()})
        if self.score is None:
            return
        if self.scale is None:
            raise BadInput("score_without_scale", fields={"score": self.score})
        if not self.scale.low <= self.score <= self.scale.high:
            raise BadInput(
                "score_outside_scale",
                fields={"score": self.score, "low": self.scale.low, "high": self.scale.high},
            )
