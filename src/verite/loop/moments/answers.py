"""Answers: the outcomes that experiences are set against, each with its person and its time.

Every outcome is turned so that high is good: customers kept rather than lost, contacts not
repeated.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from verite.loop.moments.port import Floats, Ints, Mask, Reading
from verite.measure.feeling.material import trace_everyone
from verite.measure.feeling.outcomes import periods_of
from verite.measure.feeling.port import Runs
from verite.measure.feeling.valence import TOGETHER_US
from verite.measure.metrics import METRICS
from verite.measure.scores import CSAT_SCALE, EASY_FROM, NPS_SCALE, Scale, scored_rows
from verite.words.errors import BadInput
from verite.words.estimate import Unit
from verite.words.feeling import FeelingAsked, FeelingOutcome
from verite.words.interaction import Polarity
from verite.words.moments import CHURN, REPEAT, REPURCHASE

ANSWERS_LEAST: Final = 100
SCORES: Final = (
    "nps", "nps_relational", "nps_transactional", "csat", "csat_mean", "ces", "ces_mean",
)  # fmt: skip
_PERIODS: Final = {CHURN: FeelingOutcome.CHURN, REPURCHASE: FeelingOutcome.REPURCHASE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """Lines sorted by (person, time). Rows before `at` may have been lived before the answer."""

    outcome: str  # as told: nps_relational rather than nps
    person: Ints
    at: Ints
    y: Floats  # in the unit: −100, 0, 100 for NPS, 0 or 100 for shares
    weight: Floats
    own: Ints  # code of the touchpoint that the answer is about, −1 = none
    barred: Mask  # rows of the timeline that are the outcome itself
    unit: Unit
    is_binary: bool

    def only(self, kept: Mask | Ints) -> Answers:
        """Some of the lines."""
        return replace(
            self, person=self.person[kept], at=self.at[kept], y=self.y[kept],
            weight=self.weight[kept], own=self.own[kept],
        )  # fmt: skip


def answers_of(reading: Reading, outcome: str) -> Answers:
    """The answers to study; refused when nothing can be learnt from them."""
    timeline = reading.timeline
    if outcome in _PERIODS:
        found = _kept(reading, outcome)
    elif outcome == REPEAT:
        found = _not_repeated(reading)
    else:
        if outcome not in SCORES and (outcome in METRICS or not _is_rated(timeline, outcome)):
            raise BadInput(
                "moments_outcome", fields={"outcome": outcome, "known": ", ".join(known(timeline))}
            )
        found = _scores(reading, outcome)
    return check(found)


def check(found: Answers) -> Answers:
    """The same answers, once sure that there are enough and that they differ."""
    if len(found.y) < ANSWERS_LEAST:
        fields = {"outcome": found.outcome, "n": len(found.y), "needed": ANSWERS_LEAST}
        raise BadInput("moments_few_answers", fields=fields)
    if float(np.ptp(found.y)) == 0.0:
        raise BadInput("moments_same_answers", fields={"outcome": found.outcome, "n": len(found.y)})
    return found


def known(timeline: Runs) -> tuple[str, ...]:
    """The outcomes that can be asked here."""
    given = {name.split("_")[0] for name in SCORES}
    scores = [name for name in SCORES if _is_rated(timeline, name.split("_")[0])]
    own = sorted(set(timeline.labels("metric")) - given - set(METRICS))
    return (*scores, *own, CHURN, REPURCHASE, REPEAT)


def _is_rated(timeline: Runs, metric: str) -> bool:
    return metric in timeline.labels("metric")


def _scores(reading: Reading, outcome: str) -> Answers:
    """Scores on the scale of the metric, or on the fullest one."""
    timeline, metric = reading.timeline, outcome.split("_")[0] if outcome in SCORES else outcome
    rows = scored_rows(timeline, metric)
    rows = rows[np.asarray(timeline.ts)[rows] < reading.until_us]
    told = outcome
    if metric == "nps":
        rows, told = _one_nps(timeline, rows, outcome)
    ease, scale = _on_one_scale(timeline, rows, metric)
    rows, ease = rows[~np.isnan(ease)], ease[~np.isnan(ease)]
    y, unit, binary = _coded(outcome, ease, scale)
    barred = np.zeros(timeline.rows, dtype=np.bool_)
    barred[rows] = True
    at = np.asarray(timeline.ts)[rows] - TOGETHER_US
    own = np.asarray(timeline.codes("touchpoint"))[rows].astype(np.int64)
    return Answers(
        outcome=told, person=_person(timeline, rows), at=at, y=y, weight=np.ones(len(rows)),
        own=own, barred=barred, unit=unit, is_binary=binary,
    )  # fmt: skip


def _one_nps(timeline: Runs, rows: Ints, outcome: str) -> tuple[Ints, str]:
    """Relational answers, about no touchpoint, and transactional ones never pool."""
    about = np.asarray(timeline.codes("touchpoint"))[rows] >= 0
    wanted = outcome == "nps_transactional" or (outcome == "nps" and not (~about).any())
    return rows[about == wanted], "nps_transactional" if wanted else "nps_relational"


def _on_one_scale(timeline: Runs, rows: Ints, metric: str) -> tuple[Floats, Scale]:
    """The scores turned so that high is good, NaN on another scale than the one read."""
    low, high = timeline.numbers("scale_min")[rows], timeline.numbers("scale_max")[rows]
    scale: Scale = NPS_SCALE if metric == "nps" else CSAT_SCALE
    if metric not in {"nps", "csat"} and len(rows):
        pairs, counts = np.unique(np.column_stack([low, high]), axis=0, return_counts=True)
        fullest = pairs[int(np.argmax(counts))]
        scale = (float(fullest[0]), float(fullest[1]))
    score = np.asarray(timeline.numbers("score")[rows])
    labels = timeline.labels("polarity")
    turned = np.array([label == Polarity.GOOD_LOW.value for label in labels] + [False])
    ease = np.where(turned[timeline.codes("polarity")[rows]], low + high - score, score)
    return np.where((low == scale[0]) & (high == scale[1]), ease, np.nan), scale


def _coded(outcome: str, ease: Floats, scale: Scale) -> tuple[Floats, Unit, bool]:
    if outcome.startswith("nps"):
        return np.where(ease >= 9, 100.0, np.where(ease <= 6, -100.0, 0.0)), Unit.NPS, False
    if outcome == "csat":
        return np.where(ease >= 4.0, 100.0, 0.0), Unit.PERCENT, True
    if outcome == "ces" and scale in EASY_FROM:
        return np.where(ease >= EASY_FROM[scale], 100.0, 0.0), Unit.PERCENT, True
    return ease, Unit.SCORE, False


def _person(timeline: Runs, rows: Ints) -> Ints:
    return np.asarray(np.searchsorted(timeline.starts, rows, side="right") - 1)


def _kept(reading: Reading, outcome: str) -> Answers:
    """Customers at regular dates: 100 if still there, or if they bought, within the days set."""
    timeline, days = reading.timeline, reading.settings.outcome_days
    asked = FeelingAsked(outcome=_PERIODS[outcome], days=days)
    felt = trace_everyone(timeline, reading.definitions)
    periods = periods_of(timeline, reading.definitions, asked, felt, reading.until_us)
    return Answers(
        outcome=outcome, person=periods.person, at=periods.dates[periods.date],
        y=np.where(periods.came, 0.0, 100.0), weight=periods.weight,
        own=np.full(len(periods.person), -1), barred=np.zeros(timeline.rows, dtype=np.bool_),
        unit=Unit.PERCENT, is_binary=True,
    )  # fmt: skip


def _not_repeated(reading: Reading) -> Answers:
    """Contacts old enough to know: 100 when nobody came back; the contact itself was lived."""
    from verite.measure.contacts import left_before_answer, started_by_customers

    timeline = reading.timeline
    ts, reach = np.asarray(timeline.ts), int(reading.definitions.repeat_days * 86_400e6)
    rows = np.flatnonzero(
        started_by_customers(timeline, reading.definitions) & (ts < reading.until_us)
    )
    person = _person(timeline, rows)
    again = np.zeros(len(rows), dtype=np.bool_)
    again[:-1] = (person[1:] == person[:-1]) & (np.diff(ts[rows]) <= reach)
    kept = (ts[rows] + reach <= reading.until_us) & ~left_before_answer(timeline)[rows]
    return Answers(
        outcome=REPEAT, person=person[kept], at=ts[rows][kept] + 1,
        y=np.where(again[kept], 0.0, 100.0), weight=np.ones(int(kept.sum())),
        own=np.full(int(kept.sum()), -1),
        barred=np.zeros(timeline.rows, dtype=np.bool_), unit=Unit.PERCENT, is_binary=True,
    )  # fmt: skip
