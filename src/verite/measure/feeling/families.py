"""Families: the sets of features that compete, from the simplest to the richest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from verite.measure.feeling.marks import EFFORTS
from verite.measure.feeling.port import Floats, Mask
from verite.stats.logistic import Design, Logit, Rule, fit_logistic

RIDGE: Final = 1.0  # on columns of standard deviation 1: a normal prior, mean 0, deviation 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Features by name, and the sign each may take: 1 raises the risk, −1 lowers it, 0 either."""

    name: str
    features: tuple[str, ...]
    signs: tuple[int, ...]


_MEMORY: Final = {"bad_kept": 1, "good_kept": -1}
_PEAKS: Final = {"worst": 1, "best": -1, "end": -1}
_EFFORT: Final = {**dict.fromkeys(EFFORTS, 1), "log_wait": 1, "open_issue": 1}


def _family(name: str, signs: dict[str, int]) -> Family:
    return Family(name=name, features=tuple(signs), signs=tuple(signs.values()))


MEMORY: Final = _family("memory", _MEMORY)
FAMILIES: Final = (
    _family("recent_mean", {"mean": -1}),
    _family("even_memory", {"bad": 1, "good": -1}),
    MEMORY,
    _family("peaks", {**_MEMORY, **_PEAKS}),
    _family("effort", {**_MEMORY, **_EFFORT}),
    _family("whole", {**_MEMORY, **_PEAKS, **_EFFORT}),
)
RIVALS: Final = (
    _family("last_score", {"last_score": 0, "has_score": 0}),
    _family("plain_mean", {"plain_mean": 0}),
    _family("recency_frequency_money", {"days_since": 0, "often": 0, "money": 0}),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """A family fitted: the deviations its columns were divided by, and the regression."""

    deviations: Floats
    logit: Logit

    def log_odds(self, x: Floats) -> Floats:
        """The log-odds of lines whose columns are as they are."""
        return self.logit.predict(x / self.deviations)


def fit_family(family: Family, design: Design, start: Floats | None = None) -> Fitted:
    """The family on its own columns, each brought to deviation 1; nothing stays nothing."""
    total = design.weight.sum()
    means = design.weight @ design.x / total
    deviations = np.sqrt(design.weight @ (design.x - means) ** 2 / total)
    deviations = np.where(deviations > 1e-9, deviations, 1.0)
    scaled = Design(
        x=design.x / deviations, y=design.y, weight=design.weight, cluster=design.cluster
    )
    logit = fit_logistic(scaled, Rule(ridge=RIDGE, signs=family.signs), start)
    return Fitted(deviations=deviations, logit=logit)


def log_loss(log_odds: Floats, design: Design, lines: Mask) -> Floats:
    """Per line −y log p − (1 − y) log(1 − p), times its weight."""
    eta, y = log_odds, design.y[lines]
    return np.asarray(design.weight[lines] * (np.logaddexp(0.0, eta) - y * eta))
