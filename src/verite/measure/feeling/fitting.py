"""Fitting the running feeling: choose, prove out of time, then fit on everything and freeze."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import astuple, replace
from datetime import timedelta
from typing import Final

import numpy as np

from verite.measure.definitions import Definitions
from verite.measure.feeling.choosing import Chosen, choose
from verite.measure.feeling.families import MEMORY, Family, Fitted, fit_family
from verite.measure.feeling.material import GRID, Material, gather, trace_everyone
from verite.measure.feeling.port import Floats, Runs
from verite.measure.feeling.proving import EPOCH, beats_all, bounded, prove
from verite.stats.intervals import LEVEL, Interval, normal_quantile
from verite.stats.ratios import ratio_interval
from verite.words.asked import Window
from verite.words.feeling import (
    Bounded,
    Coefficient,
    CurvePoint,
    FeelingAsked,
    FeelingModel,
    FeelingOutcome,
    Frozen,
    Trial,
)

STAGES: Final = 4
ALLOWED: Final = 3.841459  # χ², one degree of freedom, 95 %
LAW_DAYS: Final = 7  # a loss is looked for week by week: half-life and asymmetry are read there
Progress = Callable[[int, int], None]


def fit_feeling(
    runs: Runs,
    definitions: Definitions,
    asked: FeelingAsked,
    until: int,
    progress: Progress = lambda done, total: None,
) -> FeelingModel:
    """A model of the outcome asked, of everything before `until` (UTC microseconds)."""
    progress(0, STAGES)
    traces = trace_everyone(runs, definitions)
    material = gather(runs, traces, definitions, asked, until)
    finest = replace(asked, days=min(asked.days, LAW_DAYS)) if _is_hazard(asked) else asked
    law = gather(runs, traces, definitions, finest, until) if finest != asked else material
    progress(1, STAGES)
    chosen = choose(law, material)
    progress(2, STAGES)
    trial = prove(material, chosen.family, chosen.half_life)
    progress(3, STAGES)
    model = _model(runs, (asked, until), (law, material), chosen, trial)
    progress(4, STAGES)
    return model


def _is_hazard(asked: FeelingAsked) -> bool:
    return asked.outcome is FeelingOutcome.CHURN


def _model(
    runs: Runs, question: tuple[FeelingAsked, int], materials: tuple[Material, Material],
    chosen: Chosen, trial: Trial,
) -> FeelingModel:  # fmt: skip
    (asked, until), (law, material) = question, materials
    fitted = _fit(material, chosen.family, chosen.half_life)
    frozen = _freeze(material, chosen, fitted)
    memories = [_fit(law, MEMORY, place) for place in range(len(GRID))]
    periods = material.periods
    beaten = [rival.name for rival in trial.rivals if not rival.is_beaten]
    calibrated = beats_all(trial)
    return FeelingModel(
        version=_version(asked, frozen, runs),
        asked=asked,
        window=_window(material),
        as_of=EPOCH + timedelta(microseconds=until),
        ledger_version=runs.ledger_version,
        people_version=runs.people_version,
        n=len(periods.person),
        people=len(np.unique(periods.person)),
        events=int(periods.came.sum()),
        left_otherwise=periods.left_otherwise,
        sampled=periods.sampled,
        half_life=_half_life(chosen, memories),
        asymmetry=_asymmetry(memories[chosen.half_life]),
        curve=_curve(chosen, memories),
        families=chosen.families,
        family=chosen.family.name,
        coefficients=_coefficients(chosen.family, fitted),
        trial=trial,
        frozen=frozen,
        calibrated=calibrated,
        reason="beats_all" if calibrated else "beaten_by:" + ",".join(beaten),
    )


def _fit(material: Material, family: Family, half_life: int) -> Fitted:
    return fit_family(family, material.design(material.columns(family.features, half_life)))


def _freeze(material: Material, chosen: Chosen, fitted: Fitted) -> Frozen:
    x = material.columns(chosen.family.features, chosen.half_life)
    reference = float(material.weight @ fitted.log_odds(x) / material.weight.sum())
    return Frozen(
        names=chosen.family.features,
        means=_plain(fitted.means),
        deviations=_plain(fitted.deviations),
        coefficients=_plain(fitted.logit.coefficients[1:]),
        intercept=float(fitted.logit.coefficients[0]),
        covariance=tuple(_plain(line) for line in fitted.logit.covariance),
        half_life_days=GRID[chosen.half_life],
        reference=reference,
    )


def _plain(values: Floats) -> tuple[float, ...]:
    return tuple(float(value) for value in values)


def _costs(memories: list[Fitted]) -> Floats:
    """How far each half-life is under the best one: 2(ℓ̂ − ℓ) over the spread of the best."""
    likelihoods = np.array([fitted.logit.likelihood for fitted in memories])
    best = int(likelihoods.argmax())
    spread = max(memories[best].logit.spread, 1.0)
    return np.asarray(2.0 * (likelihoods[best] - likelihoods) / spread)


def _half_life(chosen: Chosen, memories: list[Fitted]) -> Bounded:
    """The half-life chosen by validation; bounds where the profile likelihood, drawn between the
    points of the grid, falls by 3.84 (Wilks 1938, divided as Rotnitzky & Jewell 1990)."""
    from scipy.interpolate import PchipInterpolator

    places = np.log(np.array(GRID))
    fine = np.linspace(places[0], places[-1], 2001)
    drawn = PchipInterpolator(places, _costs(memories))(fine)
    inside = np.flatnonzero(drawn <= ALLOWED)
    low, high = int(inside[0]), int(inside[-1])
    return Bounded(
        value=GRID[chosen.half_life],
        low=float(np.exp(fine[low])) if low > 0 else None,
        high=float(np.exp(fine[high])) if high < len(fine) - 1 else None,
    )


def _asymmetry(memory: Fitted) -> Bounded:
    """Bad over good, per unit of each: a fitted ratio, with Fieller's interval."""
    scale = memory.deviations
    bad, good = memory.logit.coefficients[1] / scale[0], -memory.logit.coefficients[2] / scale[1]
    covariance = memory.logit.covariance
    variances = (
        float(covariance[1, 1] / scale[0] ** 2),
        float(covariance[2, 2] / scale[1] ** 2),
        float(-covariance[1, 2] / (scale[0] * scale[1])),
    )
    if good <= 0.0 or variances[1] <= 0.0:
        return Bounded(value=None, low=None, high=None)
    found = ratio_interval(float(bad), float(good), variances)
    return Bounded(value=float(bad / good), low=found.low, high=found.high)


