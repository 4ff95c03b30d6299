"""What effort is made of: rules, marks as bits, and the time that repetition costs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from verite.ledger.port import Group, Tally
from verite.words.customer import Mark
from verite.words.interaction import Direction, Kind

DAY_US: Final = 86_400_000_000
OURS: Final = (Direction.OUTBOUND.value, Direction.PROACTIVE.value)

# Where one writes and does something else meanwhile: an answer awaited is not time spent.
WRITTEN: Final = ("email", "post", "social", "sms", "review")

# One bit per mark, in the small integer that a kernel writes for every row.
BITS: Final[Mapping[Mark, int]] = {
    Mark.RETOLD: 1,
    Mark.REDONE: 2,
    Mark.SWITCHED: 4,
    Mark.MOVED: 8,
    Mark.TRANSFERRED: 16,
    Mark.TRANSFER_FAILED: 32,
    Mark.ABANDONED: 64,
    Mark.MENU_AGAIN: 128,
    Mark.NEVER_REACHED: 256,
    Mark.REPEAT: 512,
}
CONTACT: Final = 1024  # the customer came, a bot apart
HANDOVER: Final = 2048
MET: Final = 4096  # and somebody was there

# What repetition costs, told apart so that the parts add up to the whole.
LOSSES: Final = (
    Mark.REPEAT,
    Mark.RETOLD,
    Mark.REDONE,
    Mark.TRANSFER_FAILED,
    Mark.MENU_AGAIN,
)
LOST: Final = sum(BITS[mark] for mark in LOSSES)
ALL: Final = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class EffortRules:
    """What counts as effort, and the seconds supposed where no source tells them."""

    contact_kinds: tuple[str, ...] = (Kind.CONTACT.value, Kind.COMPLAINT.value)
    bot_channels: tuple[str, ...] = ("bot",)
    repeat_us: int = 7 * DAY_US
    handed_us: int = DAY_US // 12  # a contact passed on goes on within two hours
    retell_s: float = 120.0
    redo_s: float = 180.0
    until_us: int | None = None  # rows from this instant on are not read


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """Seconds lost: y = those of the customer, and those of them that an agent was paid for."""

    spent: Tally
    paid: Tally


# By loss (a `Mark`, or `ALL`: rows with any of them), then by group.
Losses = Mapping[str, Mapping[Group, Lost]]
