"""Narrowing a study: to a period, to segments; and refusing scores read the wrong way round."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from verite.loop.moments.answers import Answers, check
from verite.loop.moments.circumstances import segment_of
from verite.loop.moments.lived import Lived
from verite.loop.moments.port import Reading
from verite.measure.feeling.traces import persons_of_rows
from verite.measure.study import microseconds
from verite.words.asked import Filters
from verite.words.errors import BadInput

PAIRS_LEAST: Final = 30
AGAINST: Final = -0.3  # correlation with what the same people said elsewhere
GIVEN: Final = {"nps": 3, "csat": 2, "ces": 1}  # how far what it is says which end is good


def narrow(
    reading: Reading, answers: Answers, lived: Lived, where: Filters
) -> tuple[Answers, Lived]:
    """The answers of the period and of the segments asked, with what was lived before them."""
    kept = np.ones(len(answers.y), dtype=np.bool_)
    if where.since is not None:
        kept &= answers.at >= microseconds(where.since)
    if where.until is not None:
        kept &= answers.at < microseconds(where.until)
    for key in dict.fromkeys(key for key, _ in where.segments):
        found = segment_of(reading, answers, lived.before, key)
        wanted = {value for name, value in where.segments if name == key}
        codes = [code for code, label in enumerate(found.labels) if label in wanted]
        kept &= np.isin(found.codes, codes)
    if kept.all():
        return answers, lived
    narrowed = replace(lived, experience=lived.experience[kept], before=lived.before[kept])
    return check(answers.only(kept)), narrowed


def refuse_upside_down(reading: Reading, answers: Answers) -> None:
    """Refuses a rating that falls when another score of the same people rises; the one whose
    direction is the less given by what it is (a rating, then CES, then CSAT, then NPS) is named."""
    if not answers.barred.any():
        return
    labels = reading.timeline.labels("metric")
    own = labels[int(reading.timeline.codes("metric")[int(np.argmax(answers.barred))])]
    found = [(*_against(reading, answers, code), name) for code, name in enumerate(labels)]
    related, pairs, other = min((one for one in found if one[2] != own), default=(0.0, 0, own))
    if related >= AGAINST:
        return
    is_theirs = GIVEN.get(other, 0) < GIVEN.get(own, 0)
    metric = other if is_theirs else answers.outcome
    raise BadInput("moments_upside_down", fields={"metric": metric, "n": pairs})


def _against(reading: Reading, answers: Answers, metric: int) -> tuple[float, int]:
    """The correlation of the outcome with what the same people said by one metric, and how many
    pairs there are; 0 where there are too few, or nothing differs."""
    timeline, felt = reading.timeline, reading.felt
    rows, person = np.flatnonzero(answers.barred & felt.said), persons_of_rows(timeline)
    said = felt.said & (np.asarray(timeline.ts) < reading.until_us) & ~answers.barred
    others = np.flatnonzero(said & (np.asarray(timeline.codes("metric")) == metric))
    sums = np.bincount(person[others], weights=felt.valence[others], minlength=timeline.people)
    counts = np.bincount(person[others], minlength=timeline.people)
    paired = rows[counts[person[rows]] > 0]
    if len(paired) < PAIRS_LEAST:
        return 0.0, len(paired)
    mean, ours = sums[person[paired]] / counts[person[paired]], felt.valence[paired]
    if min(float(np.ptp(mean)), float(np.ptp(ours))) == 0.0:
        return 0.0, len(paired)
    return float(np.corrcoef(mean, ours)[0, 1]), len(paired)