def _curve(chosen: Chosen, memories: list[Fitted]) -> tuple[CurvePoint, ...]:
    costs = _costs(memories)
    return tuple(
        CurvePoint(days=days, loss=chosen.losses[place], cost=float(costs[place]))
        for place, days in enumerate(GRID)
    )


def _coefficients(family: Family, fitted: Fitted) -> tuple[Coefficient, ...]:
    z, logit = normal_quantile(LEVEL), fitted.logit
    errors = np.sqrt(np.maximum(np.diag(logit.covariance), 0.0))
    return tuple(
        Coefficient(
            name=name,
            per_deviation=_coefficient(
                float(logit.coefficients[place + 1]), z * float(errors[place + 1])
            ),
            mean=float(fitted.means[place]),
            deviation=float(fitted.deviations[place]),
        )
        for place, name in enumerate(family.features)
    )


def _coefficient(value: float, half: float) -> Bounded:
    """A coefficient held at 0 by its sign has no interval."""
    if half == 0.0:
        return Bounded(value=value, low=None, high=None)
    return bounded(value, Interval(value - half, value + half))


def _window(material: Material) -> Window:
    dates = material.periods.dates
    days = timedelta(days=material.periods.days)
    first, last = (EPOCH + timedelta(microseconds=int(dates[place])) for place in (0, -1))
    return Window(start=first, end=last + days)


def _version(asked: FeelingAsked, frozen: Frozen, runs: Runs) -> str:
    told = repr((asked.outcome.value, asked.days, astuple(frozen), runs.ledger_version,
                 runs.people_version))  # fmt: skip
    return "f" + hashlib.sha256(told.encode()).hexdigest()[:10]
