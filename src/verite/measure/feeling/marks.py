"""Effort: what each contact asked of the customer beyond being a contact, and open issues."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from verite.ledger.efforts import BITS, EffortRules
from verite.ledger.engines.marking import mark_runs
from verite.measure.definitions import Definitions
from verite.measure.feeling.port import Ints, Marks, Mask, Runs, holds
from verite.words.customer import Mark
from verite.words.interaction import Direction, Kind, Outcome

# The columns of the marks, in order.
EFFORTS: Final = ("repeats", "transfers", "switches", "retold", "menus_again", "abandoned")
_BITS: Final = dict(zip(EFFORTS, (
    BITS[Mark.REPEAT], BITS[Mark.TRANSFERRED] | BITS[Mark.TRANSFER_FAILED],
    BITS[Mark.SWITCHED] | BITS[Mark.MOVED], BITS[Mark.RETOLD], BITS[Mark.MENU_AGAIN],
    BITS[Mark.ABANDONED],
), strict=True))  # fmt: skip
DAY_US: Final = 86_400_000_000
OPEN_DAYS: Final = 30  # an issue that nobody speaks of any more is no longer open
_OURS: Final = (Direction.OUTBOUND.value, Direction.PROACTIVE.value)
_OPENED: Final = (
    Outcome.UNRESOLVED.value, Outcome.ABANDONED.value, Outcome.TRANSFER_FAILED.value,
    Outcome.ESCALATED.value,
)  # fmt: skip
_CLOSED: Final = (Outcome.RESOLVED.value, Outcome.DONE.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Efforts:
    """Per row 0 or 1 for each of `EFFORTS`, and until when it leaves an issue open (0 = none)."""

    marks: Marks
    open_until: Ints


def mark_efforts(runs: Runs, definitions: Definitions, rows: slice, person: np.ndarray) -> Efforts:
    """The efforts of the rows, by the rules of every story; those of one person never reach into
    another's."""
    starts = np.append(np.flatnonzero(np.diff(person, prepend=-1)), len(person)).astype(np.int64)
    found = mark_runs(runs, _rules(definitions), rows, starts).marks
    marks = np.stack([(found & bits) > 0 for bits in _BITS.values()], axis=1).astype(np.uint8)
    return Efforts(marks=marks, open_until=_Reading(runs, definitions, rows, person).open_until())


def _rules(definitions: Definitions) -> EffortRules:
    return EffortRules(
        contact_kinds=definitions.contact_kinds,
        bot_channels=definitions.bot_channels,
        repeat_us=int(definitions.repeat_days * DAY_US),
    )


class _Reading:
    """The columns that open issues are read from, and which rows follow which."""

    def __init__(
        self, runs: Runs, definitions: Definitions, rows: slice, person: np.ndarray
    ) -> None:
        self.runs, self.rows, self.person = runs, rows, person
        self.ts = np.asarray(runs.ts[rows])
        bot = holds(runs, "channel", definitions.bot_channels, rows)
        ours = holds(runs, "direction", _OURS, rows)
        contact = holds(runs, "kind", definitions.contact_kinds, rows) & ~ours
        self.met = (contact | holds(runs, "kind", (Kind.HANDOVER.value,), rows)) & ~bot

    def codes(self, column: str) -> np.ndarray:
        return np.asarray(self.runs.codes(column)[self.rows])

    def ended(self, *outcomes: str) -> Mask:
        return holds(self.runs, "outcome", outcomes, self.rows)

    def open_until(self) -> Ints:
        """Until the next ending of the case, or a month, from an ending that solved nothing."""
        case = self.codes("case_id")
        opens = self.met & self.ended(*_OPENED)
        chosen = (case >= 0) & (opens | (self.met & self.ended(*_CLOSED)))
        until = np.where(opens & (case >= 0), self.ts + OPEN_DAYS * DAY_US, 0)
        before = self._before(chosen, case)
        after = np.flatnonzero(before >= 0)
        until[before[after]] = np.minimum(until[before[after]], self.ts[after])
        return np.asarray(until, dtype=np.int64)

    def _before(self, chosen: Mask, group: np.ndarray) -> Ints:
        """For each chosen row the one before it of the same person and group, −1 for none."""
        found = np.flatnonzero(chosen)
        order = found[np.lexsort((found, group[found], self.person[found]))]
        before = np.full(len(chosen), -1, dtype=np.int64)
        same = (group[order][1:] == group[order][:-1]) & (
            self.person[order][1:] == self.person[order][:-1]
        )
        before[order[1:][same]] = order[:-1][same]
        return before
