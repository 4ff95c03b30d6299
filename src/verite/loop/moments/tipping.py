"""Tipping points: what was met between a good answer and a low one, against those who stayed."""

from __future__ import annotations

from dataclasses import dataclass
from math import erfc, exp, sqrt
from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from verite.loop.moments.curves import people_of
from verite.loop.moments.lived import through
from verite.loop.moments.model import Model
from verite.loop.moments.port import Floats, Ints, Mask, Reading
from verite.loop.moments.settings import MomentsSettings
from verite.loop.moments.strata import strata_of
from verite.measure.feeling.valence import TOGETHER_US
from verite.stats.families import believed
from verite.stats.intervals import LEVEL, normal_quantile
from verite.stats.odds import common_odds
from verite.words.asked import Filters
from verite.words.moments import Ranged, Tipping

MET_LEAST: Final = 10  # pairs with the touchpoint in between
HIDDEN: Final = 5
HALF: Final = 0.5
GOOD_SHARE, LOW_SHARE = 0.8, 0.6  # of the scale: promoters and detractors, and their like


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """Successive answers of one person, the first one good: whose, whether the later one is low,
    which touchpoints of the model (columns) were met between the two, and how long that was."""

    person: Ints
    tipped: Mask
    met: Mask
    gap: Ints  # microseconds between the two


@dataclass(frozen=True, slots=True, kw_only=True)
class _Odds:
    """The log odds ratio of one touchpoint, its error, the people who met it on each side, and
    their shares, strata weighing as in the ratio."""

    value: float
    error: float
    n_tipped: int
    n_stayed: int
    share_tipped: float
    share_stayed: float

    @property
    def p(self) -> float:
        return erfc(abs(self.value) / self.error / sqrt(2.0))


def pairs_of(reading: Reading, model: Model, where: Filters) -> Pairs:
    """Good answers that another one of the same person followed. What happened within the hour of
    the first answer belongs to it; the time looked at is between the two, however long."""
    answers = model.answers
    order = np.lexsort((answers.at, answers.person))
    same = answers.person[order][1:] == answers.person[order][:-1]
    first, later = order[:-1][same], order[1:][same]
    level = _level(answers.y)
    good = level[first] >= GOOD_SHARE
    first, later = first[good], later[good]
    return Pairs(
        person=answers.person[later], tipped=level[later] <= LOW_SHARE - 1e-9,
        met=_met_between(reading, model, (first, later), where),
        gap=answers.at[later] - answers.at[first],
    )  # fmt: skip


def _level(y: Floats) -> Floats:
    low, high = float(y.min()), float(y.max())
    return np.asarray((y - low) / (high - low))


def _met_between(
    reading: Reading, model: Model, pair: tuple[Ints, Ints], where: Filters
) -> NDArray[np.bool_]:
    timeline, answers, (first, later) = reading.timeline, model.answers, pair
    names = [one.name for one in model.touchpoints]
    labels = [*timeline.labels("touchpoint"), ""]
    place = np.array([names.index(x) if x in names else -1 for x in labels], dtype=np.int32)
    counted = (reading.felt.weight > 0) & ~answers.barred & through(reading, where)
    column = np.where(counted, place[np.asarray(timeline.codes("touchpoint"))], -1)
    met = np.zeros((len(first), len(names)), dtype=np.bool_)
    after = answers.at[first] + TOGETHER_US
    lines = (answers.person[later], after, answers.at[later], np.asarray(timeline.starts))
    _meet(lines, (np.asarray(timeline.ts), column.astype(np.int32)), met)
    for known, one in enumerate(model.touchpoints):
        if one.only_own:  # known by the answers alone: the later one is about it
            met[:, known] = one.met[later]
    return met


@njit(nogil=True, cache=True)
def _meet(lines, rows, met):  # type: ignore[no-untyped-def]
    person, after, before, starts = lines
    ts, column = rows
    for line in range(len(person)):
        row, end = starts[person[line]], starts[person[line] + 1]
        while row < end and ts[row] < before[line]:
            if ts[row] > after[line] and column[row] >= 0:
                met[line, column[row]] = True
            row += 1


