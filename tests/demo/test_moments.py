"""Clairvoie's three planted moments are found, with their kinds, and nothing else is declared."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from verite.demo import PLANTED
from verite.demo.clock import DAY_S, YEAR_S
from verite.demo.loyalty import feeling_at
from verite.demo.vocabulary import code
from verite.demo.year import Year
from verite.home import Home
from verite.words.moments import Aim, Moment, MomentKind, Moments, MomentsAsked

Numbers = npt.NDArray[np.float64]
DAYS = MomentsAsked().before_days
MOMENTS = (PLANTED.friction, PLANTED.delight, PLANTED.disproportionate)


@pytest.fixture(scope="module")
def study(lived: Home) -> Moments:
    """Of all the files: orders, on the web, tie the identities of those who join."""
    return lived.moments(outcome="nps").result


def row(study: Moments, name: str) -> Moment:
    return next(row for row in study.rows if row.touchpoint == name)


def test_the_three_planted_moments_are_declared_and_nothing_else(study: Moments) -> None:
    assert {found.touchpoint for found in study.declared} == set(MOMENTS)


def test_they_are_of_the_right_kind(study: Moments) -> None:
    assert row(study, PLANTED.friction).kind is MomentKind.FRICTION
    assert row(study, PLANTED.delight).kind in {MomentKind.DELIGHT, MomentKind.BOTH}
    assert row(study, PLANTED.disproportionate).kind is MomentKind.FRICTION


def test_they_come_first_and_are_tied_or_told_apart_honestly(study: Moments) -> None:
    assert {found.touchpoint for found in study.rows[:3]} == set(MOMENTS)
    assert all(row(study, name).rank_high <= 3 for name in MOMENTS)


def test_the_rare_one_stands_out_by_disproportion(study: Moments) -> None:
    most = max(study.rows, key=lambda found: found.disproportion)
    assert most.touchpoint == PLANTED.disproportionate
    assert most.disproportion > 20


def test_each_has_words(study: Moments) -> None:
    assert all(row(study, name).quotes for name in MOMENTS)


@pytest.mark.parametrize("name", MOMENTS)
def test_its_interval_holds_the_planted_value(study: Moments, year: Year, name: str) -> None:
    """Points at stake by the law itself: the answer expected of each customer who answered, with
    what the touchpoint took (or gave) and without."""
    found = row(study, name)
    sign = 1 if found.aim is Aim.KEEP else -1
    assert found.points.low < planted_points(year, name, sign) < found.points.high


def planted_points(year: Year, name: str, sign: int) -> float:
    lived, law = year.lived, PLANTED.answering
    here = (lived.whole("metric") == code("metric", "nps")) & (lived.whole("touchpoint") < 0)
    person, t = lived.person[here], lived.t[here]
    level = law.level + law.temper * year.people.temper[person]
    level += law.feeling * feeling_at(lived, person, t)
    part = law.feeling * left(year, (person, t), name, sign)
    return float(np.abs(expected(level) - expected(level - part)).mean())


def left(year: Year, at: tuple[Numbers, Numbers], name: str, sign: int) -> Numbers:
    """What the good (1) or bad (-1) contacts of a touchpoint left, of the days that are read."""
    lived, (person, t) = year.lived, at
    valence = lived.real("valence")
    rows = np.flatnonzero(
        (lived.person >= 0)
        & (lived.whole("touchpoint") == code("touchpoint", name))
        & (sign * valence > 0)
    )
    keys = lived.person[rows] * 2 * YEAR_S + lived.t[rows]
    order = np.argsort(keys)
    weight = 1.0 if sign > 0 else PLANTED.memory.asymmetry
    days = PLANTED.memory.half_life_days * DAY_S
    grown = weight * (valence * lived.real("weight"))[rows] * 2.0 ** (lived.t[rows] / days)
    total = np.concatenate([[0.0], np.cumsum(grown[order])])
    until = np.searchsorted(keys[order], person * 2 * YEAR_S + t)
    start = np.maximum(t - DAYS * DAY_S, 0)
    since = np.searchsorted(keys[order], person * 2 * YEAR_S + start)
    return np.asarray((total[until] - total[since]) * 2.0 ** (-t / days))


def expected(level: Numbers) -> Numbers:
    """100 × (P(9 or 10) − P(0 to 6)) of the rounded answer."""
    from scipy.special import ndtr

    noise = PLANTED.answering.noise
    return np.asarray(100.0 * (ndtr((level - 8.5) / noise) - ndtr((6.5 - level) / noise)))
