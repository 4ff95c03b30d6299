"""The trial: how good the model is on the last dates, against three simpler ways."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

import numpy as np

from verite.measure.feeling.families import RIVALS, Family, fit_family
from verite.measure.feeling.material import Material
from verite.measure.feeling.outcomes import SEED
from verite.measure.feeling.port import Floats
from verite.stats.calibration import brier, recalibrate, shares_by_risk
from verite.stats.discrimination import Compared, Judged, compare_auc
from verite.stats.intervals import Interval
from verite.stats.logistic import Design
from verite.words.asked import Window
from verite.words.feeling import Bounded, RiskBin, Rival, Trial

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
DAY: Final = timedelta(days=1)


def prove(material: Material, family: Family, half_life: int) -> Trial:
    """The family fitted on what was known at the first date of the trial, judged from there on."""
    log_odds = foretell(material, family, half_life)
    rivals = tuple(foretell(material, rival, half_life) for rival in RIVALS)
    judged = _judged(material)
    compared = compare_auc((log_odds, *rivals), judged, seed=SEED)
    design = material.design(np.empty((len(material.weight), 0))).only(material.is_trial)
    p = 1.0 / (1.0 + np.exp(-log_odds))
    calibration = recalibrate(log_odds, design)
    mean = float(design.weight @ design.y / design.weight.sum())
    return Trial(
        window=_window(material),
        n=len(p),
        people=int(judged.cluster.max()) + 1,
        events=int(design.y.sum()),
        auc=bounded(compared[0].auc, compared[0].bounds),
        slope=bounded(calibration.slope, calibration.slope_bounds),
        intercept=bounded(calibration.intercept, calibration.intercept_bounds),
        brier=brier(p, design.y, design.weight),
        brier_of_mean=brier(np.full(len(p), mean), design.y, design.weight),
        rivals=tuple(_rival(f.name, c) for f, c in zip(RIVALS, compared[1:], strict=True)),
        bins=_bins(p, design),
    )


def foretell(material: Material, family: Family, half_life: int) -> Floats:
    """The log-odds of the trial's lines, by the family fitted on what was known before them."""
    x = material.columns(family.features, half_life)
    known = material.known_before(material.first_trial)
    fitted = fit_family(family, material.design(x).only(known))
    return fitted.log_odds(x[material.is_trial])


def bounded(value: float, bounds: Interval) -> Bounded:
    """A point and its interval as one word."""
    return Bounded(value=value, low=bounds.low, high=bounds.high)


def beats_all(trial: Trial) -> bool:
    """Better than chance and than every rival, each by the interval of its difference."""
    told = trial.auc.low is not None and trial.auc.low > 0.5
    return told and all(rival.is_beaten for rival in trial.rivals)


def _rival(name: str, found: Compared) -> Rival:
    low = found.gain_bounds.low
    return Rival(
        name=name,
        auc=bounded(found.auc, found.bounds),
        gain=bounded(found.gain, found.gain_bounds),
        is_beaten=low is not None and low > 0.0,
    )


def _judged(material: Material) -> Judged:
    lines = material.is_trial
    _, cluster = np.unique(material.periods.person[lines], return_inverse=True)
    return Judged(y=material.periods.came[lines], weight=material.weight[lines], cluster=cluster)


def _window(material: Material) -> Window:
    dates = material.periods.dates
    first = EPOCH + timedelta(microseconds=int(dates[material.first_trial]))
    last = EPOCH + timedelta(microseconds=int(dates[-1])) + material.periods.days * DAY
    return Window(start=first, end=last)


def _bins(p: Floats, design: Design) -> tuple[RiskBin, ...]:
    return tuple(
        RiskBin(
            foretold=share.foretold, came_true=bounded(share.came_true, share.bounds), n=share.n
        )
        for share in shares_by_risk(p, design)
    )
