"""Word of mouth: who came by recommendation, what promoters and detractors do next."""

from __future__ import annotations

from typing import Final

import numpy as np

from verite.measure.contacts import is_one_of
from verite.measure.experience.contrast import LEAST, fit_by_person
from verite.measure.experience.lines import Lines, answers_of
from verite.measure.experience.reading import Reading, window_sums
from verite.measure.experience.shares import share_of, share_of_rows
from verite.measure.feeling.outcomes import DAY_US, NEVER
from verite.measure.feeling.port import Floats, Mask
from verite.words.estimate import Better, Unit
from verite.words.experience import Told, WordOfMouth
from verite.words.interaction import Kind

METHOD: Final = "difference of means, bootstrap by person"


def word_of_mouth(reading: Reading) -> WordOfMouth:
    """The share of new customers who came by recommendation; what promoters bring and tell."""
    figures = [one for one in (_came(reading), _reviews(reading)) if one is not None]
    figures += _brought(reading)
    reason = "" if figures else "no_recommendations"
    return WordOfMouth(
        about=reading.about, figures=tuple(figures), reason=reason,
        before_days=reading.settings.before_days,
    )  # fmt: skip


def _came(reading: Reading) -> Told | None:
    """Of those who became customers within the window, who met a recommendation before."""
    said = _says_so(reading)
    if not said.any():
        return None
    first = int(reading.ts.min()) if len(reading.ts) else 0
    since = reading.lives.since
    new = (since > first + 30 * DAY_US) & (since < reading.until_us)
    rows = np.flatnonzero(said)
    met = np.full(len(since), NEVER, dtype=np.int64)
    person = reading.person[rows]
    met[person[::-1]] = reading.ts[rows[::-1]]
    by_word = new & (met <= since)
    return Told(key="came", estimate=share_of(int(by_word.sum()), int(new.sum()), Better.HIGHER))


def _says_so(reading: Reading) -> Mask:
    names = reading.settings.recommendations
    said = is_one_of(reading.study.timeline, "touchpoint", names)
    said = said | is_one_of(reading.study.timeline, "motive", names)
    for key in reading.runs.segments:
        said |= is_one_of(reading.study.timeline, f"segment_{key}", names)
    return np.asarray(said)


def _reviews(reading: Reading) -> Told | None:
    """Reviews and recommendations told in public, of enough people: the share that is good."""
    told = is_one_of(reading.study.timeline, "channel", ("review",)) | reading.kinds(
        Kind.TELL.value
    )
    told = np.asarray(told) & reading.felt.said & (reading.ts < reading.until_us)
    person = reading.person[told]
    if len(np.unique(person)) < LEAST:
        return None
    good = 5.0 + 5.0 * reading.felt.valence[told] >= reading.settings.good_from
    return Told(key="reviews", estimate=share_of_rows(good, person, Better.HIGHER))


def _brought(reading: Reading) -> list[Told]:
    """What promoters buy, tell and contact in the days after, less what detractors do."""
    lines = answers_of(reading)
    days = reading.settings.before_days
    ends = lines.at + days * DAY_US
    known = (ends <= reading.until_us) & (lines.y != 0.0)
    promoter, person = lines.y[known] > 0, lines.person[known]
    if min(len(np.unique(person[promoter])), len(np.unique(person[~promoter]))) < LEAST:
        return []
    value = np.nan_to_num(np.asarray(reading.runs.numbers("value")))
    bought: Floats = np.where(reading.kinds(Kind.PURCHASE.value), value, 0.0)
    told = reading.kinds(Kind.TELL.value) & (reading.ts < reading.until_us)
    found = []
    for key, rows, unit in (
        ("bought", bought, Unit.COUNT), ("tells", told.astype(np.float64), Unit.COUNT),
    ):  # fmt: skip
        y = _after(reading, rows, known)
        if np.ptp(y) == 0:
            continue
        fit = fit_by_person(promoter[:, None].astype(float), y, person)
        estimate = fit.told(np.array([0.0, 1.0]), unit, METHOD, int(known.sum()))
        found.append(Told(key=key, estimate=estimate))
    return found


def _after(reading: Reading, rows: Floats, known: Mask) -> Floats:
    """The sum of each person's rows in the days after each answer."""
    lines = answers_of(reading).only(known)
    days = reading.settings.before_days
    later = Lines(person=lines.person, at=lines.at + days * DAY_US, y=lines.y)
    return window_sums(reading, later, days, (rows.astype(np.float64),))[0]
