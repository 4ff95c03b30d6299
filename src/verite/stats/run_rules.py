"""Rules of runs (Western Electric Handbook 1956; Nelson 1984): patterns that chance seldom makes.

More rules see more, and cry wolf more often: with Western Electric's four, a steady process alarms
every 92 points on average instead of every 370 (Champ & Woodall 1987, Technometrics 29, table 1).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final

from verite.words.control import Rule

Scores = Sequence[float]

WESTERN_ELECTRIC: Final = (
    Rule.BEYOND_THREE, Rule.TWO_OF_THREE, Rule.FOUR_OF_FIVE, Rule.EIGHT_ON_A_SIDE,
)  # fmt: skip
NELSON: Final = (
    Rule.BEYOND_THREE, Rule.NINE_ON_A_SIDE, Rule.SIX_IN_A_TREND, Rule.FOURTEEN_ALTERNATE,
    Rule.TWO_OF_THREE, Rule.FOUR_OF_FIVE, Rule.FIFTEEN_NEAR, Rule.EIGHT_FAR,
)  # fmt: skip
# What our charts use: false alarms every 153 points on average (same table, rules 1 and 4).
OURS: Final = (Rule.BEYOND_THREE, Rule.EIGHT_ON_A_SIDE)


def broken_rules(
    scores: Sequence[float | None], rules: Sequence[Rule] = OURS
) -> tuple[tuple[Rule, ...], ...]:
    """For each point, the rules whose pattern ends with it. Scores are in σ from the mean.

    A point without a score neither breaks nor lengthens a run.

    >>> broken_rules([0.5, 3.2, -0.1])
    ((), (<Rule.BEYOND_THREE: 'beyond_three'>,), ())
    >>> [rule.value for rule in broken_rules([0.1, 2.1, 0.2, 2.3], WESTERN_ELECTRIC)[3]]
    ['two_of_three']
    """
    known: list[float] = []
    told: list[tuple[Rule, ...]] = []
    for score in scores:
        if score is None:
            told.append(())
            continue
        known.append(score)
        told.append(tuple(rule for rule in rules if _holds(rule, known)))
    return tuple(told)


def _holds(rule: Rule, known: Scores) -> bool:
    length, pattern = _PATTERNS[rule]
    return len(known) >= length and pattern(known[-length:])


def _on_one_side(last: Scores, *, beyond: float, at_least: int) -> bool:
    """At least so many beyond a distance on one side, the last of them among these."""
    for sign in (1.0, -1.0):
        if sign * last[-1] > beyond and sum(sign * x > beyond for x in last) >= at_least:
            return True
    return False


def _trend(last: Scores) -> bool:
    steps = [after - before for before, after in pairwise(last)]
    return all(step > 0 for step in steps) or all(step < 0 for step in steps)


def _alternate(last: Scores) -> bool:
    steps = [after - before for before, after in pairwise(last)]
    return all(one * other < 0 for one, other in pairwise(steps))


_PATTERNS: Final[dict[Rule, tuple[int, Callable[[Scores], bool]]]] = {
    Rule.BEYOND_THREE: (1, lambda last: abs(last[-1]) > 3),
    Rule.TWO_OF_THREE: (3, lambda last: _on_one_side(last, beyond=2, at_least=2)),
    Rule.FOUR_OF_FIVE: (5, lambda last: _on_one_side(last, beyond=1, at_least=4)),
    Rule.EIGHT_ON_A_SIDE: (8, lambda last: _on_one_side(last, beyond=0, at_least=8)),
    Rule.NINE_ON_A_SIDE: (9, lambda last: _on_one_side(last, beyond=0, at_least=9)),
    Rule.SIX_IN_A_TREND: (6, _trend),
    Rule.FOURTEEN_ALTERNATE: (14, _alternate),
    Rule.FIFTEEN_NEAR: (15, lambda last: all(abs(x) < 1 for x in last)),
    Rule.EIGHT_FAR: (8, lambda last: all(abs(x) > 1 for x in last)),
}
