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
    """Refuses a rating that falls when the other scores of the same people rise."""
    timeline = reading.timeline
    if not answers.barred.any():
        return
    rows = np.flatnonzero(answers.barred)
    person, felt = persons_of_rows(timeline), reading.felt
    said = felt.said & (np.asarray(timeline.ts) < reading.until_us)
    others = np.flatnonzero(said & ~answers.barred)
    sums = np.bincount(person[others], weights=felt.valence[others], minlength=timeline.people)
    counts = np.bincount(person[others], minlength=timeline.people)
    paired = rows[(counts[person[rows]] > 0) & felt.said[rows]]
    if len(paired) < PAIRS_LEAST:
        return
    mean = sums[person[paired]] / counts[person[paired]]
    ours = felt.valence[paired]
    if min(float(np.ptp(mean)), float(np.ptp(ours))) == 0.0:
        return
    if float(np.corrcoef(mean, ours)[0, 1]) < AGAINST:
        fields = {"metric": answers.outcome, "n": len(paired)}
        raise BadInput("moments_upside_down", fields=fields)
