"""Changes between two windows: told apart only when they are more than noise."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from verite.measure import compare
from verite.words.asked import Window
from verite.words.estimate import Status

MARCH = datetime(2026, 3, 2, 9, tzinfo=UTC)
APRIL = MARCH + timedelta(days=31)
WINDOWS = (
    Window(start=MARCH, end=APRIL),
    Window(start=APRIL, end=APRIL + timedelta(days=31)),
)


def _share(answer, at, name, counts, **more):
    """`counts` of satisfied and of unsatisfied answers, one each of different people."""
    good, bad = counts
    return [answer(f"{name}{i}", "csat", 5 if i < good else 1, at=at) | more
            for i in range(good + bad)]  # fmt: skip


def test_a_share_changes_by_newcombes_interval(study_of, answer):
    """48/80 then 56/70: .0524 to .3339 (Newcombe 1998b, table II, a)."""
    rows = _share(answer, MARCH, "a", (48, 32)) + _share(answer, APRIL, "b", (56, 14))
    (row,) = compare(study_of(rows), ("csat",), *WINDOWS).rows
    assert row.difference.value == pytest.approx(20.0)
    assert row.difference.low == pytest.approx(5.24, abs=5e-3)
    assert row.difference.high == pytest.approx(33.39, abs=5e-3)
    assert row.told_apart
    assert row.difference.method == "newcombe"


def test_the_variance_of_an_nps_change_is_the_sum_of_adjusted_ones(study_of, answer):
    scores = {"a": [10] * 60 + [0] * 40, "b": [10] * 70 + [0] * 30}
    rows = [answer(f"{name}{i}", "nps", score, at=at)
            for (name, found), at in zip(scores.items(), (MARCH, APRIL), strict=True)
            for i, score in enumerate(found)]  # fmt: skip
    (row,) = compare(study_of(rows), ("nps",), *WINDOWS).rows

    def variance(promoters, detractors):
        n, r, d = 103, (promoters + 0.75) / 103, (detractors + 0.75) / 103
        return (r + d - (r - d) ** 2) / n

    half = 1.959964 * np.sqrt(variance(60, 40) + variance(70, 30)) * 100
    assert row.difference.value == pytest.approx(20.0)
    assert row.difference.low == pytest.approx(20 - half, abs=1e-3)
    assert not row.told_apart  # ten points on a hundred answers are noise


def test_the_same_customers_before_and_after_are_paired(study_of, answer):
    rng = np.random.default_rng(4)
    liking = rng.normal(0, 1.5, size=120)

    def rows(people):
        found = []
        for i, own in enumerate(liking):
            for at, shift in ((MARCH, 0.0), (APRIL, 0.35)):
                score = float(np.clip(np.rint(3 + own + shift + rng.normal(0, 0.3)), 1, 5))
                found.append(answer(people(i, at), "csat", score, at=at))
        return found

    def change(people):
        return compare(study_of(rows(people)), ("csat_mean",), *WINDOWS).rows[0].difference

    same = change(lambda i, at: f"p{i}")
    other = change(lambda i, at: f"p{i}{at.month}")
    assert same.method == "welch_paired"
    assert same.high - same.low < 0.5 * (other.high - other.low)


def test_the_paired_width_is_that_of_the_differences(study_of, answer):
    """With everybody in both windows once: standard error of the mean of the differences."""
    rng = np.random.default_rng(9)
    first = rng.integers(1, 6, size=60)
    second = np.clip(first + rng.integers(-1, 2, size=60), 1, 5)
    rows = [answer(f"p{i}", "csat", float(s), at=at)
            for scores, at in ((first, MARCH), (second, APRIL))
            for i, s in enumerate(scores)]  # fmt: skip
    found = compare(study_of(rows), ("csat_mean",), *WINDOWS).rows[0].difference
    gaps = (second - first).astype(float)
    half = (found.high - found.low) / 2
    error = np.std(gaps, ddof=1) / np.sqrt(60)
    assert half == pytest.approx(error * 1.98, rel=0.01)  # t with 118 degrees


def test_a_paired_nps_change_has_the_variance_of_the_stances_differences(study_of, answer):
    """METHODS 1: same customers in both waves, variance of differences in {−2 … 2}."""
    rng = np.random.default_rng(6)
    first = rng.choice([3.0, 8.0, 10.0], size=400, p=[0.3, 0.3, 0.4])
    second = np.where(rng.random(400) < 0.8, first, rng.choice([3.0, 8.0, 10.0], size=400))
    rows = [answer(f"p{i}", "nps", float(s), at=at)
            for scores, at in ((first, MARCH), (second, APRIL))
            for i, s in enumerate(scores)]  # fmt: skip
    found = compare(study_of(rows), ("nps",), *WINDOWS).rows[0].difference

    def stance(scores):
        return (scores >= 9).astype(float) - (scores <= 6)

    error = np.std(stance(second) - stance(first)) / np.sqrt(400) * 100
    assert found.method == "adjusted_difference_paired"
    assert (found.high - found.low) / 2 == pytest.approx(1.96 * error, rel=0.03)


def test_a_headline_never_contradicts_its_interval(study_of, answer):
    rows = []
    for team in range(12):
        better = 30 if team else 24
        rows += _share(answer, MARCH, f"a{team}-", (24, 16), team=f"t{team:02d}")
        rows += _share(answer, APRIL, f"b{team}-", (better, 40 - better), team=f"t{team:02d}")
    changes = compare(study_of(rows), ("csat",), *WINDOWS, by=("team",))
    for row in changes.rows:
        gap = row.difference
        assert row.told_apart == (gap.low > 0 or gap.high < 0)
    assert changes.rows[0].by == ()
    assert changes.rows[0].told_apart  # the whole did rise
    assert changes.rows[0].difference.level > 0.95  # many changes were looked at


def test_pure_noise_in_thirty_teams_is_seldom_announced(study_of, answer):
    """Thirty teams without any change, six times over (seed 2)."""
    rng, announced = np.random.default_rng(2), 0
    for _ in range(6):
        rows = []
        for team in range(30):
            for at in (MARCH, APRIL):
                good = int(rng.binomial(30, 0.7))
                name = f"{team}-{at.month}-"
                rows += _share(answer, at, name, (good, 30 - good), team=f"t{team}")
        changes = compare(study_of(rows), ("csat",), *WINDOWS, by=("team",))
        announced += any(row.told_apart for row in changes.rows)
    assert announced <= 1


def test_a_median_changes_by_its_order_statistics(study_of, contact):
    rng = np.random.default_rng(1)
    rows = [contact(f"{at.month}{i}", at, channel="phone", wait_s=float(round(w)))
            for at, middle in ((MARCH, 300), (APRIL, 120))
            for i, w in enumerate(rng.exponential(middle, size=80))]  # fmt: skip
    (row,) = compare(study_of(rows), ("wait",), *WINDOWS).rows
    assert row.difference.unit.value == "s"
    assert row.told_apart
    assert row.difference.value < 0


def test_too_few_answers_on_one_side_hide_the_difference(study_of, answer):
    rows = _share(answer, MARCH, "a", (3, 0)) + _share(answer, APRIL, "b", (50, 0))
    (row,) = compare(study_of(rows), ("csat",), *WINDOWS).rows
    assert row.difference.status is Status.HIDDEN
    assert not row.told_apart


def test_a_side_without_answers_is_unknown_not_a_change(study_of, answer):
    rows = _share(answer, APRIL, "b", (50, 0))
    (row,) = compare(study_of(rows), ("csat",), *WINDOWS).rows
    assert row.difference.status is Status.UNKNOWN
    assert row.before.n == 0


def test_scales_of_five_and_of_seven_are_never_compared(study_of, answer):
    rows = [answer(f"a{i}", "ces", 4, at=MARCH) for i in range(40)]
    rows += [answer(f"b{i}", "ces", 2, at=APRIL, scale_max=7) for i in range(40)]
    five, seven = sorted(
        compare(study_of(rows), ("ces",), *WINDOWS).rows, key=lambda row: row.by[0].value
    )
    assert (five.by[0].value, seven.by[0].value) == ("1-5", "1-7")
    assert (five.before.value, five.after.status) == (100.0, Status.UNKNOWN)
    assert (seven.before.status, seven.after.value) == (Status.UNKNOWN, 0.0)
    assert not five.told_apart
