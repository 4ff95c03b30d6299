"""Does a good experience elsewhere make up for weaker service? An interaction, tested."""

from __future__ import annotations

from typing import Final

import numpy as np

from verite.measure.experience.contrast import LEAST, fit_by_person
from verite.measure.experience.lines import Lines, answers_of, losses_of, scores_of
from verite.measure.experience.reading import Reading, window_sums
from verite.measure.feeling.port import Floats, Ints, Mask
from verite.stats.intervals import normal_quantile
from verite.words.estimate import Estimate, Unit
from verite.words.experience import MakesUp, Told, Verdict
from verite.words.interaction import Kind
from verite.words.moments import Rung

_CUSHION: Final = np.array([0.0, 0.0, 0.0, -1.0, 0.0])
METHOD: Final = "least squares with interaction, bootstrap by person"


def makes_up(reading: Reading) -> MakesUp:
    """Later loyalty on the level of service, of the rest, and of both together.

    Levels of the last days before, 0-10. The cushion is by how much less weak service costs (from
    a good to a bad level) where the rest is good than where it is bad: −(good − bad)² × the
    interaction. Above nothing, a good experience makes up; below, it does not. A product depends
    on the scale: a verdict takes the same sign on the answers as given (0-10), or on the log-odds
    of being kept.
    """
    about, before = reading.about, reading.settings.before_days
    figures: list[Told] = []
    for key, unit, lines, given in (
        ("nps", Unit.NPS, answers_of(reading), scores_of(reading)),
        ("kept", Unit.PERCENT, losses_of(reading), None),
    ):
        figures += _tested(reading, lines, (key, unit), given)
    if not figures:
        return MakesUp(about=about, reason="few_both", before_days=before)
    verdicts = [one.verdict for one in figures if one.verdict is not None]
    return MakesUp(
        about=about, figures=tuple(figures), before_days=before, verdict=together(verdicts)
    )


def together(verdicts: list[Verdict]) -> Verdict:
    """What the outcomes say together: decided when one decides and none says the contrary.

    >>> together([Verdict.SUPPORTED, Verdict.UNDECIDED]).value
    'supported'
    >>> together([Verdict.SUPPORTED, Verdict.CONTRADICTED]).value
    'undecided'
    """
    decided = set(verdicts) - {Verdict.UNDECIDED}
    return decided.pop() if len(decided) == 1 else Verdict.UNDECIDED


def is_service(reading: Reading) -> Mask:
    """Rows at touchpoints of service: where customers contact the company, complain, or are
    handed over. A score given about such a touchpoint is of service too."""
    runs = reading.runs
    touchpoint = np.asarray(runs.codes("touchpoint"))
    contact = reading.kinds(*reading.study.definitions.contact_kinds, Kind.HANDOVER.value)
    own = reading.lived & ~reading.felt.said
    many = len(runs.labels("touchpoint")) + 1
    served = np.bincount(touchpoint[own & contact], minlength=many)[:many]
    others = np.bincount(touchpoint[own & ~contact & (touchpoint >= 0)], minlength=many)[:many]
    return np.asarray(np.where(touchpoint >= 0, (served > others)[touchpoint], contact))


def _tested(
    reading: Reading, lines: Lines, outcome: tuple[str, Unit], given: Floats | None
) -> list[Told]:
    service, rest, contacts = _levels(reading, lines)
    both = ~np.isnan(service) & ~np.isnan(rest)
    if int(both.sum()) < 4 * LEAST or np.ptp(lines.y[both]) == 0:
        return []
    s, r = service[both], rest[both]
    if np.ptp(s) == 0 or np.ptp(r) == 0:
        return []
    bad, good = reading.settings.bad_below, reading.settings.good_from
    middle, wide = (bad + good) / 2.0, good - bad
    x = np.column_stack([s - middle, r - middle, (s - middle) * (r - middle), contacts[both]])
    fit = fit_by_person(x, lines.y[both], lines.person[both])
    key, unit = outcome
    n = int(both.sum())
    if given is None:
        again = cushion_on_odds(x, lines.y[both] > 0, lines.person[both])
    else:
        again = fit_by_person(x, given[both], lines.person[both]).combine(_CUSHION)[1:]
    told = [
        ("service", fit.told(np.array([0, wide, 0, wide * wide / 2, 0]), unit, METHOD, n)),
        ("rest", fit.told(np.array([0, 0, wide, -wide * wide / 2, 0]), unit, METHOD, n)),
        ("cushion", fit.told(np.array([0, 0, 0, -wide * wide, 0]), unit, METHOD, n)),
    ]
    return [
        Told(
            key=f"{key}_{name}", estimate=one, rung=Rung.ADJUSTED,
            verdict=_says(one, again) if name == "cushion" else None,
        )
        for name, one in told
    ]  # fmt: skip


def cushion_on_odds(x: Floats, kept: Mask, person: Ints) -> tuple[float, float]:
    """The interval at 95 % of minus the product's coefficient (the third column), in log-odds."""
    from verite.stats.logistic import Design, fit_logistic

    design = Design(x=x, y=kept.astype(np.float64), weight=np.ones(len(x)), cluster=person)
    found = fit_logistic(design)
    wide = normal_quantile(0.95) * float(np.sqrt(max(found.covariance[3, 3], 0.0)))
    middle = -float(found.coefficients[3])
    if not np.isfinite(middle + wide):
        return -np.inf, np.inf
    return middle - wide, middle + wide


def _levels(reading: Reading, lines: Lines) -> tuple[Floats, Floats, Floats]:
    """Per line the level of service, of the rest (NaN = not met), the log of how many."""
    served = is_service(reading)
    weight = np.where(reading.lived, reading.felt.weight, 0.0)
    left = weight * np.nan_to_num(reading.felt.valence)
    values = (left * served, weight * served, left * ~served, weight * ~served)
    total, count, other, others = window_sums(reading, lines, reading.settings.before_days, values)
    return (
        np.where(count > 1e-9, 5.0 + 5.0 * total / np.maximum(count, 1e-9), np.nan),
        np.where(others > 1e-9, 5.0 + 5.0 * other / np.maximum(others, 1e-9), np.nan),
        np.log1p(count + others),
    )


def _says(estimate: Estimate, again: tuple[float, float]) -> Verdict:
    """Decided when both scales say the same."""
    if estimate.low is None or estimate.high is None:
        return Verdict.UNDECIDED
    if min(estimate.low, again[0]) > 0.0:
        return Verdict.SUPPORTED
    return Verdict.CONTRADICTED if max(estimate.high, again[1]) < 0.0 else Verdict.UNDECIDED
