"""Out-of-fold guesses of a number or of a chance by flexible learners: the extra `causal`.

A straight line, boosted steps of one column at a time and boosted trees of several guess each line
from people they did not learn from; their guesses are then mixed as fits best ("short stacking":
Ahrens, Hansen, Schaffer & Wiemann 2025), so that nobody has to choose a learner beforehand.
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
LEARNERS: Final = ("line", "steps", "trees")
ROUNDS: Final = 60
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
    learner.fit(task.x[there], target, sample_weight=weight)
    if task.is_chance:
        return np.asarray(learner.predict_proba(task.x[here])[:, 1])
    return np.asarray(learner.predict(task.x[here]))


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
    return Guesses(
        values=np.asarray(values),
        shares=tuple(float(share) for share in shares),
        told=1.0 - left / whole if whole > 0 else 0.0,
    )


def _makers(seed: int, *, is_chance: bool) -> tuple[Callable[[], Any], ...]:
    """The learners, unlearnt, in the order of `LEARNERS`."""
    from sklearn import ensemble, linear_model, preprocessing  # type: ignore[import-not-found, import-untyped, unused-ignore]

    boosted = (
        ensemble.HistGradientBoostingClassifier
        if is_chance
        else ensemble.HistGradientBoostingRegressor
    )
    line = linear_model.LogisticRegression if is_chance else linear_model.Ridge

    def grow(leaves: int) -> Any:
        return boosted(
            max_iter=ROUNDS, learning_rate=0.12, max_leaf_nodes=leaves, min_samples_leaf=20,
            l2_regularization=1.0, max_bins=BINS, early_stopping=False, random_state=seed,
        )  # fmt: skip

    return (
        lambda: _Scaled(preprocessing.StandardScaler(), line()),
        lambda: grow(2),
        lambda: grow(8),
    )


class _Scaled:
    """A learner of columns brought to one scale."""

    def __init__(self, scaler: Any, learner: Any) -> None:
        self.scaler, self.learner = scaler, learner

    def fit(self, x: Floats, target: Floats, sample_weight: Floats | None) -> None:
        self.learner.fit(self.scaler.fit_transform(x), target, sample_weight=sample_weight)

    def predict(self, x: Floats) -> Any:
        return self.learner.predict(self.scaler.transform(x))

    def predict_proba(self, x: Floats) -> Any:
        return self.learner.predict_proba(self.scaler.transform(x))
