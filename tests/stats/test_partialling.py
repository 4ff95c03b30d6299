"""Partialling out: equal to least squares where the guesses are least squares, sturdy as told."""

from __future__ import annotations

import numpy as np
import pytest

from verite.stats.partialling import Left, Partialled, middle_of, partial_out


def regressed(seed: int, lines: int = 300) -> tuple[Left, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    x = np.column_stack([np.ones(lines), rng.normal(size=(lines, 3))])
    d = x @ [0.2, 0.5, -0.3, 0.1] + rng.normal(size=lines)
    y = 1.5 * d + x @ [1.0, -1.0, 2.0, 0.5] + rng.normal(size=lines) * (1 + np.abs(d))
    hat = x @ np.linalg.solve(x.T @ x, x.T)
    left = Left(
        outcome=y - hat @ y, exposure=d - hat @ d, weight=np.ones(lines), cluster=np.arange(lines)
    )
    return left, np.column_stack([d, x]), y


def test_it_is_the_coefficient_of_least_squares() -> None:
    """Frisch, Waugh & Lovell; the variance is HC0 but for n/(n − 1)."""
    left, whole, y = regressed(1)
    found = partial_out(left)
    beta = np.linalg.solve(whole.T @ whole, whole.T @ y)
    inverse = np.linalg.inv(whole.T @ whole)
    rest = y - whole @ beta
    robust = inverse @ (whole.T * rest**2) @ whole @ inverse
    assert found.value == pytest.approx(beta[0])
    assert found.error == pytest.approx(np.sqrt(robust[0, 0] * 300 / 299))


def test_lines_of_one_person_count_as_one_person() -> None:
    left, _, _ = regressed(2)
    twice = Left(
        outcome=np.tile(left.outcome, 2), exposure=np.tile(left.exposure, 2),
        weight=np.tile(left.weight, 2), cluster=np.tile(left.cluster, 2),
    )  # fmt: skip
    once, again = partial_out(left), partial_out(twice)
    assert (again.value, again.error) == (pytest.approx(once.value), pytest.approx(once.error))
    assert again.clusters == once.clusters


def test_the_robustness_value_is_the_papers() -> None:
    """Cinelli & Hazlett 2020, table 1 (Darfur): t = 4.184, df = 783: 13.9 %, 7.6 %."""
    force = 4.184 / np.sqrt(783)
    found = Partialled(value=0.097, error=0.097 / 4.184, force=force, clusters=783).robustness()
    assert found.value == pytest.approx(0.139, abs=5e-4)
    assert found.within_chance == pytest.approx(0.076, abs=1e-3)


def test_ways_to_split_that_differ_widen_the_interval() -> None:
    ways = [Partialled(value=v, error=1.0, force=0.1, clusters=50) for v in (0.0, 1.0, 5.0)]
    assert middle_of(ways).value == 1.0
    assert middle_of(ways).error > 1.0
    assert middle_of(ways[:1]) == ways[0]


def test_it_is_what_doubleml_tells_of_the_same_folds() -> None:
    """DoubleML 0.11.4, DoubleMLPLR, two LinearRegression, these folds: 0.49971, error 0.08971 (it
    does not count people − 1), robustness value 0.39462 with rho = 1."""
    i = np.arange(120.0)
    x = np.column_stack([np.ones(120), np.sin(i), np.cos(1.7 * i), (37 * i % 101) / 101])
    d = 0.5 * x[:, 1] - 0.3 * x[:, 2] + np.sin(3.1 * i)
    y = 0.5 * d + x[:, 1] - x[:, 3] + np.cos(2.3 * i)
    left = [np.empty(120), np.empty(120)]
    for fold in range(5):
        here = np.arange(120) % 5 == fold
        for target, rest in zip((y, d), left, strict=True):
            beta = np.linalg.lstsq(x[~here], target[~here])[0]
            rest[here] = target[here] - x[here] @ beta
    found = partial_out(
        Left(outcome=left[0], exposure=left[1], weight=np.ones(120), cluster=np.arange(120))
    )
    assert found.value == pytest.approx(0.49971319450349083, rel=1e-9)
    assert found.error == pytest.approx(0.08970765205229055 * np.sqrt(120 / 119), rel=1e-9)
    assert found.robustness().value == pytest.approx(0.39461679, rel=1e-6)
