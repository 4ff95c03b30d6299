"""What was so before the exposure: circumstances, and everything lived up to the day before it.

Nothing of the same day: what led there within hours belongs to what is looked at. Nothing after.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numba import njit

from verite.loop.moments.answers import Answers
from verite.loop.moments.circumstances import circumstances
from verite.loop.moments.exposed import Exposure
from verite.loop.moments.lived import DAY_US, Lived, through
from verite.loop.moments.port import Floats, Ints, Reading
from verite.measure.feeling.valence import TOGETHER_US
from verite.words.moments import CHURN, REPEAT, REPURCHASE, MomentsAsked

NEUTRAL: Final = 5.0
SAME_DAY: Final = DAY_US  # what led there on that day belongs to it
MET_LEAST: Final = 20  # lines: a touchpoint met by fewer is in the totals only
# After the touchpoints: what everybody has.
TOTALS: Final = ("contacts", "since_last", "since_first", "felt", "felt_last", "own_before", "own")


@dataclass(frozen=True, slots=True, kw_only=True)
class Beforehand:
    """Columns known at the exposure, what each is, and what they hold alike."""

    columns: Floats
    of: tuple[str, ...]
    names: tuple[str, ...]


def beforehand(
    reading: Reading, asked: MomentsAsked, told: tuple[Answers, Lived, Exposure], own: int
) -> Beforehand:
    """Segments and month, the wait from exposure to answer, and what was lived in as many days
    before the exposure as are read before an answer: every touchpoint (met, and how it went), how
    many contacts, how they went, and all that was ever lived at the touchpoint `own`."""
    answers, lived, exposure = told
    until, looked = _look_back(reading, asked, told, own)
    held = circumstances(reading, answers, until)
    columns, of = [held.columns], list(held.of)
    wait = (answers.at - exposure.since) / DAY_US
    columns.append(np.column_stack([exposure.since / DAY_US, wait]))
    of += ["when", "wait"]
    met, names = _met_of(looked[:, : len(lived.names)], lived.names)
    columns += [met, looked[:, len(lived.names) :]]
    of += [*names, *TOTALS]
    whole = np.column_stack(columns)
    varies = whole.std(axis=0) > 1e-9
    return Beforehand(
        columns=whole[:, varies],
        of=tuple(name for name, kept in zip(of, varies, strict=True) if kept),
        names=("lived_before", *held.names),
    )


def _met_of(level: Floats, names: Sequence[str]) -> tuple[Floats, list[str]]:
    """Met or not, and how it went from neither good nor bad (0 for who did not meet it)."""
    columns, of = [np.empty((len(level), 0))], []
    for place, name in enumerate(names):
        met = ~np.isnan(level[:, place])
        if met.sum() >= MET_LEAST:
            felt = np.where(met, level[:, place] - NEUTRAL, 0.0)
            columns.append(np.column_stack([met.astype(np.float64), felt]))
            of += [f"met:{name}", f"level:{name}"]
    return np.column_stack(columns), of


def _look_back(
    reading: Reading, asked: MomentsAsked, told: tuple[Answers, Lived, Exposure], own: int
) -> tuple[Ints, Floats]:
    """Of each line the first row not read, and what was lived before it."""
    answers, lived, exposure = told
    timeline, felt = reading.timeline, reading.felt
    touchpoint = np.asarray(timeline.codes("touchpoint"))
    place = np.full(len(timeline.labels("touchpoint")) + 1, -1, dtype=np.int64)
    place[list(lived.codes)] = np.arange(len(lived.codes))
    read = ~answers.barred & through(reading, asked.where)
    column = np.where(read & (felt.weight > 0), place[touchpoint], -1)
    looked = np.full((len(answers.at), len(lived.names) + len(TOTALS)), np.nan)
    until = np.zeros(len(answers.at), dtype=np.int64)
    rows = (np.asarray(timeline.ts), column, read, 5.0 + 5.0 * felt.valence, felt.weight)
    lines = (answers.person, exposure.since - SAME_DAY, np.asarray(timeline.starts))
    _look(lines, rows, (asked.before_days * DAY_US, lived.codes.index(own)), (until, looked))
    return until, looked


@njit(nogil=True, cache=True)
def _look(lines, rows, asked, found):  # type: ignore[no-untyped-def]
    """Rows before the exposure only; the days read count back from it, the own ones from ever."""
    person, since, starts = lines
    ts, column, read, level, weight = rows
    reach, own = asked
    until, looked = found
    places = looked.shape[1] - 7
    sums, weights = np.zeros(places), np.zeros(places)
    for line in range(len(person)):
        sums[:], weights[:] = 0.0, 0.0
        row, end = starts[person[line]], starts[person[line] + 1]
        first = row
        contacts, last, felt_last = 0.0, -1, 5.0
        times, own_sum = 0.0, 0.0
        while row < end and ts[row] < since[line]:
            place = column[row]
            if place == own:
                times += weight[row]
                own_sum += weight[row] * level[row]
            if read[row]:
                last = ts[row]
                if ts[row] >= since[line] - reach:
                    contacts += 1.0
                    if place >= 0:
                        sums[place] += weight[row] * level[row]
                        weights[place] += weight[row]
                        felt_last = level[row]
            row += 1
        until[line] = row
        for place in range(places):
            if weights[place] > 0.0:
                looked[line, place] = sums[place] / weights[place]
        gone = reach if last < 0 else min(since[line] - last, reach)
        known = max(since[line] - ts[first], 0) if first < end else 0
        total = weights.sum()
        felt = sums.sum() / total if total > 0.0 else 5.0
        own_felt = own_sum / times if times > 0.0 else 5.0
        days = (gone / 86_400e6, known / 86_400e6)
        _note(looked[line, places:], (contacts, *days), (felt, felt_last, times, own_felt))


@njit(nogil=True, cache=True)
def _note(into, counted, felt):  # type: ignore[no-untyped-def]
    """The totals of a line, in their order."""
    for place in range(3):
        into[place] = counted[place]
    for place in range(4):
        into[3 + place] = felt[place]


def answered_before(reading: Reading, everything: Answers, told: tuple[Answers, Ints]) -> Ints:
    """Of each line the place, among all the answers, of the last one of the same person that was
    wholly known before the exposure; −1 for none."""
    answers, since = told
    days = {CHURN: reading.settings.outcome_days, REPURCHASE: reading.settings.outcome_days,
            REPEAT: reading.definitions.repeat_days}.get(everything.outcome, 0)  # fmt: skip
    ended = everything.at + TOGETHER_US + int(days * DAY_US)
    found = np.full(len(answers.at), -1, dtype=np.int64)
    _last((answers.person, since), (everything.person, ended), found)
    return found


@njit(nogil=True, cache=True)
def _last(lines, known, found):  # type: ignore[no-untyped-def]
    person, since = lines
    people, ended = known
    for line in range(len(person)):
        place = np.searchsorted(people, person[line], side="right") - 1
        while place >= 0 and people[place] == person[line]:
            if ended[place] < since[line]:
                found[line] = place
                break
            place -= 1
