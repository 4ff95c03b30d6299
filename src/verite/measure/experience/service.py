"""The score of service apart from that of the whole experience: side by side, never pooled."""

from __future__ import annotations

from typing import Final

import numpy as np

from verite.measure.experience.contrast import DRAWS, LEAST, SEED
from verite.measure.experience.kept import feeling_at
from verite.measure.experience.reading import Reading
from verite.measure.experience.shares import ranged
from verite.measure.feeling.outcomes import NEVER
from verite.measure.feeling.port import Floats, Mask
from verite.measure.measuring import measure
from verite.stats.intervals import LEVEL, student_quantile
from verite.stats.withholding import withhold
from verite.words.asked import Filters
from verite.words.estimate import Better, Estimate, Unit
from verite.words.experience import ServiceApart, Told

SCORES: Final = ("csat", "ces", "nps")


def service_apart(reading: Reading) -> ServiceApart:
    """CSAT, CES and NPS after contacts; NPS of the whole and the mean running feeling; and how
    far the two go together in the same people."""
    ratings = set(reading.runs.labels("metric"))
    asked = tuple(name for name in SCORES if name in ratings)
    figures = [] if not asked else _scores(reading, asked)
    feeling = _feeling(reading)
    figures += [] if feeling is None else [feeling]
    if not any(one.key.startswith("whole") for one in figures):
        return ServiceApart(about=reading.about, reason="no_relational")
    if not any(one.key.startswith("service") for one in figures):
        return ServiceApart(about=reading.about, reason="no_service_scores")
    together = _together(reading)
    figures += [] if together is None else [together]
    return ServiceApart(about=reading.about, figures=tuple(figures))


def _scores(reading: Reading, asked: tuple[str, ...]) -> list[Told]:
    found = []
    for row in measure(reading.study, asked, where=Filters()).rows:
        side = "whole" if row.nps_kind == "relational" else "service"
        name = row.metric if row.nps_kind is None else f"nps_{row.nps_kind}"
        scale = "".join(f" {label.value}" for label in row.by)
        if row.estimate.n:
            found.append(Told(key=side, name=name + scale, estimate=row.estimate))
    return sorted(found, key=lambda one: one.key)


def _feeling(reading: Reading) -> Told | None:
    here = (reading.lives.since < reading.until_us) & (reading.lives.until == NEVER)
    person = np.flatnonzero(here)
    level = feeling_at(reading, person, np.full(len(person), reading.until_us))
    known = 10.0 * level[~np.isnan(level)]
    if len(known) < 2:
        return None
    half = student_quantile(LEVEL, len(known) - 1) * float(known.std(ddof=1) / np.sqrt(len(known)))
    mean = float(known.mean())
    estimate = Estimate(
        value=mean, low=mean - half, high=mean + half, n=len(known), people=len(known),
        unit=Unit.SCORE, better=Better.HIGHER, method="mean of running feelings, Student",
    )  # fmt: skip
    return Told(key="whole", name="feeling", estimate=withhold(estimate))


def _together(reading: Reading) -> Told | None:
    """Spearman's correlation of a person's mean score of service and mean score of the whole."""
    ratings = reading.runs.labels("metric")
    if "csat" not in ratings:
        return None
    given = np.asarray(reading.runs.codes("metric")) == ratings.index("csat")
    given &= reading.felt.said & (reading.ts < reading.until_us)
    whole = np.zeros(len(given), dtype=np.bool_)
    whole[reading.relational] = True
    one, other = _by_person(reading, given), _by_person(reading, whole)
    both = ~np.isnan(one) & ~np.isnan(other)
    if int(both.sum()) < LEAST:
        return None
    x, y = _ranks(one[both]), _ranks(other[both])
    n = len(x)
    times = np.random.default_rng(SEED).multinomial(n, np.full(n, 1.0 / n), DRAWS)
    draws = np.array([_correlation(x, y, row.astype(np.float64)) for row in times])
    low, high = ranged(draws)
    estimate = Estimate(
        value=_correlation(x, y, np.ones(n)), low=low, high=high, n=n, people=n,
        unit=Unit.FEELING, method="Spearman, bootstrap by person",
    )  # fmt: skip
    return Told(key="together", estimate=estimate)


def _by_person(reading: Reading, rows: Mask) -> Floats:
    many = reading.runs.people
    person = reading.person[rows]
    sums = np.bincount(person, weights=reading.felt.valence[rows], minlength=many)
    count = np.bincount(person, minlength=many)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(count > 0, sums / count, np.nan))


def _ranks(values: Floats) -> Floats:
    """Mean ranks of ties.

    >>> _ranks(np.array([3.0, 1.0, 3.0])).tolist()
    [2.5, 1.0, 2.5]
    """
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    return np.asarray((ends - (counts - 1) / 2.0)[place], dtype=np.float64)


def _correlation(x: Floats, y: Floats, weight: Floats) -> float:
    total = weight.sum()
    dx, dy = x - weight @ x / total, y - weight @ y / total
    spread = float(np.sqrt((weight @ dx**2) * (weight @ dy**2)))
    return float(weight @ (dx * dy)) / spread if spread > 0 else 0.0
