"""Feeling appreciated: the rating that asks it, and its link to loyalty."""

from __future__ import annotations

import numpy as np

from verite.measure.experience.contrast import LEAST, fit_by_person
from verite.measure.experience.lines import answers_of
from verite.measure.experience.reading import Reading, rows_before
from verite.measure.measuring import measure
from verite.words.asked import Filters
from verite.words.estimate import Unit
from verite.words.experience import Appreciated, Told

METHOD = "least squares on the last answer before, bootstrap by person"


def appreciated_of(reading: Reading) -> Appreciated:
    """How appreciated customers say that they feel, and what a point more goes with in NPS."""
    metric = reading.settings.appreciated
    before = reading.settings.before_days
    if metric not in reading.runs.labels("metric"):
        return Appreciated(
            about=reading.about, reason="not_asked", metric=metric, before_days=before
        )
    found = measure(reading.study, (metric,), where=Filters()).rows
    figures = [
        Told(key="mean", name="".join(label.value for label in row.by), estimate=row.estimate)
        for row in found
    ]
    link = _link(reading, metric)
    figures += [] if link is None else [link]
    return Appreciated(
        about=reading.about, figures=tuple(figures), metric=metric, before_days=before
    )


def _link(reading: Reading, metric: str) -> Told | None:
    """Points of NPS per tenth of the scale of the last answer in the days before."""
    lines = answers_of(reading)
    code = reading.runs.labels("metric").index(metric)
    given = (np.asarray(reading.runs.codes("metric")) == code) & reading.felt.said
    places = np.concatenate(
        [[-1], np.maximum.accumulate(np.where(given, np.arange(len(given)), -1))]
    )
    first, last = rows_before(reading, lines, reading.settings.before_days)
    latest = places[last]
    known = latest >= first
    if int(known.sum()) < LEAST:
        return None
    x = 5.0 + 5.0 * reading.felt.valence[latest[known]]
    if np.ptp(x) == 0:
        return None
    fit = fit_by_person(x[:, None], lines.y[known], lines.person[known])
    estimate = fit.told(np.array([0.0, 1.0]), Unit.NPS, METHOD, int(known.sum()))
    return Told(key="nps", estimate=estimate)
