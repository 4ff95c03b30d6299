"""Out-of-fold guesses of a number or of a chance by flexible learners: the extra `causal`.

A straight line, a line bent at the quantiles of each column, boosted trees, and such trees on what
the bent line leaves guess each line from people they did not learn from; their guesses are then
mixed as fits best ("short stacking": Ahrens, Hansen, Schaffer & Wiemann 2025), so that nobody has
to choose a learner beforehand.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from verite.words.errors import WrongUse

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
LEARNERS: Final = ("line", "bent", "trees", "bent_trees")
ROUNDS: Final = 80
BENDS: Final = (0.1, 0.3, 0.5, 0.7, 0.9)  # quantiles at which a column may bend
BINS: Final = 64  # of a column: finer ones tell little more, and cost much where lines are weighted


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What is guessed from what: `fold` says which lines are guessed together, by learners that
    saw the others only. `is_chance`: the target is 0 or 1, and a chance is guessed."""

    x: Floats
    target: Floats
    weight: Floats
    fold: Ints
    is_chance: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Guesses:
    """A guess a line, the share of each learner in the mix, and the share of variance foretold."""

    values: Floats
    shares: tuple[float, ...]
    told: float


def need_learners() -> None:
    """Refuses, in one sentence, where the extra is not installed."""
    try:
        importlib.import_module("sklearn")
    except ImportError as error:
        raise WrongUse("learners_missing") from error


def guess(task: Task, seed: int, ended: Callable[[], None] | None = None) -> Guesses:
    """The mix of what the learners guess; `ended` is called after each fold."""
    from threadpoolctl import threadpool_limits  # type: ignore[import-not-found, import-untyped, unused-ignore]

    makers = _makers(seed, is_chance=task.is_chance)
    found = np.empty((len(task.target), len(makers)))
    for fold in np.unique(task.fold):
        here, there = task.fold == fold, task.fold != fold
        with threadpool_limits(limits=1):  # threads would wait for each other, and the pages too
            for place, make in enumerate(makers):
                found[here, place] = _learnt(make(), task, there, here)
        if ended is not None:
            ended()
    return _mixed(found, task)


def _learnt(learner: Any, task: Task, there: NDArray[np.bool_], here: NDArray[np.bool_]) -> Floats:
    """What one learner, taught on some lines, guesses of others."""
    target = task.target[there]
    if float(np.ptp(target)) == 0.0:
        return np.full(int(here.sum()), float(target[0]))
    weight = task.weight[there] if float(np.ptp(task.weight)) > 0.0 else None
    weight = task.weight[there] if float(np.ptp(task.weight)) > 0.0 else None
    learner.fit(task.x[there], target, weight)
    return np.asarray(learner.predict(task.x[here]), dtype=np.float64)


def _mixed(found: Floats, task: Task) -> Guesses:
    """The mix, its shares positive and together 1, that leaves the least squares."""
    from scipy.optimize import nnls

    root = np.sqrt(task.weight)
    centre = float(np.average(task.target, weights=task.weight))
    raw, _ = nnls((found - centre) * root[:, None], (task.target - centre) * root)
    total = float(raw.sum())
    shares = raw / total if total > 0 else np.full(found.shape[1], 1.0 / found.shape[1])
    values = found @ shares
    left = float(task.weight @ (task.target - values) ** 2)
    whole = float(task.weight @ (task.target - centre) ** 2)
    if task.is_chance:
        values = np.clip(values, 0.0, 1.0)
    return Guesses(
        values=np.asarray(values),
        shares=tuple(float(share) for share in shares),
        told=1.0 - left / whole if whole > 0 else 0.0,
    )


def _makers(seed: int, *, is_chance: bool) -> tuple[Callable[[], Any], ...]:
    """The learners, unlearnt, in the order of `LEARNERS`."""
    return (
        lambda: _Line((), is_chance=is_chance),
        lambda: _Line(BENDS, is_chance=is_chance),
        lambda: _Trees(seed, None),
        lambda: _Trees(seed, _Line(BENDS, is_chance=is_chance)),
    )


class _Line:
    """Least squares with a ridge, or a logistic regression, on columns that may bend."""

    def __init__(self, bends: tuple[float, ...], *, is_chance: bool) -> None:
        from sklearn import linear_model, preprocessing  # type: ignore[import-not-found, import-untyped, unused-ignore]

        self.bends, self.is_chance = bends, is_chance
        self.scaler: Any = preprocessing.StandardScaler()
        self.line: Any = (
            linear_model.LogisticRegression(max_iter=200) if is_chance else linear_model.Ridge()
        )
        self.knots: list[tuple[int, float]] = []

    def fit(self, x: Floats, target: Floats, weight: Floats | None) -> None:
        """Learns."""
        for column in range(x.shape[1] if self.bends else 0):
            levels = np.unique(np.quantile(x[:, column], self.bends))
            inside = levels[(levels > x[:, column].min()) & (levels < x[:, column].max())]
            self.knots += [(column, float(level)) for level in inside]
        told = self.scaler.fit_transform(self._bent(x))
        self.line.fit(told, target, sample_weight=weight)

    def predict(self, x: Floats) -> Any:
        """Guesses."""
        told = self.scaler.transform(self._bent(x))
        return self.line.predict_proba(told)[:, 1] if self.is_chance else self.line.predict(told)

    def _bent(self, x: Floats) -> Floats:
        """The columns, then what is above each knot."""
        above = [np.maximum(x[:, column] - level, 0.0) for column, level in self.knots]
        return np.column_stack([x, *above])


class _Trees:
    """Boosted trees, of the target or of what a line leaves of it."""

    def __init__(self, seed: int, line: _Line | None) -> None:
        from sklearn import ensemble  # type: ignore[import-not-found, import-untyped, unused-ignore]

        self.line = line
        self.trees: Any = ensemble.HistGradientBoostingRegressor(
            max_iter=ROUNDS, learning_rate=0.1, max_leaf_nodes=8, min_samples_leaf=15,
            l2_regularization=1.0, max_bins=BINS, early_stopping=False, random_state=seed,
        )  # fmt: skip

    def fit(self, x: Floats, target: Floats, weight: Floats | None) -> None:
        """Learns."""
        if self.line is not None:
            self.line.fit(x, target, weight)
            target = target - self.line.predict(x)
        self.trees.fit(x, target, sample_weight=weight)

    def predict(self, x: Floats) -> Any:
        """Guesses."""
        rest = self.trees.predict(x)
        return rest if self.line is None else self.line.predict(x) + rest
