"""The index, the deviation between, the gap and the shares, each with its interval."""

from __future__ import annotations

from math import sqrt

from verite.measure.identical.answers import Answers
from verite.measure.identical.counting import distinct
from verite.measure.identical.modelling import Fitted
from verite.stats.crossed.profiling import between_interval, share_interval
from verite.stats.sameness import mean_gap, sameness
from verite.words.estimate import Better, Estimate, Status, Unit
from verite.words.feeling import Bounded
from verite.words.identical import Share

METHOD = "crossed_reml_profile"


def index_of(model: Fitted, delta: float, answers: Answers) -> tuple[Estimate, Bounded, Bounded]:
    """The index (0-100), the standard deviation between and the mean gap."""
    bounds = between_interval(model.sums, model.fit)
    sigma = Bounded(
        value=sqrt(model.fit.between), low=sqrt(bounds.low or 0.0), high=sqrt(bounds.high or 0.0)
    )
    values = [sameness(one or 0.0, delta) for one in (sigma.value, sigma.high, sigma.low)]
    index = Estimate(
        value=values[0], low=values[1], high=values[2], n=len(answers.y),
        people=distinct(answers.people), unit=Unit.SCORE, better=Better.HIGHER,
        method=METHOD,
    )  # fmt: skip
    gaps = [mean_gap(one or 0.0) for one in (sigma.value, sigma.low, sigma.high)]
    return index, sigma, Bounded(value=gaps[0], low=gaps[1], high=gaps[2])


def no_index(answers: Answers) -> tuple[Estimate, Bounded, Bounded]:
    """No dimension has five units: nothing varies enough for an index."""
    nothing = Bounded(value=None, low=None, high=None)
    unknown = Estimate(
        value=None, low=None, high=None, n=len(answers.y),
        people=distinct(answers.people), unit=Unit.SCORE, better=Better.HIGHER,
        method=METHOD, status=Status.UNKNOWN,
    )  # fmt: skip
    return unknown, nothing, nothing


def shares_of(model: Fitted) -> tuple[Share, ...]:
    """Each dimension's part of the variance between; they sum to 1 unless there is none."""
    total = model.fit.between
    found = []
    for place, one in enumerate(model.random):
        variance = float(model.fit.variances[place])
        part = share_interval(model.sums, model.fit, place)
        found.append(Share(
            dimension=one.name,
            share=Bounded(
                value=variance / total if total > 0 else None, low=part.low, high=part.high
            ),
            deviation=Bounded(value=sqrt(variance), low=None, high=None),
            units=len(one.labels),
        ))  # fmt: skip
    return tuple(found)
