"""Several answers of one person are not several people: variances clustered by person.

Everything here needs sums only (Σy, Σy², and the sums over people of S², S·M, M², where S and M are
a person's sum of y and number of rows), so that it works on any engine's tallies.
"""

from __future__ import annotations

from typing import Protocol


class Sums(Protocol):
    """What a tally knows of one group; S and M are a person's sum of y and number of rows."""

    @property
    def n(self) -> int: ...
    @property
    def people(self) -> int: ...
    @property
    def sum_y(self) -> float: ...
    @property
    def sum_yy(self) -> float: ...
    @property
    def sum_ss(self) -> float: ...
    @property
    def sum_sm(self) -> float: ...
    @property
    def sum_mm(self) -> float: ...


def mean(sums: Sums) -> float:
    """Σy / n: never an average of averages."""
    return sums.sum_y / sums.n


def plain_variance(sums: Sums) -> float:
    """Variance of the mean as if every row were another person: Σ(y − ȳ)² / n², without n − 1.

    >>> from verite.ledger.port import Tally
    >>> plain_variance(Tally.of([[1.0], [0.0], [1.0], [0.0]]))  # p(1 − p)/n
    0.0625
    """
    centre = mean(sums)
    return max(sums.sum_yy / sums.n - centre * centre, 0.0) / sums.n


def clustered_variance(sums: Sums) -> float | None:
    """Variance of the mean clustered by person (CR1: Liang & Zeger 1986, with G/(G − 1)).

    G/(G − 1) · Σ_people (S − ȳM)² / n². With one row each it is s²/n. None under two people.

    Worked: people (1, 0), (1), (0): ȳ = ½, residuals 0, ½, −½: 3/2 · ½ / 16 = 0.046875.

    >>> from verite.ledger.port import Tally
    >>> clustered_variance(Tally.of([[1.0, 0.0], [1.0], [0.0]]))
    0.046875
    """
    if sums.people < 2:
        return None
    centre = mean(sums)
    residuals = sums.sum_ss - 2.0 * centre * sums.sum_sm + centre * centre * sums.sum_mm
    groups = sums.people
    return groups / (groups - 1) * max(residuals, 0.0) / (sums.n * sums.n)


def design_effect(sums: Sums) -> float:
    """How much wider clustering makes the variance: CR1 / plain, at least 1 (Kish 1965).

    One row each: exactly 1. When every y is alike the ratio is 0/0: the largest possible effect,
    Σ M² / n (everybody's rows fully alike), is taken.

    >>> from verite.ledger.port import Tally
    >>> design_effect(Tally.of([[1.0], [0.0], [1.0]]))
    1.0
    >>> design_effect(Tally.of([[1.0, 1.0], [1.0, 1.0]]))
    2.0
    """
    if sums.people == sums.n:
        return 1.0
    worst = sums.sum_mm / sums.n
    plain, clustered = plain_variance(sums), clustered_variance(sums)
    if clustered is None or plain <= 1e-12 / sums.n:
        return max(worst, 1.0)
    return max(clustered / plain, 1.0)


def effective_rows(sums: Sums) -> float:
    """The number of independent rows that would be worth as much: n / design effect.

    >>> from verite.ledger.port import Tally
    >>> effective_rows(Tally.of([[1.0, 1.0], [0.0, 0.0]]))
    1.0
    """
    return sums.n / design_effect(sums)