def tippings_of(model: Model, pairs: Pairs, settings: MomentsSettings) -> tuple[Tipping, ...]:
    """Each touchpoint that can be tried: how much oftener it was met before the fall than before
    staying, as long after the first answer: more happens in more time. Told apart after Benjamini
    & Hochberg over all those tried, and never with an interval that holds 1."""
    few = min(people_in(pairs, pairs.tipped), people_in(pairs, ~pairs.tipped))
    if few < settings.needed:
        return ()
    code, tried = strata_of(pairs.gap, np.ones(len(pairs.gap), dtype=np.bool_)), {}
    for place, one in enumerate(model.touchpoints):
        met = pairs.met[:, place]
        odds = _odds(pairs, met, code) if one.is_choice else None
        if odds is not None and people_in(pairs, met) >= MET_LEAST:
            tried[one.name] = odds
    p = sorted(odds.p for odds in tried.values())
    count = believed(p, settings.false_rate)
    bar = p[count - 1] if count else -1.0
    return tuple(_told(name, odds, (bar, len(p))) for name, odds in tried.items())


def people_in(pairs: Pairs, lines: Mask) -> int:
    """How many different people some of the pairs are of."""
    return people_of(pairs.person[lines])


def tipping_at(found: tuple[Tipping, ...], touchpoint: str) -> Tipping | None:
    """That of one touchpoint, if it could be tried."""
    return next((one for one in found if one.touchpoint == touchpoint), None)


def _odds(pairs: Pairs, met: Mask, code: Ints) -> _Odds | None:
    """The odds ratio over strata of time between the answers, ½ added to each count over them all
    (Haldane 1956); its variance clustered by person (linearised), never under Robins's."""
    cell = np.where(pairs.tipped, np.where(met, 0, 1), np.where(met, 2, 3))
    strata = int(code.max()) + 1
    cells = np.bincount(4 * code + cell, minlength=4 * strata).reshape(strata, 4).astype(float)
    found = common_odds(cells + HALF / strata)
    sums = np.bincount(pairs.person, weights=found.pulls[code, cell])
    people = people_of(pairs.person)
    clustered = people / max(people - 1, 1) * float(sums @ sums)
    tipped, stayed = cells[:, :2].sum(axis=1), cells[:, 2:].sum(axis=1)
    weight = tipped * stayed / np.maximum(tipped + stayed, 1.0)
    if not weight.any():  # those who tipped and those who stayed were never asked as late
        return None
    return _Odds(
        value=found.log, error=sqrt(max(clustered, found.variance)),
        n_tipped=people_in(pairs, met & pairs.tipped),
        n_stayed=people_in(pairs, met & ~pairs.tipped),
        share_tipped=_share(cells[:, 0], tipped, weight),
        share_stayed=_share(cells[:, 2], stayed, weight),
    )  # fmt: skip


def _share(met: Floats, everybody: Floats, weight: Floats) -> float:
    return float(weight @ (met / np.maximum(everybody, 1.0)) / weight.sum())


def _told(name: str, odds: _Odds, tried: tuple[float, int]) -> Tipping:
    bar, tested = tried
    half = normal_quantile(LEVEL) * odds.error
    ratio = Ranged(value=exp(odds.value), low=exp(odds.value - half), high=exp(odds.value + half))
    return Tipping(
        touchpoint=name, n_tipped=_shown(odds.n_tipped), n_stayed=_shown(odds.n_stayed),
        share_tipped=odds.share_tipped if _shown(odds.n_tipped) is not None else None,
        share_stayed=odds.share_stayed if _shown(odds.n_stayed) is not None else None,
        ratio=ratio, p=odds.p, tested=tested,
        told_apart=odds.p <= bar and abs(odds.value) > half,
    )  # fmt: skip


def _shown(count: int) -> int | None:
    return count if count >= HIDDEN else None
