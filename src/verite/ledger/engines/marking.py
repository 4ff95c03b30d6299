"""The marks of effort: one pass over each person's interactions, in order of time.

docs/effort.md defines every mark; `effort_sql` says the same in SQL.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from verite.ledger.efforts import BITS, CONTACT, HANDOVER, MET, EffortRules
from verite.ledger.engines.lived import Columns, Lived, Sense, read_lived, read_sense
from verite.ledger.engines.remembering import find, forget, memory_for
from verite.ledger.timeline.threads import each, parts_of
from verite.ledger.timeline.timeline import Timeline
from verite.words.customer import Mark

_RETOLD, _REDONE = BITS[Mark.RETOLD], BITS[Mark.REDONE]
_SWITCHED, _MOVED = BITS[Mark.SWITCHED], BITS[Mark.MOVED]
_TRANSFERRED, _FAILED = BITS[Mark.TRANSFERRED], BITS[Mark.TRANSFER_FAILED]
_ABANDONED, _AGAIN = BITS[Mark.ABANDONED], BITS[Mark.MENU_AGAIN]
_NEVER, _REPEAT = BITS[Mark.NEVER_REACHED], BITS[Mark.REPEAT]
_MENU, _STEP, _OTHER, _GONE = 1 << 20, 1 << 21, 1 << 22, 1 << 23
_TALK = CONTACT | HANDOVER | _MENU | _OTHER
# What a memory holds.
_CASE, _SESSION, _TOLD, _HEARD, _DONE, _ASKED, _ANSWERED, _OPEN = range(8)


class State(NamedTuple):
    """What is known of each case of one person so far; numbers of rows, or -1."""

    times: NDArray[np.int64]  # [last row, last contact or handover] × case
    rows: NDArray[np.int64]  # [pending transfer, head of the episode] × case
    codes: NDArray[np.int64]  # [outcome of contact, channel, outcome there, menu, episode] × case


class Marked(NamedTuple):
    """Per row: its marks, the row of the contact or handover that it belongs to, the channel that
    it came from when it changes channel, its case.

    -1: none. Cases are numbered from 0 within each person; empty when not asked for.
    """

    marks: NDArray[np.int16]
    head: NDArray[np.int32]
    came: NDArray[np.int16]
    case: NDArray[np.int32]


def mark_rows(timeline: Timeline, rules: EffortRules) -> Marked:
    """The marks of every row of a timeline."""
    lived, sense = read_lived(timeline, slice(0, timeline.rows)), read_sense(timeline, rules)
    found = _empty(timeline.rows, cases=0)
    starts = timeline.starts
    each(lambda low, high: _part(starts[low : high + 1], lived, sense, found), parts_of(starts))
    found.marks[timeline.under_way()] &= ~_RETOLD  # when it is told again is known at the end
    return found


def mark_person(timeline: Timeline, rules: EffortRules, rows: slice) -> Marked:
    """The marks of the whole run of one person, with the case of each row; from 0."""
    lived = read_lived(timeline, rows)
    size = len(lived.ts)
    found = _empty(size, cases=size)
    _part(np.array([0, size], dtype=np.int64), lived, read_sense(timeline, rules), found)
    late = timeline.under_way()
    found.marks[late[(late >= rows.start) & (late < rows.stop)] - rows.start] &= ~_RETOLD
    return found


def mark_runs(
    timeline: Columns, rules: EffortRules, rows: slice, starts: NDArray[np.int64]
) -> Marked:
    """The marks of some whole runs; `starts` counts from the first of the rows."""
    found = _empty(rows.stop - rows.start, cases=0)
    _part(starts, read_lived(timeline, rows), read_sense(timeline, rules), found)
    return found


def _empty(rows: int, *, cases: int) -> Marked:
    return Marked(
        np.zeros(rows, np.int16),
        np.full(rows, -1, np.int32),
        np.full(rows, -1, np.int16),
        np.full(cases, -1, np.int32),
    )


def _part(starts: NDArray[np.int64], lived: Lived, sense: Sense, found: Marked) -> None:
    longest = int(np.diff(starts).max(initial=0))
    state = State(
        np.empty((2, longest), np.int64),
        np.empty((2, longest), np.int64),
        np.empty((5, longest), np.int64),
    )
    _people(starts, lived, sense, (memory_for(8 * longest), state), found)


@njit(nogil=True, cache=True)
def _people(starts, lived, sense, held, found):  # type: ignore[no-untyped-def]
    memory, state = held
    for run in range(len(starts) - 1):
        forget(memory)
        cases = 0
        for row in range(starts[run], starts[run + 1]):
            if lived.ts[row] >= sense.until_us:
                break
            nature = _nature(lived, sense, row)
            if nature == 0:
                continue
            case, cases = _case(lived, sense, row, (memory, state), cases)
            found.marks[row] |= nature & (CONTACT | HANDOVER | MET)
            if nature & (CONTACT | HANDOVER):
                _meet(lived, sense, (row, case, nature), held, found)
            if nature & _TALK:
                _talk(lived, sense, (row, case, nature), state, found)
            found.head[row] = state.rows[1, case]
            if len(found.case):
                found.case[row] = case
            if nature & _STEP:
                _ask(lived, sense, (row, case), held, found)
        for case in range(cases):
            _flush(lived, sense, case, state, found)


@njit(nogil=True, cache=True, inline="always")
def _nature(lived, sense, row):  # type: ignore[no-untyped-def]
    kind, outcome = lived.kind[row], lived.outcome[row]
    ours, bot = sense.ours[lived.direction[row]], sense.bot[lived.channel[row]]
    nature = 0
    if sense.contact[kind]:
        nature = _OTHER if ours or bot else CONTACT
    elif kind == sense.handover and not bot:
        nature = HANDOVER
    if lived.menus[row] >= 1 and not ours:
        nature |= _MENU
    if lived.step[row] >= 0:
        nature |= _STEP
    if nature & (CONTACT | HANDOVER):
        ended = outcome == sense.abandoned or outcome == sense.failed
        named = nature & CONTACT and lived.agent[row] >= 0
        if (lived.agent[row] >= 0 or lived.team[row] >= 0) and (named or not ended):
            nature |= MET
        if nature & CONTACT and outcome == sense.abandoned and lived.agent[row] < 0:
            nature |= _GONE
    return nature


@njit(nogil=True, cache=True, inline="always")
def _case(lived, sense, row, held, cases):  # type: ignore[no-untyped-def]
    """The case of a row: its own id, else its motive while it goes on, else itself alone."""
    memory, state = held
    place, known = -1, False
    if lived.case[row] >= 0:
        place, known = find(memory, _CASE, lived.case[row], 0)
    elif lived.motive[row] >= 0:
        place, known = find(memory, _SESSION, lived.motive[row], 0)
        if known:
            last = state.times[0, memory.values[place]]
            known = lived.ts[row] - last <= sense.repeat_us
    case = memory.values[place] if known else cases
    if not known:
        if place >= 0:
            memory.values[place] = case
        state.rows[:, case] = -1
        state.codes[:, case] = -1
        state.codes[4, case] = 0
        cases += 1
    state.times[0, case] = lived.ts[row]
    return case, cases


@njit(nogil=True, cache=True)
def _meet(lived, sense, at, held, found):  # type: ignore[no-untyped-def]
    memory, state = held
    row, case, nature = at
    ts, motive, outcome = lived.ts[row], lived.motive[row], lived.outcome[row]
    handed = (
        state.codes[0, case] == sense.transferred
        and ts - state.times[1, case] <= sense.handed_us
    )  # fmt: skip
    state.codes[4, case] += 1
    state.rows[1, case] = row
    first, heard = False, False
    if nature & MET:
        first = not find(memory, _TOLD, case * 2**31 + motive, _who(lived, sense, row))[1]
        heard = find(memory, _HEARD, case, motive)[1]
        _reached(lived, (row, case), memory, found)
    if nature & CONTACT:
        if first and heard and not handed:
            found.marks[row] |= _RETOLD
        if motive >= 0:
            _repeat(sense, (row, ts, motive), (nature, handed), memory, found)
        _flush(lived, sense, case, state, found)
        if nature & MET and (outcome == sense.transferred or outcome == sense.failed):
            state.rows[0, case] = row
    else:
        state.rows[0, case] = -1
        found.marks[row] |= _TRANSFERRED
        if outcome == sense.failed or outcome == sense.abandoned:
            found.marks[row] |= _FAILED
            _missed(lived, (row, case), memory, found)
    state.codes[0, case], state.times[1, case] = outcome, ts


@njit(nogil=True, cache=True, inline="always")
def _who(lived, sense, row):  # type: ignore[no-untyped-def]
    return lived.agent[row] if lived.agent[row] >= 0 else sense.agents + lived.team[row]


@njit(nogil=True, cache=True, inline="always")
def _repeat(sense, at, how, memory, found):  # type: ignore[no-untyped-def]
    row, ts, motive = at
    nature, handed = how
    place, known = find(memory, _ANSWERED, motive, 0)
    before = memory.values[place] if known else -1
    if before >= 0 and ts - before <= sense.repeat_us and not handed:
        found.marks[row] |= _REPEAT
    if not nature & _GONE:
        memory.values[place] = ts
    elif not known:
        memory.values[place] = -1


@njit(nogil=True, cache=True, inline="always")
def _missed(lived, at, memory, found):  # type: ignore[no-untyped-def]
    row, case = at
    place, known = find(memory, _OPEN, case, lived.team[row])
    if not known or memory.values[place] < 0:
        memory.values[place] = row
        found.marks[row] |= _NEVER


@njit(nogil=True, cache=True, inline="always")
def _reached(lived, at, memory, found):  # type: ignore[no-untyped-def]
    row, case = at
    place, known = find(memory, _OPEN, case, lived.team[row])
    if known and memory.values[place] >= 0:
        found.marks[memory.values[place]] &= ~_NEVER
    memory.values[place] = -1


@njit(nogil=True, cache=True, inline="always")
def _flush(lived, sense, case, state, found):  # type: ignore[no-untyped-def]
    """A contact passed on, with no row of the passing itself, is a transfer too."""
    row = state.rows[0, case]
    if row >= 0:
        found.marks[row] |= _TRANSFERRED
        if lived.outcome[row] == sense.failed:
            found.marks[row] |= _FAILED | _NEVER
        state.rows[0, case] = -1


@njit(nogil=True, cache=True, inline="always")
def _talk(lived, sense, at, state, found):  # type: ignore[no-untyped-def]
    row, case, nature = at
    channel, outcome = lived.channel[row], lived.outcome[row]
    if nature & _MENU:
        if state.codes[3, case] == 1:
            found.marks[row] |= _AGAIN
        state.codes[3, case] = 1
    if outcome == sense.abandoned and not sense.bot[channel] and nature & ~_OTHER & _TALK:
        found.marks[row] |= _ABANDONED
    if channel < 0:
        return
    if state.codes[1, case] >= 0 and state.codes[1, case] != channel:
        ours = sense.ours[lived.direction[row]] or nature & HANDOVER
        passed = state.codes[2, case] == sense.transferred
        found.marks[row] |= _MOVED if ours or passed else _SWITCHED
        found.came[row] = state.codes[1, case]
    state.codes[1, case], state.codes[2, case] = channel, outcome


@njit(nogil=True, cache=True, inline="always")
def _ask(lived, sense, at, held, found):  # type: ignore[no-untyped-def]
    memory, state = held
    row, case = at
    step, who = np.int64(lived.step[row]), -1
    if lived.agent[row] >= 0 or lived.team[row] >= 0:
        who = _who(lived, sense, row)
    turn = state.codes[4, case] * 2**31 + who
    first = not find(memory, _ASKED, case * 2**31 + step, turn)[1]
    place, known = find(memory, _DONE, case, step)
    if first and known and memory.values[place] == 1:
        found.marks[row] |= _REDONE
    if lived.outcome[row] != sense.abandoned:
        memory.values[place] = 1
    elif not known:
        memory.values[place] = 0
