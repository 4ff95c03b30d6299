"""Turns: bad then good (recovery), good then bad (tipping points)."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log, sqrt
from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from verite.loop.moments.answers import Answers
from verite.loop.moments.curves import mean_of
from verite.loop.moments.lived import DAY_US
from verite.loop.moments.model import Model
from verite.loop.moments.port import Floats, Ints, Mask, Reading
from verite.measure.feeling.valence import TOGETHER_US
from verite.stats.intervals import LEVEL, normal_quantile
from verite.words.moments import Ranged, Recovery, Tipping

TIPPED_LEAST: Final = 10
GOOD_SHARE, LOW_SHARE = 0.8, 0.6  # of the scale: promoters and detractors, and their like
BAD, MENDED = 1, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Turns:
    """Per answer and touchpoint of the model: 0 no bad experience, 1 one that nothing good
    followed, 2 one whose next experience, anywhere, was good."""

    states: NDArray[np.int8]


def turns_of(reading: Reading, model: Model, days: int) -> Turns:
    """What followed the last bad experience of each touchpoint, before the answer."""
    timeline = reading.timeline
    felt = reading.felt
    labels = timeline.labels("touchpoint")
    names = [one.name for one in model.touchpoints]
    place = np.array([names.index(x) if x in names else -1 for x in labels] + [-1], dtype=np.int32)
    level = np.where((felt.weight > 0) & ~model.answers.barred, 5.0 + 5.0 * felt.valence, np.nan)
    states = np.zeros((len(model.answers.y), len(names)), dtype=np.int8)
    lines = (model.answers.person, model.answers.at, np.asarray(timeline.starts))
    rows = (np.asarray(timeline.ts), place[np.asarray(timeline.codes("touchpoint"))], level)
    bars = (reading.settings.bad_below, reading.settings.good_from, days * DAY_US, TOGETHER_US)
    _turn(lines, rows, bars, states)
    return Turns(states=states)


@njit(nogil=True, cache=True)
def _turn(lines, rows, bars, states):  # type: ignore[no-untyped-def]
    person, at, starts = lines
    ts, column, level = rows
    bad_below, good_from, reach, together = bars
    columns = states.shape[1]
    since = np.zeros(columns, dtype=np.int64)
    waits = np.zeros(columns, dtype=np.bool_)
    for line in range(len(person)):
        waits[:] = False
        row, end = starts[person[line]], starts[person[line] + 1]
        while row < end and ts[row] < at[line]:
            if ts[row] >= at[line] - reach and not np.isnan(level[row]):
                for place in range(columns):
                    if waits[place] and ts[row] > since[place] + together:
                        waits[place] = False
                        if level[row] >= good_from:
                            states[line, place] = 2
                place = column[row]
                if place >= 0 and level[row] < bad_below:
                    states[line, place] = 1
                    waits[place] = True
                    since[place] = ts[row]
            row += 1


def recovery_of(model: Model, place: int, turns: Turns, needed: int) -> Recovery | None:
    """The answers of those who were won back, against those who were not; enough of both."""
    state, one = turns.states[:, place], model.touchpoints[place]
    mended, not_mended = state == MENDED, state == BAD
    if min(mended.sum(), not_mended.sum()) < needed:
        return None
    won, lost = _mean(model.answers, mended), _mean(model.answers, not_mended)
    good = one.met & (state == 0)
    half = sqrt((won.high - won.value) ** 2 + (lost.high - lost.value) ** 2)
    gap = won.value - lost.value
    return Recovery(
        touchpoint=one.name, n_recovered=int(mended.sum()), n_not=int(not_mended.sum()),
        recovered=won, not_recovered=lost,
        always_good=_mean(model.answers, good) if good.sum() >= needed else None,
        difference=Ranged(value=gap, low=gap - half, high=gap + half),
    )  # fmt: skip


def _mean(answers: Answers, lines: Mask) -> Ranged:
    return mean_of(answers, lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """Successive answers of one person, the first one good: the later line, whether it is low."""

    later: Ints
    tipped: Mask


def pairs_of(answers: Answers) -> Pairs:
    """Good answers that another one of the same person followed."""
    order = np.lexsort((answers.at, answers.person))
    same = answers.person[order][1:] == answers.person[order][:-1]
    first, later = order[:-1][same], order[1:][same]
    level = _level(answers.y)
    good = level[first] >= GOOD_SHARE
    return Pairs(later=later[good], tipped=level[later[good]] <= LOW_SHARE - 1e-9)


def _level(y: Floats) -> Floats:
    low, high = float(y.min()), float(y.max())
    return np.asarray((y - low) / (high - low))


def tipping_of(model: Model, place: int, pairs: Pairs) -> Tipping | None:
    """How much oftener a touchpoint was met before the fall than before staying: an odds ratio
    with ½ added to each count (Haldane 1956), Woolf's interval."""
    tipped, one = pairs.tipped, model.touchpoints[place]
    if min(tipped.sum(), (~tipped).sum()) < TIPPED_LEAST or not one.is_choice:
        return None
    met = one.met[pairs.later]
    counts = [
        int((met & tipped).sum()), int((~met & tipped).sum()),
        int((met & ~tipped).sum()), int((~met & ~tipped).sum()),
    ]  # fmt: skip
    if counts[0] + counts[2] < TIPPED_LEAST:
        return None
    a, b, c, d = (count + 0.5 for count in counts)
    middle = log(a * d / (b * c))
    half = normal_quantile(LEVEL) * sqrt(1 / a + 1 / b + 1 / c + 1 / d)
    return Tipping(
        touchpoint=one.name, n_tipped=counts[0], n_stayed=counts[2],
        share_tipped=counts[0] / (counts[0] + counts[1]),
        share_stayed=counts[2] / (counts[2] + counts[3]),
        ratio=Ranged(value=exp(middle), low=exp(middle - half), high=exp(middle + half)),
        told_apart=abs(middle) > half,
    )  # fmt: skip
