"""The shares at once: no draws, no circumstances, no tests; one pass over what was lived.

Most people met few touchpoints, so that the sums skip what is nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit

from verite.ledger.timeline.threads import each, spans
from verite.loop.moments.answers import Answers
from verite.loop.moments.columns import LEVELS_LEAST, NUISANCE
from verite.loop.moments.lived import Lived
from verite.loop.moments.port import Floats
from verite.stats.chance import fair_shares
from verite.stats.relative import relative_weights
from verite.stats.shapley import EXACT_TO, lmg


@dataclass(frozen=True, slots=True, kw_only=True)
class QuickShares:
    """R², and the share of each touchpoint met before enough answers."""

    r2: float
    shares: tuple[tuple[str, float], ...]


def quick_shares(answers: Answers, lived: Lived, needed: int) -> QuickShares:
    """The importance of each touchpoint among them all, without its interval; less what chance
    tells with lines alike and independent, the same for every column."""
    sums = _sums(answers, lived)
    centred, places = _centred(sums, lived, (len(answers.y), needed))
    chosen = [0, *(column for _, own in places for column in own), sums.shape[0] - 1]
    sizes = tuple(len(own) for _, own in places)
    share = lmg if len(sizes) <= EXACT_TO else relative_weights
    found = share(centred[np.ix_(chosen, chosen)][None], 1, sizes)
    chance = (1.0 - found.r2[0]) / max(len(answers.y) - 1 - sum(sizes), 1)  # of one column
    r2 = max(float(found.r2[0] - chance * sum(sizes)), 0.0)
    shares = fair_shares(found.shares[0] - chance * np.array(sizes), r2)
    names = [lived.names[place] for place, _ in places]
    return QuickShares(r2=r2, shares=tuple(zip(names, shares.tolist(), strict=True)))


def _sums(answers: Answers, lived: Lived) -> Floats:
    """The Gram matrix of 1, (met, level) of each touchpoint, and the outcome; on every core."""
    side = 2 * len(lived.names) + 2

    def add_up(low: int, high: int) -> Floats:
        into = np.zeros((side, side))
        lines = slice(low, high)
        _add_up(lived.experience[lines], answers.y[lines], answers.weight[lines], into)
        return into

    half = np.sum(each(add_up, spans(len(answers.y))), axis=0)
    return np.asarray(half + np.triu(half, 1).T)


def _centred(
    sums: Floats, lived: Lived, size: tuple[int, int]
) -> tuple[Floats, list[tuple[int, tuple[int, ...]]]]:
    """The sums of levels centred among those who met, and the columns of each touchpoint kept."""
    lines, needed = size
    turn, places = np.eye(len(sums)), []
    for place in range(len(lived.names)):
        met, level = 2 * place + 1, 2 * place + 2
        count = sums[met, met]
        if count < needed:
            continue
        mean = sums[met, level] / count
        turn[level, met] = -mean
        spread = np.sqrt(max(sums[level, level] / count - mean**2, 0.0))
        own = ((met,) if lines - count >= NUISANCE else ()) + (
            (level,) if spread >= LEVELS_LEAST and not lived.only_own[place] else ()
        )
        if own:
            places.append((place, own))
    return turn @ sums @ turn.T, places


@njit(nogil=True, cache=True)
def _add_up(experience, y, weight, into):  # type: ignore[no-untyped-def]
    """The upper half of the Gram matrix of 1, (met, level) of each touchpoint, and the outcome."""
    lines, columns = experience.shape
    last = 2 * columns + 1
    met = np.empty(columns, dtype=np.int64)
    for line in range(lines):
        w, count = weight[line], 0
        for place in range(columns):
            if not np.isnan(experience[line, place]):
                met[count] = place
                count += 1
        into[0, 0] += w
        into[0, last] += w * y[line]
        into[last, last] += w * y[line] * y[line]
        for i in range(count):
            level, row = experience[line, met[i]], 2 * met[i] + 1
            into[0, row] += w
            into[0, row + 1] += w * level
            into[row, last] += w * y[line]
            into[row + 1, last] += w * level * y[line]
            into[row, row + 1] += w * level
            for j in range(i, count):
                other, column = experience[line, met[j]], 2 * met[j] + 1
                into[row, column] += w
                into[row + 1, column + 1] += w * level * other
                if j > i:
                    into[row, column + 1] += w * other
                    into[row + 1, column] += w * level
