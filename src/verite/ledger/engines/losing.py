"""The time that repetition costs, told apart by kind so that the parts add up to the whole."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from verite.ledger.efforts import (
    ALL,
    BITS,
    CONTACT,
    HANDOVER,
    LOST,
    WRITTEN,
    EffortRules,
    Losses,
    Lost,
)
from verite.ledger.engines.counting import Groups, group_rows, tally_rows
from verite.ledger.engines.marking import Marked, mark_rows
from verite.ledger.port import Group
from verite.ledger.timeline.pick import among
from verite.ledger.timeline.timeline import Timeline
from verite.words.asked import Filters
from verite.words.customer import Mark
from verite.words.journey import ChannelSwitch as Switch

Floats = NDArray[np.float64]
_ANY = sum(BITS.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class LostRows:
    """The interactions that bear a mark, and the seconds that each kind of loss took there.

    `spent` is the customer's time, `paid` the part of it that an agent was paid for.
    """

    rows: NDArray[np.int64]
    marks: NDArray[np.int16]
    came: NDArray[np.int16]
    spent: dict[Mark, Floats]
    paid: dict[Mark, Floats]

    def bearing(self, mark: Mark | None) -> NDArray[np.bool_]:
        """Which of them bear a mark; nothing asks for any loss."""
        bits = LOST if mark is None else BITS[mark]
        return np.asarray((self.marks & bits) > 0)


def lost_rows(timeline: Timeline, rules: EffortRules) -> LostRows:
    """Every marked interaction with what was lost there."""
    marked = mark_rows(timeline, rules)
    rows = np.flatnonzero(marked.marks & _ANY)
    talk, wait = timeline.numbers("duration_s")[rows], timeline.waited()[rows]
    wait = np.where(_is_written(timeline)[rows], 0.0, np.nan_to_num(wait))
    return _seconds(marked, rows, (talk, wait), (timeline, rules))


def tally_losses(
    timeline: Timeline, lost: LostRows, *, by: tuple[str, ...], where: Filters
) -> Losses:
    """Seconds lost by kind and group, with what their variance by person needs."""
    groups = group_rows(timeline, by)
    codes = groups.codes[lost.rows] if len(groups.codes) else groups.codes
    here = Groups(codes=codes, labels=groups.labels)
    starts = np.searchsorted(lost.rows, timeline.starts)
    kept = timeline.rows_of(where)[lost.rows]

    def tallied(mask: NDArray[np.bool_], spent: Floats, paid: Floats) -> dict[Group, Lost]:
        spends = tally_rows(starts, here, mask & kept, spent)
        pays = tally_rows(starts, here, mask & kept, paid)
        return {group: Lost(spent=spends[group], paid=pays[group]) for group in spends}

    nothing = np.zeros(len(lost.rows))
    found = {
        mark.value: tallied(
            lost.bearing(mark), lost.spent.get(mark, nothing), lost.paid.get(mark, nothing)
        )
        for mark in BITS
    }
    spent, paid = sum(lost.spent.values(), nothing), sum(lost.paid.values(), nothing)
    return {**found, ALL: tallied(lost.bearing(None), spent, paid)}


def count_switches(timeline: Timeline, lost: LostRows, where: Filters) -> tuple[Switch, ...]:
    """Changes of channel within a case by pair, most frequent first, and by whose doing."""
    kept = timeline.rows_of(where)[lost.rows] & (lost.came >= 0)
    target = np.asarray(timeline.codes("channel")[lost.rows])[kept]
    labels = timeline.labels("channel")
    pairs = lost.came[kept].astype(np.int64) * max(1, len(labels)) + target
    theirs = lost.bearing(Mark.SWITCHED)[kept]
    found, place = np.unique(pairs, return_inverse=True)
    counts, came = np.bincount(place), np.bincount(place, weights=theirs)
    person = np.searchsorted(timeline.starts, lost.rows[kept], side="right") - 1
    people = _distinct(place, person, len(found))
    switches = [
        Switch(
            source=labels[int(pair) // len(labels)],
            target=labels[int(pair) % len(labels)],
            count=int(counts[i]),
            people=int(people[i]),
            by_customer=int(came[i]),
        )
        for i, pair in enumerate(found)
    ]
    return tuple(sorted(switches, key=lambda s: (-s.count, s.source, s.target)))


def _distinct(
    group: NDArray[np.int64], person: NDArray[np.int64], groups: int
) -> NDArray[np.int64]:
    """How many people in each group."""
    each = 1 + int(person.max(initial=0))
    once = np.unique(group * each + person) // each
    return np.asarray(np.bincount(once, minlength=groups))


def _is_written(timeline: Timeline) -> NDArray[np.bool_]:
    return among(timeline, "channel", WRITTEN)


def _seconds(
    marked: Marked,
    rows: NDArray[np.int64],
    times: tuple[Floats, Floats],
    asked: tuple[Timeline, EffortRules],
) -> LostRows:
    """Telling again and doing again are parts of a contact; a repeat is what is left of it."""
    (talk, wait), (timeline, rules) = times, asked
    marks, known = marked.marks[rows], np.nan_to_num(talk)

    def bears(bits: int) -> Floats:
        return np.asarray((marks & bits) > 0, dtype=np.float64)

    retold = bears(BITS[Mark.RETOLD]) * np.fmin(rules.retell_s, talk)
    redone, taken = _redone(marked, rows, timeline, rules)
    rest = np.where(np.isnan(talk), 0.0, known - retold - taken)
    again = bears(BITS[Mark.REPEAT]) * rest
    passed = bears(BITS[Mark.TRANSFER_FAILED]) * bears(HANDOVER)
    menu = bears(BITS[Mark.MENU_AGAIN]) * (1.0 - bears(CONTACT | HANDOVER)) * known
    return LostRows(
        rows=rows,
        marks=marks,
        came=marked.came[rows],
        spent={
            Mark.REPEAT: again + bears(BITS[Mark.REPEAT]) * wait,
            Mark.RETOLD: retold,
            Mark.REDONE: redone,
            Mark.TRANSFER_FAILED: passed * (known + wait),
            Mark.MENU_AGAIN: menu,
        },
        paid={
            Mark.REPEAT: again,
            Mark.RETOLD: retold,
            Mark.REDONE: redone,
            Mark.TRANSFER_FAILED: passed * known,
        },
    )


def _redone(
    marked: Marked, rows: NDArray[np.int64], timeline: Timeline, rules: EffortRules
) -> tuple[Floats, Floats]:
    """Seconds per step redone, within the contact it belongs to; and those taken by contact."""
    each, taken = np.zeros(len(rows)), np.zeros(len(rows))
    steps = np.flatnonzero(marked.marks[rows] & BITS[Mark.REDONE])
    if len(steps) == 0:
        return each, taken
    each[steps] = rules.redo_s
    heads = marked.head[rows[steps]].astype(np.int64)
    inside = heads >= 0
    found, place, counts = np.unique(heads[inside], return_inverse=True, return_counts=True)
    talk = np.asarray(timeline.numbers("duration_s")[found])
    told = (marked.marks[found] & BITS[Mark.RETOLD]) > 0
    room = talk - np.where(told, np.fmin(rules.retell_s, talk), 0.0)
    share = np.fmin(rules.redo_s, room / counts)  # a contact of unknown length bounds nothing
    each[steps[inside]] = share[place]
    at = np.searchsorted(rows, found)
    there = (at < len(rows)) & (rows[np.minimum(at, len(rows) - 1)] == found)
    taken[at[there]] = (share * counts)[there]
    return each, taken
