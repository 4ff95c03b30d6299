"""Dissonance: good in one domain and bad in another, against people of equal mean experience."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from verite.measure.experience.contrast import LEAST, fit_by_person, only_varying
from verite.measure.experience.kept import feeling_at
from verite.measure.experience.lines import Lines, answers_of, losses_of
from verite.measure.experience.reading import Reading, window_sums
from verite.measure.experience.shares import share_of
from verite.measure.feeling.outcomes import NEVER
from verite.measure.feeling.port import Floats, Ints, Mask
from verite.words.estimate import Estimate, Unit
from verite.words.experience import Dissonance, Told, Verdict
from verite.words.moments import Rung

PAIRS_AT_MOST: Final = 5
TENTHS: Final = 10
CONTACTS: Final = (2.5, 3.5, 5.5, 8.5)  # two, three, up to five, up to eight, more
METHOD: Final = "least squares within cells of equal experience, bootstrap by person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lived:
    """Per line: the mean level of each domain (0-10, NaN = not met), of all, and how many."""

    levels: Floats  # [lines, domains]
    mean: Floats
    contacts: Floats

    @property
    def met(self) -> Ints:
        """How many domains were met."""
        return np.asarray((~np.isnan(self.levels)).sum(axis=1))


def dissonance_of(reading: Reading) -> Dissonance:
    """The share of people who live it now, and what it does to loyalty."""
    domain, _, names = reading.domains
    settings = reading.settings
    about, before = reading.about, settings.before_days
    now = _now(reading)
    lived = live_domains(reading, now)
    both = lived.met >= 2
    if int(both.sum()) < LEAST:
        return Dissonance(about=about, reason="one_domain", domain=domain, before_days=before)
    torn = both & is_dissonant(reading, lived)
    figures = [Told(key="share", estimate=share_of(int(torn.sum()), int(both.sum())))]
    for key, unit, lines in (
        ("nps", Unit.NPS, answers_of(reading)), ("kept", Unit.PERCENT, losses_of(reading)),
    ):  # fmt: skip
        told = _loyalty(reading, lines, (key, unit))
        figures += [] if told is None else [told]
    return Dissonance(
        about=about, figures=tuple(figures), domain=domain, before_days=before,
        pairs=_pairs(lived, torn, names, reading),
    )  # fmt: skip


def _now(reading: Reading) -> Lines:
    """Everybody who is a customer at the end."""
    here = (reading.lives.since < reading.until_us) & (reading.lives.until == NEVER)
    person = np.flatnonzero(here)
    many = len(person)
    return Lines(person=person, at=np.full(many, reading.until_us), y=np.zeros(many))


def live_domains(reading: Reading, lines: Lines) -> Lived:
    """What each line had lived in each domain, in the days before."""
    _, codes, names = reading.domains
    days = reading.settings.before_days
    weight = np.where(reading.lived, reading.felt.weight, 0.0)
    left = weight * np.nan_to_num(reading.felt.valence)
    levels = np.full((len(lines.y), len(names)), np.nan)
    for place in range(len(names)):
        here = codes == place
        total, count = window_sums(reading, lines, days, (left * here, weight * here))
        met = count > 1e-9
        levels[met, place] = 5.0 + 5.0 * total[met] / count[met]
    total, count = window_sums(reading, lines, days, (left, weight))
    mean = np.where(count > 1e-9, 5.0 + 5.0 * total / np.maximum(count, 1e-9), np.nan)
    return Lived(levels=levels, mean=mean, contacts=count)


def is_dissonant(reading: Reading, lived: Lived) -> Mask:
    """Good in one domain at least and bad in another."""
    with np.errstate(invalid="ignore"):
        good = (lived.levels >= reading.settings.good_from).any(axis=1)
        bad = (lived.levels < reading.settings.bad_below).any(axis=1)
    return np.asarray(good & bad)


def _loyalty(reading: Reading, lines: Lines, outcome: tuple[str, Unit]) -> Told | None:
    """Those torn against those of the same mean, as many contacts, the same domains met.

    Only cells with both kinds of people are compared; within them what is left of mean, total and
    running feeling is taken away by a line. Nothing is told for whom nobody is like.
    """
    lived = live_domains(reading, lines)
    found = lived.met >= 2
    torn = is_dissonant(reading, lived)
    cell = _cells(lived, found)
    many = int(cell.max(initial=0)) + 1
    sides = [np.bincount(cell[found & side], minlength=many) for side in (torn, ~torn)]
    found &= ((sides[0] > 0) & (sides[1] > 0))[cell]
    torn = torn[found]
    if min(int(torn.sum()), int((~torn).sum())) < LEAST or np.ptp(lines.y[found]) == 0:
        return None
    total = (lived.mean[found] - 5.0) * lived.contacts[found]
    now = feeling_at(reading, lines.person[found], lines.at[found])
    x = np.column_stack([torn, lived.mean[found], total, now, lines.y[found]])
    x = _within(x, cell[found])
    kept = only_varying(x[:, 1:4])
    fit = fit_by_person(np.column_stack([x[:, 0], kept]), x[:, 4], lines.person[found])
    weights = np.zeros(len(fit.value))
    weights[1] = 1.0
    estimate = fit.told(weights, outcome[1], METHOD, int(torn.sum()))
    return Told(key=outcome[0], estimate=estimate, rung=Rung.ADJUSTED, verdict=_says(estimate))


def _cells(lived: Lived, found: Mask) -> Ints:
    """A code per line: tenth of mean experience, class of contacts, domains met."""
    cuts = np.quantile(lived.mean[found], np.arange(1, TENTHS) / TENTHS) if found.any() else [0.0]
    tenth = np.searchsorted(cuts, np.nan_to_num(lived.mean))
    often = np.searchsorted(np.array(CONTACTS), lived.contacts)
    met = (~np.isnan(lived.levels)) @ (2 ** np.arange(lived.levels.shape[1]))
    coded = (met * TENTHS + tenth) * (len(CONTACTS) + 1) + often
    return np.asarray(np.unique(coded, return_inverse=True)[1].reshape(-1))


def _within(columns: Floats, cell: Ints) -> Floats:
    """Columns less the mean of their cell."""
    _, place, counts = np.unique(cell, return_inverse=True, return_counts=True)
    means = np.stack([np.bincount(place, weights=column) / counts for column in columns.T], axis=1)
    return np.asarray(columns - means[place])


def _says(estimate: Estimate) -> Verdict:
    """Whether dissonance costs loyalty: the interval lies below nothing."""
    low, high = estimate.low, estimate.high
    if low is None or high is None or low <= 0.0 <= high:
        return Verdict.UNDECIDED
    return Verdict.SUPPORTED if high < 0.0 else Verdict.CONTRADICTED


def _pairs(
    lived: Lived, torn: Mask, names: tuple[str, ...], reading: Reading
) -> tuple[tuple[str, str, int], ...]:
    """The commonest pairs: best domain, worst domain, how many people; five at least."""
    levels = lived.levels[torn]
    if len(levels) == 0:
        return ()
    best = np.nanargmax(levels, axis=1)
    worst = np.nanargmin(levels, axis=1)
    found, counts = np.unique(np.column_stack([best, worst]), axis=0, return_counts=True)
    order = np.argsort(-counts, kind="stable")[:PAIRS_AT_MOST]
    return tuple(
        (names[int(found[k, 0])], names[int(found[k, 1])], int(counts[k]))
        for k in order.tolist()
        if counts[k] >= 5
    )
