"""Outcomes: who was at risk at each date, and what came within the days asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from verite.measure.customers import losses
from verite.measure.definitions import Definitions
from verite.measure.feeling.port import Floats, Ints, Mask, Runs, holds
from verite.measure.feeling.traces import Traces
from verite.words.feeling import FeelingAsked, FeelingOutcome
from verite.words.interaction import Kind

DAY_US: Final = 86_400_000_000
STEP_DAYS: Final = 30  # between two dates, or the days asked when fewer
BEFORE_DAYS: Final = 60  # of history before the first date, or a quarter of it all
LOW_SCORE: Final = 0.2  # 6 of 0-10, 3 of 1-5, once on [−1, 1]: detractors, and the not satisfied
LINES_AT_MOST: Final = 60_000  # person-periods with, and without the outcome; beyond: sampled
HELD_AT_MOST: Final = 4_000_000  # person-periods looked at; beyond, people are sampled
SEED: Final = 20_260_101
NEVER: Final = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True, kw_only=True)
class Periods:
    """Person-periods sorted by (person, date): person, date, and whether the outcome came."""

    person: Ints  # places in `persons`
    date: Ints  # places in `dates`
    came: Mask
    weight: Floats  # how many person-periods each one stands for
    dates: Ints  # UTC microseconds
    days: int
    left_otherwise: int
    sampled: float  # share of the person-periods without the outcome that was kept, 1 = all


@dataclass(frozen=True, slots=True, kw_only=True)
class Lives:
    """Per person: since when a customer, until when, and whether by choice."""

    since: Ints
    until: Ints
    by_choice: Mask


@dataclass(frozen=True, slots=True, kw_only=True)
class _AtRisk:
    """Whom to look at, at which dates."""

    lives: Lives
    dates: Ints
    days: int
    kept: Mask  # people
    share: float  # of people


def dates_of(first: int, until: int, days: int) -> Ints:
    """Dates back from the last one that leaves room for the outcome."""
    step, room = min(days, STEP_DAYS) * DAY_US, days * DAY_US
    start = first + min(BEFORE_DAYS * DAY_US, (until - first) // 4)
    count = max((until - room - start) // step + 1, 0)
    return np.asarray(until - room - step * np.arange(count)[::-1], dtype=np.int64)


def periods_of(
    runs: Runs, definitions: Definitions, asked: FeelingAsked, felt: Traces, until: int
) -> Periods:
    """Every person at risk at every date, and whether the outcome came within the days asked."""
    dates = dates_of(int(runs.ts.min()) if runs.rows else until, until, asked.days)
    lives = lives_of(runs, definitions, anyone=asked.outcome is FeelingOutcome.SCORE)
    risk = _look_at(lives, dates, asked.days)
    if asked.outcome is FeelingOutcome.SCORE:
        return _scores(runs, felt, risk)
    if asked.outcome is FeelingOutcome.REPURCHASE:
        return _repurchases(runs, risk)
    return _losses(risk)


def _look_at(lives: Lives, dates: Ints, days: int) -> _AtRisk:
    """Everyone, or as many people drawn at random as can be held at once."""
    lines = sum(int(((lives.since < at) & (lives.until >= at)).sum()) for at in dates.tolist())
    share = min(1.0, HELD_AT_MOST / max(lines, 1))
    kept = np.random.default_rng(SEED).random(len(lives.since)) < share
    return _AtRisk(lives=lives, dates=dates, days=days, kept=kept, share=share)


def lives_of(runs: Runs, definitions: Definitions, *, anyone: bool) -> Lives:
    """Customers from their first purchase, delivery or use, until a loss is told.

    Where nothing tells a customer, or when anyone may be asked: from their first contact.
    """
    customer = holds(runs, "kind", definitions.customer_kinds, slice(0, runs.rows))
    rows = np.arange(runs.rows) if anyone or not customer.any() else np.flatnonzero(customer)
    since = _firsts(runs, rows)
    lost, chosen = losses(runs, definitions)
    rows = np.flatnonzero(lost)
    until = _firsts(runs, rows)
    person = _person(runs, rows)
    by_choice = np.zeros(runs.people, dtype=np.bool_)
    first = until[person] == runs.ts[rows]
    by_choice[person[first & chosen[rows]]] = True
    return Lives(since=since, until=until, by_choice=by_choice)


def _losses(risk: _AtRisk) -> Periods:
    person, date = _at_risk(risk)
    gone = risk.lives.until[person] < risk.dates[date] + risk.days * DAY_US
    came = gone & risk.lives.by_choice[person]
    return _periods(risk, (person, date, came), apart=gone & ~came)


def _repurchases(runs: Runs, risk: _AtRisk) -> Periods:
    """No purchase within the days asked, of those who had bought; a loss by choice is one."""
    rows = np.flatnonzero(holds(runs, "kind", (Kind.PURCHASE.value,), slice(0, runs.rows)))
    person, date = _at_risk(risk)
    bought = _firsts(runs, rows)[person] < risk.dates[date]
    person, date = person[bought], date[bought]
    until = risk.dates[date] + risk.days * DAY_US
    came = ~(_next_row(runs, rows, person, risk.dates[date])[0] < until)
    apart = (risk.lives.until[person] < until) & ~risk.lives.by_choice[person] & came
    return _periods(risk, (person, date, came), apart=apart)


def _scores(runs: Runs, felt: Traces, risk: _AtRisk) -> Periods:
    """A low next score, of those who gave one within the days asked."""
    rows = scored_rows(runs, felt)
    person, date = _at_risk(risk)
    following, which = _next_row(runs, rows, person, risk.dates[date])
    answered = following < risk.dates[date] + risk.days * DAY_US
    low = felt.valence[which] <= LOW_SCORE + 1e-9
    kept = person[answered], date[answered], low[answered]
    return _periods(risk, kept, apart=np.zeros(int(answered.sum()), dtype=np.bool_))


def scored_rows(runs: Runs, felt: Traces) -> Ints:
    """Answers about the brand (NPS without a touchpoint), else any NPS, else any score."""
    everything = slice(0, runs.rows)
    nps = felt.said & holds(runs, "metric", ("nps",), everything)
    relational = nps & (np.asarray(runs.codes("touchpoint")) < 0)
    for found in (relational, nps):
        if found.any():
            return np.flatnonzero(found)
    return np.flatnonzero(felt.said)


def _at_risk(risk: _AtRisk) -> tuple[Ints, Ints]:
    people = np.flatnonzero(risk.kept)
    since, until = risk.lives.since[people, None], risk.lives.until[people, None]
    place, date = np.nonzero((since < risk.dates) & (until >= risk.dates))
    return people[place], date


def _periods(risk: _AtRisk, found: tuple[Ints, Ints, Mask], *, apart: Mask) -> Periods:
    """All of those to whom it happened, and as many of the others as are worth counting: each
    line kept stands for those left out (Breslow 1996, case-cohort)."""
    came = found[2]
    here = np.array([(came & ~apart).sum(), (~came & ~apart).sum()])
    shares = np.minimum(1.0, LINES_AT_MOST / np.maximum(here, 1))
    share = np.where(came, shares[0], shares[1])
    kept = ~apart & (np.random.default_rng(SEED + 1).random(len(came)) < share)
    return Periods(
        person=found[0][kept], date=found[1][kept], came=came[kept],
        weight=1.0 / (share[kept] * risk.share), dates=risk.dates, days=risk.days,
        left_otherwise=int(apart.sum()), sampled=float(shares[1] * risk.share),
    )  # fmt: skip


def _person(runs: Runs, rows: Ints) -> Ints:
    return np.asarray(np.searchsorted(runs.starts, rows, side="right") - 1)


def _firsts(runs: Runs, rows: Ints) -> Ints:
    """Per person the time of the first of these rows."""
    first = np.full(runs.people, NEVER, dtype=np.int64)
    person = _person(runs, rows)
    first[person[::-1]] = runs.ts[rows[::-1]]
    return first


def _next_row(runs: Runs, rows: Ints, person: Ints, at: Ints) -> tuple[Ints, Ints]:
    """The time and the row of the first of these rows at or after each date; NEVER for none."""
    if len(rows) == 0:
        return np.full(len(at), NEVER), np.zeros(len(at), dtype=np.int64)
    origin = int(runs.ts.min())
    span = (max(int(runs.ts.max()), int(at.max(initial=0))) - origin) // 1000 + 2
    keys = _person(runs, rows) * span + (runs.ts[rows] - origin) // 1000
    place = np.searchsorted(keys, person * span + -(-(at - origin) // 1000))
    inside = np.minimum(place, len(rows) - 1)
    same = (place < len(rows)) & (_person(runs, rows)[inside] == person)
    which = rows[inside]
    return np.where(same, runs.ts[which], NEVER), which
