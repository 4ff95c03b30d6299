"""Effort: what each contact asked of the customer beyond being a contact, and open issues."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from verite.measure.definitions import Definitions
from verite.measure.feeling.port import Ints, Marks, Mask, Runs, holds
from verite.words.interaction import Direction, Kind, Outcome

# The columns of the marks, in order.
EFFORTS: Final = ("repeats", "transfers", "switches", "retold", "menus_again", "abandoned")
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
    """The efforts of the rows; those of one person never reach into another's."""
    reading = _Reading(runs, definitions, rows, person)
    marks = np.zeros((len(person), len(EFFORTS)), dtype=np.uint8)
    marks[:, 0] = reading.repeats()
    marks[:, 1] = reading.transfers()
    marks[:, 2] = reading.switches()
    marks[:, 3] = reading.retold()
    marks[:, 4] = reading.menus_again()
    marks[:, 5] = reading.contact & reading.ended(Outcome.ABANDONED.value)
    return Efforts(marks=marks, open_until=reading.open_until())


class _Reading:
    """The columns that efforts are read from, and which rows follow which."""

    def __init__(
        self, runs: Runs, definitions: Definitions, rows: slice, person: np.ndarray
    ) -> None:
        self.runs, self.rows, self.person = runs, rows, person
        self.ts = np.asarray(runs.ts[rows])
        self.within_us = int(definitions.repeat_days * DAY_US)
        self.bot = holds(runs, "channel", definitions.bot_channels, rows)
        ours = holds(runs, "direction", _OURS, rows)
        contact = holds(runs, "kind", definitions.contact_kinds, rows)
        self.contact = contact & ~ours & ~self.bot
        self.met = (contact | holds(runs, "kind", (Kind.HANDOVER.value,), rows)) & ~self.bot

    def codes(self, column: str) -> np.ndarray:
        return np.asarray(self.runs.codes(column)[self.rows])

    def ended(self, *outcomes: str) -> Mask:
        return holds(self.runs, "outcome", outcomes, self.rows)

    def repeats(self) -> Mask:
        """Back for the same motive within the days set."""
        motive = self.codes("motive")
        before = self._before(self.contact & (motive >= 0), motive)
        return np.asarray((before >= 0) & (self.ts - self.ts[before] <= self.within_us))

    def transfers(self) -> Mask:
        passed_on = self.ended(Outcome.TRANSFERRED.value, Outcome.TRANSFER_FAILED.value)
        return self.met & passed_on

    def switches(self) -> Mask:
        """The same case, another channel than the contact before."""
        case, channel = self.codes("case_id"), self.codes("channel")
        before = self._before(self.contact & (case >= 0), case)
        return np.asarray((before >= 0) & (channel != channel[before]))

    def retold(self) -> Mask:
        """The same motive within the days set, another agent, and nobody had passed it on."""
        motive, agent = self.codes("motive"), self.codes("agent")
        before = self._before(self.met & (motive >= 0) & (agent >= 0), motive)
        near = (before >= 0) & (self.ts - self.ts[before] <= self.within_us)
        handed = self.ended(Outcome.TRANSFERRED.value)[before]
        return np.asarray(near & (agent != agent[before]) & ~handed)

    def menus_again(self) -> Mask:
        """A voice menu heard once more in the same case."""
        case = self.codes("case_id")
        heard = np.nan_to_num(np.asarray(self.runs.numbers("menus")[self.rows])) > 0
        return self._before(heard & (case >= 0), case) >= 0

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
