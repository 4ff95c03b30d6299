"""The cause of loyalty: a running feeling, with memory and a long face, and who leaves by it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from verite.demo.clock import DAY_S, DAYS, YEAR_S, Floats, Ints, day_of
from verite.demo.people import People
from verite.demo.planted import PLANTED
from verite.demo.rows import Rows, rows
from verite.demo.vocabulary import code

WEEKS: Final = DAYS // 7 + 1
_SPAN: Final = 2 * YEAR_S
_HALF_LIFE_S: Final = PLANTED.memory.half_life_days * DAY_S
_OTHERWISE_A_WEEK: Final = {"move": 0.00055, "death": 0.00006, "non_payment": 0.0003}


@dataclass(frozen=True, slots=True, kw_only=True)
class Losses:
    """When each customer left (never = a year and more), why, and the rows that say so."""

    left_at: Ints
    part: Rows


def felt(lived: Rows) -> Floats:
    """What each contact adds to the running feeling: the bad weighs more than the good."""
    valence = lived.real("valence")
    good = np.maximum(valence, 0) + PLANTED.memory.asymmetry * np.minimum(valence, 0)
    return np.asarray(good * lived.real("weight"))


def feeling_at(lived: Rows, person: Ints, t: Ints) -> Floats:
    """The running feeling of each person just before each moment t, F(t) of `Memory`.

    >>> one = rows(np.array([0]), np.array([0]), {"valence": 1.0, "weight": 2.0})
    >>> float(feeling_at(one, np.array([0]), np.array([45 * DAY_S]))[0])
    1.0
    """
    return recall(remember(lived), person, t)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """What was felt, sorted by person and time, summed with the growth that undoes the decay."""

    keys: Ints
    total: Floats


def remember(lived: Rows) -> Remembered:
    """The contacts of known persons that leave something."""
    known = np.flatnonzero((lived.person >= 0) & (lived.real("weight") > 0))
    keys = lived.person[known] * _SPAN + lived.t[known]
    order = np.argsort(keys, kind="stable")
    grown = (felt(lived)[known] * 2.0 ** (lived.t[known] / _HALF_LIFE_S))[order]
    return Remembered(keys=keys[order], total=np.concatenate([[0.0], np.cumsum(grown)]))


def recall(memory: Remembered, person: Ints, t: Ints) -> Floats:
    """The running feeling of each person just before each moment t."""
    until = np.searchsorted(memory.keys, person * _SPAN + t, side="left")
    since = np.searchsorted(memory.keys, person * _SPAN, side="left")
    return np.asarray((memory.total[until] - memory.total[since]) * 2.0 ** (-t / _HALF_LIFE_S))


def leave(rng: np.random.Generator, people: People, lived: Rows) -> Losses:
    """Week by week, who leaves: by the running feeling, by the rise, or by life itself."""
    n = len(people)
    left_at = np.full(n, 2 * YEAR_S, dtype=np.int64)
    motive = np.full(n, -1, dtype=np.int64)
    memory = remember(lived)
    for week in range(WEEKS):
        here = (left_at > YEAR_S) & ((people.joined < 0) | (people.joined + 21 < week * 7))
        here[people.golden] = False
        otherwise = [np.full(n, chance) for chance in _OTHERWISE_A_WEEK.values()]
        chances = [_voluntary(people, memory, week), *otherwise]
        drawn = rng.random(n)
        day = week * 7 + rng.integers(0, 7, n)
        floor = np.zeros(n)
        for name, chance in zip(("voluntary", *_OTHERWISE_A_WEEK), chances, strict=True):
            ceiling = np.asarray(floor + chance)
            goes = here & (drawn >= floor) & (drawn < ceiling) & (day < DAYS)
            left_at[goes] = day[goes] * DAY_S + rng.integers(8 * 3600, 19 * 3600, goes.sum())
            motive[goes] = code("motive", name)
            floor = ceiling
    return Losses(left_at=left_at, part=_terminations(rng, left_at, motive))


def _voluntary(people: People, memory: Remembered, week: int) -> Floats:
    """The chance of each customer to leave by choice in a week, by the law of `Leaving`."""
    law, n = PLANTED.leaving, len(people)
    monday = np.full(n, week * 7 * DAY_S, dtype=np.int64)
    since_rise = week - day_of(PLANTED.price_rise.told) // 7
    told = people.told_of_rise.astype(np.float64) * (1 <= since_rise <= 8)
    feeling = recall(memory, np.arange(n, dtype=np.int64), monday)
    pro = people.is_pro.astype(np.float64)
    logit: Floats = law.level - law.feeling * feeling + law.price * told + law.pro * pro
    return np.asarray(1 / (1 + np.exp(-logit)))


def _terminations(rng: np.random.Generator, left_at: Ints, motive: Ints) -> Rows:
    who = np.flatnonzero(left_at < YEAR_S)
    codes = [code("channel", name) for name in ("web", "phone", "post")]
    says_why = (rng.random(len(who)) < 0.25) & (motive[who] == code("motive", "voluntary"))
    return rows(who, left_at[who], {
        "channel": rng.choice(codes, len(who), p=(0.45, 0.35, 0.2)), "touchpoint": "termination",
        "kind": "other", "direction": "inbound", "motive": motive[who], "case_kind": "end",
        "case": who, "outcome": "done", "identity": "user", "source": "billing",
        "text": np.where(says_why, 1, -1), "valence": 0.0})  # fmt: skip
