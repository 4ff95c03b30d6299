"""Thresholds and definitions behind the figures: a company's settings, with honest defaults."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Final

from verite.measure.hours import Hours
from verite.words.interaction import Kind

DAY_S: Final = 86_400.0

# Seconds within which a contact counts as answered in time (the “20” of 80/20 is the phone's).
ANSWER_WITHIN_S: Final[tuple[tuple[str, float], ...]] = (
    ("phone", 20.0), ("chat", 60.0), ("store", 300.0), ("sms", 3600.0),
    ("social", 3600.0), ("email", DAY_S),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Definitions:
    """What each figure means here; written in the table `[definitions]` of verite.toml."""

    answer_within_s: tuple[tuple[str, float], ...] = ANSWER_WITHIN_S
    long_wait_times: float = 10.0  # a wait is long from so many times the answer's limit
    call_back_wait_times: float = 30.0  # and calls for a call-back by itself from so many
    short_abandon_s: float = 5.0
    repeat_days: float = 7.0
    reopen_days: float = 7.0
    bounce_s: float = 10.0
    session_gap_s: float = 1800.0
    conversion_days: float = 7.0
    retention_days: float = 30.0
    contact_kinds: tuple[str, ...] = (Kind.CONTACT.value, Kind.COMPLAINT.value)
    customer_kinds: tuple[str, ...] = (Kind.PURCHASE.value, Kind.DELIVERY.value, Kind.USE.value)
    bot_channels: tuple[str, ...] = ("bot",)
    quote_touchpoints: tuple[str, ...] = ("quote", "devis")
    loss_touchpoints: tuple[str, ...] = ("termination", "resiliation", "résiliation")
    loss_motives_apart: tuple[str, ...] = (
        "move", "death", "non_payment",
        "demenagement", "déménagement", "deces", "décès", "impaye", "impayé",
    )  # fmt: skip
    agent_figures: bool = False  # no setting: the record of the works council opens it
    one_case_per_motive: bool = False  # overlapping cases of one person and motive are one
    hours: tuple[tuple[str, Hours], ...] = field(default=())  # per site; "default" for the others


SETTINGS: Final[tuple[str, ...]] = tuple(
    spec.name for spec in fields(Definitions) if spec.name != "agent_figures"
)
