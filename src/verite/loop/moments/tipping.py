"""Tipping points: what was met between a good answer and a low one, against those who stayed."""

from __future__ import annotations

from dataclasses import dataclass
from math import erfc, exp, log, sqrt
from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from verite.loop.moments.curves import people_of
from verite.loop.moments.lived import through
from verite.loop.moments.model import Model
from verite.loop.moments.port import Floats, Ints, Mask, Reading
from verite.loop.moments.settings import MomentsSettings
from verite.measure.feeling.valence import TOGETHER_US
from verite.stats.families import believed
from verite.stats.intervals import LEVEL, normal_quantile
from verite.words.asked import Filters
from verite.words.moments import Ranged, Tipping

MET_LEAST: Final = 10  # pairs with the touchpoint in between
HIDDEN: Final = 5
GOOD_SHARE, LOW_SHARE = 0.8, 0.6  # of the scale: promoters and detractors, and their like


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """Successive answers of one person, the first one good: whose, whether the later one is low,
    and which touchpoints of the model (columns) were met between the two."""

    person: Ints
    tipped: Mask
    met: Mask


@dataclass(frozen=True, slots=True, kw_only=True)
class _Odds:
    """The log odds ratio of one touchpoint, its error, and the counts it comes from."""

    value: float
    error: float
    n_tipped: int
    n_stayed: int

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
    staying. Told apart after Benjamini & Hochberg over all those tried, and never with an
    interval that holds 1."""
    few = min(people_in(pairs, pairs.tipped), people_in(pairs, ~pairs.tipped))
    if few < settings.needed:
        return ()
    tried = {}
    for place, one in enumerate(model.touchpoints):
        met = pairs.met[:, place]
        if one.is_choice and people_in(pairs, met) >= MET_LEAST:
            tried[one.name] = _odds(pairs, met)
    p = sorted(odds.p for odds in tried.values())
    count = believed(p, settings.false_rate)
    bar = p[count - 1] if count else -1.0
    return tuple(_told(name, odds, (pairs, bar, len(p))) for name, odds in tried.items())


def people_in(pairs: Pairs, lines: Mask) -> int:
    """How many different people some of the pairs are of."""
    return people_of(pairs.person[lines])


def tipping_at(found: tuple[Tipping, ...], touchpoint: str) -> Tipping | None:
    """That of one touchpoint, if it could be tried."""
    return next((one for one in found if one.touchpoint == touchpoint), None)


def _odds(pairs: Pairs, met: Mask) -> _Odds:
    """An odds ratio with ½ added to each count (Haldane 1956); its variance clustered by person
    (linearised), never under Woolf's."""
    tipped = pairs.tipped
    counts = [
        int((met & tipped).sum()), int((~met & tipped).sum()),
        int((met & ~tipped).sum()), int((~met & ~tipped).sum()),
    ]  # fmt: skip
    a, b, c, d = (count + 0.5 for count in counts)
    pulls = np.where(
        tipped,
        (met - a / (a + b)) * (a + b) / (a * b),
        -(met - c / (c + d)) * (c + d) / (c * d),
    )
    sums = np.bincount(pairs.person, weights=pulls)
    people = people_of(pairs.person)
    clustered = people / max(people - 1, 1) * float(sums @ sums)
    woolf = 1 / a + 1 / b + 1 / c + 1 / d
    return _Odds(
        value=log(a * d / (b * c)), error=sqrt(max(clustered, woolf)),
        n_tipped=counts[0], n_stayed=counts[2],
    )  # fmt: skip


def _told(name: str, odds: _Odds, tried: tuple[Pairs, float, int]) -> Tipping:
    pairs, bar, tested = tried
    half = normal_quantile(LEVEL) * odds.error
    tipped, stayed = int(pairs.tipped.sum()), int((~pairs.tipped).sum())
    ratio = Ranged(value=exp(odds.value), low=exp(odds.value - half), high=exp(odds.value + half))
    return Tipping(
        touchpoint=name, n_tipped=_shown(odds.n_tipped), n_stayed=_shown(odds.n_stayed),
        share_tipped=odds.n_tipped / tipped if _shown(odds.n_tipped) is not None else None,
        share_stayed=odds.n_stayed / stayed if _shown(odds.n_stayed) is not None else None,
        ratio=ratio, p=odds.p, tested=tested,
        told_apart=odds.p <= bar and abs(odds.value) > half,
    )  # fmt: skip


def _shown(count: int) -> int | None:
    return count if count >= HIDDEN else None
