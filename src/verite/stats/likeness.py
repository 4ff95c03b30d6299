"""How alike the answers of one person are, and what so many of them are then worth."""

from __future__ import annotations

from collections.abc import Sequence

from verite.stats.clusters import Sums, mean


def likeness(groups: Sequence[Sums]) -> float:
    """ρ, 0-1: the part of the variance within groups that is people's own, over all groups.

    From two sums of squares about each group's mean: of answers, Y, and of people's totals, X (with
    G/(G − 1)), whose expectations are σ²(n − 1 + ρ − ρA/n) and σ²(n + ρ(A − n)), A = Σ M². Pooled,
    for a group of few people tells little (moments, as in Kish 1965, 5.4). 0 where nobody repeats.

    Worked: people (1, 1) and (0, 0): all of it is theirs. (1, 0) and (0, 1): none of it.

    >>> from verite.ledger.port import Tally
    >>> likeness([Tally.of([[1.0, 1.0], [0.0, 0.0]])]), likeness([Tally.of([[1.0, 0.0]] * 2)])
    (1.0, 0.0)
    """
    told = [one for one in groups if one.people > 1]
    rows, again = sum(one.n for one in told), sum(one.sum_mm for one in told)
    if again <= rows:
        return 0.0
    each = sum(max(one.sum_yy - one.n * mean(one) ** 2, 0.0) for one in told)
    whole = sum(_of_people(one) for one in told)
    about = sum(one.sum_mm / one.n for one in told)
    below = each * (again - rows) - whole * (len(told) - about)
    if below <= 0:
        return 0.0
    return min(max((whole * (rows - len(told)) - each * rows) / below, 0.0), 1.0)


def _of_people(one: Sums) -> float:
    """Σ_people (S − ȳM)² · G/(G − 1)."""
    centre = mean(one)
    found = one.sum_ss - 2.0 * centre * one.sum_sm + centre * centre * one.sum_mm
    return max(found, 0.0) * one.people / (one.people - 1)


def worth(sums: Sums, alike: float) -> float:
    """How many answers of different people a group's answers are worth: n / (1 + ρ(A/n − 1)).

    >>> from verite.ledger.port import Tally
    >>> worth(Tally.of([[1.0, 1.0], [0.0, 0.0]]), 0.5)  # 4 / 1.5
    2.6666666666666665
    """
    return sums.n / (1.0 + alike * (sums.sum_mm / sums.n - 1.0))
