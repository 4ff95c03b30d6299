"""Double machine learning: planted truths found where a straight line is wrong."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from verite.stats.double_learning import FOLDS, STEPS, Doubled, Lines, folds_of, learn_twice
from verite.stats.guessing import Task, guess, need_learners
from verite.words.errors import BadInput, WrongUse


def needs_learners() -> None:
    pytest.importorskip("sklearn", reason="the extra `causal` (scikit-learn) is not installed")


def planted(seed: int, effect: float, lines: int = 1000) -> Lines:
    """Who is exposed, and the outcome, both turn on the same bends and steps."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(lines, 6))
    bent = np.sin(1.5 * x[:, 0]) + (x[:, 1] > 0) * (x[:, 2] > 0) + 0.5 * x[:, 3] ** 2
    exposed = (rng.random(lines) < 1 / (1 + np.exp(-0.8 * (bent - 1.5)))).astype(float)
    y = effect * exposed + bent + 1.5 * rng.normal(size=lines)
    return Lines(y=y, exposed=exposed, x=x, weight=np.ones(lines), person=np.arange(lines))


def straight(lines: Lines) -> tuple[float, float]:
    """The effect and its robust error, by least squares on the same columns."""
    columns = np.column_stack([lines.exposed, np.ones(len(lines.y)), lines.x])
    inverse = np.linalg.inv(columns.T @ columns)
    beta = inverse @ columns.T @ lines.y
    rest = lines.y - columns @ beta
    return float(beta[0]), float((inverse @ (columns.T * rest**2) @ columns @ inverse)[0, 0] ** 0.5)


@pytest.fixture(scope="module")
def worlds() -> list[tuple[Lines, Doubled]]:
    needs_learners()
    return [(lines, learn_twice(lines)) for lines in (planted(seed, -1.0) for seed in range(3))]


def test_the_interval_holds_what_was_planted_where_a_straight_line_misses_it(
    worlds: list[tuple[Lines, Doubled]],
) -> None:
    """Over many worlds the straight line says −0.38 on average: see docs/double.md."""
    for lines, found in worlds:
        assert abs(found.effect.value + 1.0) < 2.8 * found.effect.error
        value, error = straight(lines)
        assert value + 1.0 > 2.8 * error
    assert np.mean([found.effect.value for _, found in worlds]) == pytest.approx(-1.0, abs=0.2)


def test_both_sides_are_made_alike(worlds: list[tuple[Lines, Doubled]]) -> None:
    for _, found in worlds:
        assert found.differences.before.max() > 0.15
        assert found.differences.after.max() < 0.2


def test_nothing_planted_is_not_told_apart_from_nothing() -> None:
    needs_learners()
    done: list[None] = []
    found = learn_twice(planted(20, 0.0), lambda: done.append(None)).effect
    assert abs(found.value) < 2.8 * found.error
    assert len(done) == STEPS  # progress is told step by step


def test_a_guess_never_saw_the_person_that_it_is_about() -> None:
    """A target of pure chance, known by heart within each person, cannot be foretold."""
    needs_learners()
    rng = np.random.default_rng(4)
    person = np.repeat(np.arange(150), 4)
    x, target = rng.normal(size=(150, 3))[person], rng.normal(size=150)[person]
    task = Task(x=x, target=target, weight=np.ones(600), fold=folds_of(person, 0))
    assert guess(task, 0).told < 0.05


def test_people_stay_whole_and_folds_are_as_large() -> None:
    person = np.repeat(np.arange(100), 3)
    fold = folds_of(person, 1)
    assert len(np.unique(np.column_stack([person, fold]), axis=0)) == 100
    assert np.bincount(fold[::3]).tolist() == [100 // FOLDS] * FOLDS


def test_an_exposure_that_can_be_foretold_of_everybody_is_refused() -> None:
    needs_learners()
    lines = planted(5, 0.0)
    sure = Lines(
        y=lines.y, exposed=(lines.x[:, 0] > 0).astype(float), x=lines.x, weight=lines.weight,
        person=lines.person,
    )  # fmt: skip
    with pytest.raises(BadInput, match="double_no_overlap"):
        learn_twice(sure)


def test_without_the_extra_it_says_which_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sklearn", None)
    with pytest.raises(WrongUse, match="learners_missing"):
        need_learners()
