"""What stays of each touchpoint, and how much more the bad weighs than the good."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numba import njit

from verite.measure.feeling.choosing import bottom
from verite.measure.feeling.features import DAY_US
from verite.measure.feeling.material import Material
from verite.measure.feeling.port import Codes, Floats, Runs
from verite.measure.feeling.traces import Traces
from verite.stats.intervals import LEVEL, normal_quantile
from verite.stats.logistic import Design, Logit, Rule, fit_logistic
from verite.words.feeling import Bounded

# Bad over good, from a quarter to sixteen times.
ASYMMETRIES: Final = tuple(0.25 * 2.0 ** (place / 1.5) for place in range(10))
ROWS_LEAST: Final = 200  # of a touchpoint, for a weight of its own
PEOPLE_LEAST: Final = 50
ALLOWED: Final = 3.841459  # χ², one degree of freedom, 95 %


@dataclass(frozen=True, slots=True, kw_only=True)
class Moments:
    """The weight of each touchpoint (its mean over contacts is 1), and the asymmetry."""

    stays: tuple[tuple[str, Bounded], ...]  # the last one, `*`, is all the others together
    asymmetry: Bounded

    @property
    def weights(self) -> tuple[tuple[str, float], ...]:
        """The weights without their intervals."""
        return tuple((name, found.value or 0.0) for name, found in self.stays)

    def of_codes(self, labels: tuple[str, ...]) -> Floats:
        """The weight by the code of the touchpoint; the last one stands for none."""
        known = dict(self.weights)
        return np.array([known.get(label, known["*"]) for label in (*labels, "")])


def learn_moments(runs: Runs, traces: Traces, law: Material, half_life: float) -> Moments:
    """Weights ω and asymmetry λ of Σ ω_touchpoint (λ |s|⁻ − s⁺) 2^(−age/h), by the outcomes known
    before the trial.

    For each λ of a grid the weights of greatest likelihood, never negative; the interval of λ is
    where that profile falls by 3.84 over its spread.
    """
    group, names = _groups(runs, traces)
    lines = law.known_before(law.first_trial)
    bad, good = _parts(law, traces, group, (len(names), half_life))
    design = law.design(np.empty((len(lines), 0))).only(lines)
    fits: list[tuple[Logit, Floats]] = []
    start: Floats | None = None
    for asymmetry in ASYMMETRIES:
        x = asymmetry * bad[lines] - good[lines]
        scale = np.maximum(np.sqrt(design.weight @ (x * x) / design.weight.sum()), 1e-9)
        held = Rule(ridge=1.0, signs=(1,) * x.shape[1])
        fitted = fit_logistic(_with(design, x / scale), held, start)
        start = fitted.coefficients
        fits.append((fitted, scale))
    fitted, scale = max(fits, key=lambda fit: fit[0].likelihood)
    felt = np.bincount(group, weights=traces.weight, minlength=len(names)).astype(np.float64)
    return Moments(
        stays=tuple(zip(names, _stays(fitted, scale, felt), strict=True)),
        asymmetry=_asymmetry([fit for fit, _ in fits]),
    )


def _stays(fitted: Logit, scale: Floats, felt: Floats) -> list[Bounded]:
    """Weights such that a contact weighs 1 on average, with their intervals for this asymmetry;
    all alike when nothing is left of any."""
    weights = fitted.coefficients[1:] / scale
    total = float(felt @ weights) / float(max(felt.sum(), 1.0))
    if total <= 0.0:
        return [Bounded(value=1.0, low=None, high=None) for _ in weights]
    errors = np.sqrt(np.maximum(np.diag(fitted.covariance)[1:], 0.0)) / scale
    half = normal_quantile(LEVEL) * errors / total
    return [
        Bounded(value=value, low=max(value - by, 0.0), high=value + by)
        if by > 0
        else Bounded(value=value, low=None, high=None)
        for value, by in zip((weights / total).tolist(), half.tolist(), strict=True)
    ]


def kept_of(runs: Runs, traces: Traces, moments: Moments, rows: slice) -> Floats:
    """What stays of each row: its weight times that of its touchpoint."""
    by_code = moments.of_codes(runs.labels("touchpoint"))
    return np.asarray(traces.weight * by_code[np.asarray(runs.codes("touchpoint")[rows])])


def _with(design: Design, x: Floats) -> Design:
    return Design(x=x, y=design.y, weight=design.weight, cluster=design.cluster)


def _groups(runs: Runs, traces: Traces) -> tuple[Codes, tuple[str, ...]]:
    """A code per row: the touchpoints felt often enough, then all the others together."""
    code = np.asarray(runs.codes("touchpoint")).astype(np.int32)
    felt = np.flatnonzero(traces.weight > 0)
    labels = runs.labels("touchpoint")
    code = np.where(code < 0, len(labels), code)  # none is a touchpoint of its own
    rows = np.bincount(code[felt], minlength=len(labels) + 1)
    person = np.searchsorted(runs.starts, felt, side="right")
    pairs = np.unique(code[felt].astype(np.int64) * (runs.people + 1) + person)
    people = np.bincount(pairs // (runs.people + 1), minlength=len(labels) + 1)
    own = np.flatnonzero((rows >= ROWS_LEAST) & (people >= PEOPLE_LEAST))
    renamed = np.full(len(labels) + 1, len(own), dtype=np.int32)
    renamed[own] = np.arange(len(own), dtype=np.int32)
    return renamed[code], (*((*labels, "")[place] for place in own.tolist()), "*")


def _parts(
    law: Material, traces: Traces, group: Codes, size: tuple[int, float]
) -> tuple[Floats, Floats]:
    out = np.zeros((len(law.periods.person), size[0], 2))
    lines = (law.lines.first, law.lines.last, law.lines.at)
    rows = (traces.ts, traces.valence, traces.weight, group)
    _decay_by(lines, rows, size[1] * DAY_US, out)
    return out[:, :, 0], out[:, :, 1]


def _asymmetry(fits: list[Logit]) -> Bounded:
    from scipy.interpolate import PchipInterpolator

    likelihoods = np.array([fit.likelihood for fit in fits])
    best = int(likelihoods.argmax())
    costs = 2.0 * (likelihoods[best] - likelihoods) / max(fits[best].spread, 1.0)
    places = np.log(np.array(ASYMMETRIES))
    fine = np.linspace(places[0], places[-1], 2401)
    drawn = PchipInterpolator(places, costs)(fine)
    inside = np.flatnonzero(drawn <= ALLOWED)
    low, high = int(inside[0]), int(inside[-1])
    if low == 0 and high == len(fine) - 1:  # nothing is told
        return Bounded(value=None, low=None, high=None)
    return Bounded(
        value=float(np.exp(bottom(places, costs))),
        low=float(np.exp(fine[low])) if low > 0 else None,
        high=float(np.exp(fine[high])) if high < len(fine) - 1 else None,
    )


@njit(nogil=True, cache=True)
def _decay_by(lines, rows, half, out):  # type: ignore[no-untyped-def]
    """Decayed sums of the bad and of the good, group by group."""
    first, last, at = lines
    ts, valence, weight, group = rows
    groups = out.shape[1]
    sums = np.zeros((groups, 2))
    row, since = 0, 0
    for line in range(len(at)):
        if line == 0 or first[line] != first[line - 1]:
            row, since = first[line], at[line]
            sums[:] = 0.0
        while row < last[line] and ts[row] < at[line]:
            if weight[row] > 0.0:
                sums *= 2.0 ** (-(ts[row] - since) / half)
                sums[group[row], 0] += weight[row] * max(-valence[row], 0.0)
                sums[group[row], 1] += weight[row] * max(valence[row], 0.0)
                since = ts[row]
            row += 1
        out[line] = sums * 2.0 ** (-(at[line] - since) / half)
