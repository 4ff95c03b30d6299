"""Turns: what followed a bad experience, and what it goes with (recovery)."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from verite.loop.moments.answers import Answers
from verite.loop.moments.curves import average, mean_of, people_of
from verite.loop.moments.lived import DAY_US
from verite.loop.moments.model import Model
from verite.loop.moments.port import Floats, Ints, Mask, Reading
from verite.loop.moments.strata import strata_of
from verite.measure.feeling.valence import TOGETHER_US
from verite.stats.intervals import LEVEL, student_quantile
from verite.words.moments import Ranged, Recovery

HOUR_US: Final = 3_600_000_000
BAD, MENDED, WAITING = 1, 2, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Turns:
    """Per answer and touchpoint of the model: 0 no bad experience, 1 one whose next experience,
    anywhere, was not good, 2 one whose next was good, 3 one that nothing followed yet; and the
    hours from the last bad experience to the answer (0 for none)."""

    states: NDArray[np.int8]
    hours: NDArray[np.int16]


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
    hours = np.zeros(states.shape, dtype=np.int16)
    bars = (reading.settings.bad_below, reading.settings.good_from, days * DAY_US, TOGETHER_US)
    _turn(lines, rows, bars, (states, hours))
    return Turns(states=states, hours=hours)


@njit(nogil=True, cache=True)
def _turn(lines, rows, bars, found):  # type: ignore[no-untyped-def]
    person, at, starts = lines
    ts, column, level = rows
    bad_below, good_from, reach, together = bars
    states, hours = found
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
                        states[line, place] = 2 if level[row] >= good_from else 1
                place = column[row]
                if place >= 0 and level[row] < bad_below:
                    states[line, place] = 3
                    waits[place] = True
                    since[place] = ts[row]
                    hours[line, place] = (at[line] - ts[row]) // HOUR_US
            row += 1


def recovery_of(model: Model, place: int, turns: Turns, needed: int) -> Recovery | None:
    """The answers of those who were won back, against those whose next experience was not good
    either, as long after the bad one; enough people of both.

    Who had no next experience yet is in neither: it takes time to be won back, and time mends too.
    """
    state, one = turns.states[:, place], model.touchpoints[place]
    answers = model.answers
    within = _comparable(state, turns.hours[:, place])
    mended, lost = (state == MENDED) & within.told, (state == BAD) & within.told
    if min(people_of(answers.person[mended]), people_of(answers.person[lost])) < needed:
        return None
    good = one.met & (state == 0)
    enough = people_of(answers.person[good]) >= needed
    return Recovery(
        touchpoint=one.name, n_recovered=int(mended.sum()), n_not=int(lost.sum()),
        recovered=_alike(answers, mended, (within, lost)),
        not_recovered=_alike(answers, lost, (within, mended)),
        always_good=mean_of(answers, good) if enough else None,
        difference=_difference(answers, mended, within),
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _Strata:
    """Of each answer, its stratum of time since the bad experience; `told`: with both sides."""

    code: Ints
    told: Mask


def _comparable(state: NDArray[np.int8], hours: NDArray[np.int16]) -> _Strata:
    """Strata of those who had a next experience, where there are some of both sides."""
    followed = (state == MENDED) | (state == BAD)
    code = strata_of(hours, followed)
    strata = int(code.max(initial=0)) + 1
    both = np.bincount(code[state == MENDED], minlength=strata) > 0
    both &= np.bincount(code[state == BAD], minlength=strata) > 0
    return _Strata(code=code, told=followed & both[code])


def _alike(answers: Answers, lines: Mask, other: tuple[_Strata, Mask]) -> Ranged:
    """The mean outcome of one side, its strata weighing as in the difference: n₁n₀/(n₁ + n₀)."""
    within, others = other
    size = int(within.code.max()) + 1
    mine = np.bincount(within.code[lines], answers.weight[lines], size)
    theirs = np.bincount(within.code[others], answers.weight[others], size)
    share = theirs / np.maximum(mine + theirs, 1e-12)
    weight = answers.weight[lines] * share[within.code[lines]]
    return average(answers.y[lines], weight, answers.person[lines])


def _difference(answers: Answers, mended: Mask, within: _Strata) -> Ranged:
    """Mended less not, within strata (least squares with one constant a stratum); the variance
    clustered by person, Student's interval on people − 1."""
    told, code = within.told, within.code[within.told]
    weight, person = answers.weight[told], answers.person[told]
    own = _centred(mended[told].astype(np.float64), weight, code)
    y = _centred(answers.y[told], weight, code)
    size = float(weight @ own**2)
    gap = float((weight * own) @ y) / size
    sums = np.bincount(person, weights=weight * own * (y - gap * own))
    people = people_of(person)
    error = sqrt(people / max(people - 1, 1) * float(sums @ sums)) / size
    half = student_quantile(LEVEL, max(people - 1, 1)) * error
    return Ranged(value=gap, low=gap - half, high=gap + half)


def _centred(values: Floats, weight: Floats, code: Ints) -> Floats:
    """Values less the mean of their stratum."""
    totals = np.bincount(code, weight)
    means = np.bincount(code, weight * values) / np.maximum(totals, 1e-12)
    return np.asarray(values - means[code])
