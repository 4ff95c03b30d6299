"""The answers that are compared: which, on which scale, and what each of them is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from verite.measure.identical.arrays import Codes, Floats, Ints, Mask
from verite.measure.identical.contact import contacts_of
from verite.measure.identical.counting import compact, distinct
from verite.measure.identical.durations import DURATIONS, as_scores, sample_of_times
from verite.measure.identical.lone import agents_behind
from verite.measure.metrics import METRICS
from verite.measure.scores import CSAT_SCALE, NPS_SCALE, Scale, scale_name, scored_rows
from verite.measure.study import Question, Timeline
from verite.words.columns import dimension_column
from verite.words.errors import BadInput, WrongUse
from verite.words.interaction import Polarity

LEAST: Final = 30  # answers
LEAST_PEOPLE: Final = 5
# What each metric of ours is read from: the scores themselves, never the share of the best ones.
READ_FROM: Final = {
    "nps": "nps", "nps_transactional": "nps", "nps_relational": "nps",
    "csat": "csat", "csat_mean": "csat", "ces": "ces", "ces_mean": "ces",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """Scores (high is good) of one scale, a line each; `contacts`: timeline rows, −1 = none."""

    timeline: Timeline
    rows: Ints
    contacts: Ints
    people: Ints
    y: Floats
    scale: Scale
    nps_kind: str | None
    left_out: tuple[tuple[str, int], ...]  # other scales, and their answers
    is_times: bool = False  # then y is −log seconds
    open: Mask | None = None  # times that have not ended

    def coded(self, dimension: str) -> tuple[Codes, tuple[str, ...]]:
        """A dimension's codes, one per answer, and what each stands for; only values met."""
        if dimension in ("hour", "week"):
            codes, labels = self.timeline.time_codes(dimension)
            own = np.full(len(self.rows), -1, np.int32) if dimension == "hour" else codes[self.rows]
        else:
            column = dimension_column(dimension)
            codes, labels = self.timeline.codes(column), self.timeline.labels(column)
            own = self._told(column, codes[self.rows])
        behind = np.where(self.contacts >= 0, codes[np.maximum(self.contacts, 0)], -1)
        late = dimension in ("hour", "week")
        found = np.where(behind >= 0, behind, own) if late else np.where(own >= 0, own, behind)
        met, places = compact(found, len(labels))
        return places, tuple(labels[code] for code in met.tolist())

    def agents(self) -> Codes:
        """Who dealt with what each answer is about, −1 where nothing tells: only to know which
        units are one agent."""
        return agents_behind(self.timeline, self.rows, self.contacts)

    def _told(self, column: str, own: Codes) -> Codes:
        """An answer without a touchpoint bears the channel of the survey, not of the contact."""
        if column != "channel":
            return own
        placed = self.timeline.codes("touchpoint")[self.rows] >= 0
        return np.where(placed | (self.contacts < 0), own, -1)


def read_answers(asked: Question, metric: str) -> Answers:
    """The answers of a metric within a question.

    NPS is read as the score from 0 to 10, of answers after a contact; of several scales, the one
    with the most answers.
    """
    if metric in DURATIONS:
        return _times(asked, metric)
    given = _given(asked, metric)
    timeline = asked.study.timeline
    rows = scored_rows(timeline, given)
    rows = rows[timeline.rows_of(asked.where)[rows]]
    kind = None
    if given == "nps":
        kind = "relational" if metric == "nps_relational" else "transactional"
        rows = rows[(timeline.codes("touchpoint")[rows] >= 0) == (kind == "transactional")]
    scale, rows, left_out = _one_scale(timeline, rows, given)
    people = _enough(timeline, rows, metric)
    return Answers(
        timeline=timeline, rows=rows, contacts=contacts_of(timeline, rows), people=people,
        y=_turned(timeline, rows, scale), scale=scale, nps_kind=kind, left_out=left_out,
    )  # fmt: skip


def _enough(timeline: Timeline, rows: Ints, metric: str) -> Ints:
    """Whose the rows are; refused where they are too few."""
    people = np.asarray(timeline.person_index()[rows])
    if len(rows) < LEAST or distinct(people) < LEAST_PEOPLE:
        raise BadInput("identical_too_few", fields={"metric": metric, "needed": LEAST})
    return people


def _times(asked: Question, metric: str) -> Answers:
    """Times, as −log seconds; a case stands for the contact that began it."""
    sample, timeline = sample_of_times(asked, metric), asked.study.timeline
    people = _enough(timeline, sample.rows, metric)
    y = as_scores(sample.y)
    return Answers(
        timeline=timeline, rows=sample.rows, contacts=sample.rows, people=people, y=y,
        scale=(float(y.min()), float(y.max())), nps_kind=None, left_out=(), is_times=True,
        open=None if sample.ended is None else ~sample.ended,
    )  # fmt: skip


def _given(asked: Question, metric: str) -> str:
    if metric in READ_FROM:
        return READ_FROM[metric]
    known = asked.study.timeline.labels("metric")
    if metric in METRICS:
        raise WrongUse("identical_not_a_score", fields={"metric": metric})
    if metric not in known:
        names = sorted({*READ_FROM, *known})
        raise WrongUse("unknown_metric", fields={"metric": metric, "known": ", ".join(names)})
    return metric


def _one_scale(
    timeline: Timeline, rows: Ints, given: str
) -> tuple[Scale, Ints, tuple[tuple[str, int], ...]]:
    """The scale with the most answers, its rows, and the answers left out on the others."""
    pairs = np.column_stack([timeline.numbers(f"scale_{end}")[rows] for end in ("min", "max")])
    kept = ~np.isnan(pairs).any(axis=1)
    rows, pairs = rows[kept], pairs[kept]
    if len(rows) and (pairs == pairs[0]).all():
        return (float(pairs[0, 0]), float(pairs[0, 1])), rows, ()
    found, place, counts = np.unique(pairs, axis=0, return_inverse=True, return_counts=True)
    if not len(found):
        return {"nps": NPS_SCALE}.get(given, CSAT_SCALE), rows, ()
    main = int(counts.argmax())
    others = tuple(
        (scale_name((float(low), float(high))), int(count))
        for k, ((low, high), count) in enumerate(zip(found, counts, strict=True))
        if k != main
    )
    scale = (float(found[main][0]), float(found[main][1]))
    return scale, rows[place.reshape(-1) == main], others


def _turned(timeline: Timeline, rows: Ints, scale: Scale) -> Floats:
    labels = timeline.labels("polarity")
    low = labels.index(Polarity.GOOD_LOW.value) if Polarity.GOOD_LOW.value in labels else -2
    score = timeline.numbers("score")[rows]
    return np.where(timeline.codes("polarity")[rows] == low, sum(scale) - score, score)
