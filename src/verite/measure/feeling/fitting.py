"""Fitting the running feeling: choose, prove out of time, then fit on everything and freeze."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import astuple, dataclass, replace
from datetime import timedelta
from typing import Final

import numpy as np

from verite.measure.definitions import Definitions
from verite.measure.feeling.choosing import (
    HalfLife,
    choose_family,
    choose_half_life,
    likeliest,
)
from verite.measure.feeling.families import MEMORY, Family, Fitted, fit_family
from verite.measure.feeling.features import DAY_US
from verite.measure.feeling.material import GRID, Material, gather, trace_everyone, weigh
from verite.measure.feeling.moments import ALLOWED, Moments, kept_of, learn_moments
from verite.measure.feeling.plain import HALF_LIFE_DAYS as COLD_HALF_LIFE
from verite.measure.feeling.port import Floats, Runs
from verite.measure.feeling.proving import EPOCH, beats_all, bounded, prove
from verite.measure.feeling.traces import Traces
from verite.stats.intervals import LEVEL, Interval, normal_quantile
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
LAW_DAYS: Final = 7  # a loss is looked for week by week: half-life and asymmetry are read there
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chosen:
    """All that was chosen before the trial."""

    half_life: HalfLife
    moments: Moments
    family: Family
    families: tuple[tuple[str, float], ...]


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
    finest = _finest(asked)
    law = material
    if finest != asked:
        found = gather(runs, traces, definitions, finest, until)
        law = told_before(found, int(material.periods.dates[material.first_trial]))
    progress(1, STAGES)
    law, half_life, moments = _learn(runs, traces, law)
    material = weigh(material, traces, kept_of(runs, traces, moments, slice(0, runs.rows)))
    progress(2, STAGES)
    family, families = choose_family(material, half_life.place)
    chosen = _Chosen(half_life=half_life, moments=moments, family=family, families=families)
    progress(3, STAGES)
    trial = prove(material, family, half_life.place)
    model = _model(runs, (asked, until), (law, material), chosen, trial)
    progress(4, STAGES)
    return model


def _finest(asked: FeelingAsked) -> FeelingAsked:
    """A loss is looked for week by week, whatever the days asked."""
    is_hazard = asked.outcome is FeelingOutcome.CHURN
    return replace(asked, days=min(asked.days, LAW_DAYS)) if is_hazard else asked


def told_before(law: Material, trial: int) -> Material:
    """The same lines; those whose outcome was not known when the trial began choose nothing."""
    ends = law.periods.dates + law.periods.days * DAY_US
    return replace(law, first_trial=int(np.count_nonzero(ends <= trial)))


def _learn(runs: Runs, traces: Traces, law: Material) -> tuple[Material, HalfLife, Moments]:
    """What stays of each touchpoint at a usual half-life; then at the likeliest one; then the
    half-life is validated."""
    everything, days = slice(0, runs.rows), COLD_HALF_LIFE
    for _ in range(2):
        moments = learn_moments(runs, traces, law, days)
        law = weigh(law, traces, kept_of(runs, traces, moments, everything))
        likely = GRID[likeliest(law)]
        if likely == days:
            break
        days = likely
    return law, choose_half_life(law), moments


def _model(
    runs: Runs, question: tuple[FeelingAsked, int], materials: tuple[Material, Material],
    chosen: _Chosen, trial: Trial,
) -> FeelingModel:  # fmt: skip
    (asked, until), (law, material) = question, materials
    fitted = _fit(material, chosen.family, chosen.half_life.place)
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
        asymmetry=chosen.moments.asymmetry,
        stays=chosen.moments.stays,
        curve=_curve(chosen, memories),
        families=chosen.families,
        family=chosen.family.name,
        coefficients=_coefficients(chosen.family, fitted),
        trial=trial,
        frozen=frozen,
        calibrated=calibrated,
        reason="beats_all" if calibrated else "beaten_by:" + (",".join(beaten) or "chance"),
    )


def _fit(material: Material, family: Family, half_life: int) -> Fitted:
    return fit_family(family, material.design(material.columns(family.features, half_life)))


def _freeze(material: Material, chosen: _Chosen, fitted: Fitted) -> Frozen:
    x = material.columns(chosen.family.features, chosen.half_life.place)
    reference = float(material.weight @ fitted.log_odds(x) / material.weight.sum())
    return Frozen(
        names=chosen.family.features,
        deviations=_plain(fitted.deviations),
        coefficients=_plain(fitted.logit.coefficients[1:]),
        intercept=float(fitted.logit.coefficients[0]),
        covariance=tuple(_plain(line) for line in fitted.logit.covariance),
        half_life_days=GRID[chosen.half_life.place],
        touchpoints=chosen.moments.weights[:-1],
        touchpoints_other=chosen.moments.weights[-1][1],
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


def _half_life(chosen: _Chosen, memories: list[Fitted]) -> Bounded:
    """The half-life chosen by validation. Its bounds are the wider of two: what other people drawn
    from the same would have chosen, and where the profile likelihood, drawn between the points of
    the grid, falls by 3.84 (Wilks 1938, divided as Rotnitzky & Jewell 1990)."""
    from scipy.interpolate import PchipInterpolator

    places = np.log(np.array(GRID))
    fine = np.linspace(places[0], places[-1], 2001)
    drawn = PchipInterpolator(places, _costs(memories))(fine)
    inside = np.flatnonzero(drawn <= ALLOWED)
    value, (low, high) = GRID[chosen.half_life.place], np.exp(fine[inside[[0, -1]]])
    low, high = min(low, chosen.half_life.low, value), max(high, chosen.half_life.high, value)
    return Bounded(
        value=value,
        low=float(low) if low > GRID[0] * 1.001 else None,
        high=float(high) if high < GRID[-1] * 0.999 else None,
    )


def _curve(chosen: _Chosen, memories: list[Fitted]) -> tuple[CurvePoint, ...]:
    costs = _costs(memories)
    return tuple(
        CurvePoint(days=days, loss=chosen.half_life.losses[place], cost=float(costs[place]))
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
