"""The study: from answers and what was lived before them to moments of truth."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from verite.loop.moments.answers import answers_of
from verite.loop.moments.differing import Differences, differ
from verite.loop.moments.leaving import hazards_of, without_rare
from verite.loop.moments.lived import Lived, live_before
from verite.loop.moments.model import Model, fit_model, least_points
from verite.loop.moments.narrowing import narrow, refuse_upside_down
from verite.loop.moments.port import Reading
from verite.loop.moments.quoting import words_of
from verite.loop.moments.stakes import drawn_of
from verite.loop.moments.telling import Material, tell_moment
from verite.loop.moments.tipping import pairs_of, tippings_of
from verite.loop.moments.turning import turns_of
from verite.loop.moments.weights import Weights, weigh
from verite.stats.families import believed
from verite.stats.sturdy import joint_p
from verite.words.asked import About
from verite.words.moments import CHURN, Moments, MomentsAsked, OneMoment, Study, Tested


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A study, and each of its moments in depth, in the same order."""

    moments: Moments
    depth: tuple[OneMoment, ...]


def study_moments(reading: Reading, asked: MomentsAsked, about: About) -> Found:
    """Which touchpoints move the outcome, how much, how surely, and what is said of them."""
    answers = answers_of(reading, asked.outcome)
    refuse_upside_down(reading, answers)
    lived = live_before(reading, answers, asked.before_days, asked.where)
    answers, lived = narrow(reading, answers, lived, asked.where)
    model = fit_model(reading, answers, lived)
    material = _gather(reading, asked, about, (model, lived))
    told = [tell_moment(material, place) for place in range(len(model.touchpoints))]
    depth = tuple(sorted(told, key=lambda one: one.moment.rank))
    return Found(moments=_moments(material, depth), depth=depth)


def _gather(
    reading: Reading, asked: MomentsAsked, about: About, found: tuple[Model, Lived]
) -> Material:
    """All that the touchpoints are told from."""
    model, lived = found
    weights, p = weigh(model, asked.draws), _p_values(model)
    differences = Differences(rows=(), too_small=0)
    if asked.segment is not None:
        differences = differ(reading, model, asked.segment)
    hazards = hazards_of(reading, asked, model) if asked.outcome == CHURN else None
    return Material(
        reading=reading, asked=asked, about=about, model=model, weights=weights, p=p,
        study=_study(reading, (model, weights, differences), asked, p),
        drawn=_drawn(model, weights), differences=differences,
        words=words_of(reading, dict(zip(lived.names, lived.codes, strict=True))),
        hazards=without_rare(hazards, reading.settings.needed),
        tippings=tippings_of(model, pairs_of(reading, model, asked.where), reading.settings),
        turns=turns_of(reading, model, asked.before_days),
    )  # fmt: skip


def _moments(material: Material, depth: tuple[OneMoment, ...]) -> Moments:
    answers, rows = material.model.answers, tuple(one.moment for one in depth)
    return Moments(
        about=replace(material.about, notes=_notes(material)), asked=material.asked,
        outcome=answers.outcome, n=len(answers.y), people=len(np.unique(answers.person)),
        r2=material.weights.r2,
        rung=min((row.solidity.rung for row in rows), key=lambda rung: rung.number),
        study=material.study, rows=rows, left_out=material.model.left_out,
        segments=material.differences.rows, hazards=material.hazards,
    )  # fmt: skip


def _p_values(model: Model) -> tuple[float, ...]:
    """Of each touchpoint's columns all being nothing, clustered by person."""
    return tuple(
        joint_p(model.line, tuple(range(start, start + size)))
        for start, size in zip(model.starts, model.sizes, strict=True)
    )


def _drawn(model: Model, weights: Weights):  # type: ignore[no-untyped-def]
    whole = model.grams.whole[np.ix_(model.matrix.model, model.matrix.model)][None]
    return drawn_of(whole), drawn_of(weights.gram_draws)


def _study(
    reading: Reading,
    found: tuple[Model, Weights, Differences],
    asked: MomentsAsked,
    p: tuple[float, ...],
) -> Study:
    model, weights, differences = found
    settings, segments = reading.settings, differences.rows
    return Study(
        method=weights.method, scale=weights.scale, draws=asked.draws,
        before_days=asked.before_days,
        least_points=least_points(model.answers, settings.least_effect), unit=model.answers.unit,
        tested=Tested(
            touchpoints=len(p), found=believed(p, settings.false_rate), level=settings.false_rate,
            segments=len(segments), segments_found=sum(row.told_apart for row in segments),
        ),
    )  # fmt: skip


def _notes(material: Material) -> tuple[str, ...]:
    """How the study was done, and what a reader may wonder at."""
    study, settings = material.study, material.reading.settings
    told = [
        f"note_moments_unit: days={study.before_days}, bad={settings.bad_below:g}, "
        f"good={settings.good_from:g}",
        f"note_moments_{study.method}: draws={study.draws}",
        f"note_moments_tested: n={study.tested.touchpoints}, found={study.tested.found}, "
        f"rate={100 * study.tested.level:g}",
        f"note_moments_declared: least={study.least_points:.3g}",
    ]
    if material.asked.segment:
        told.append(
            f"note_moments_segments: n={study.tested.segments}, "
            f"found={study.tested.segments_found}, rate={100 * study.tested.level:g}"
        )
    if material.differences.too_small:
        told.append(
            f"note_moments_small_segments: n={material.differences.too_small}, "
            f"needed={settings.needed}"
        )
    told += [
        f"note_moments_own_score: touchpoint={one.name}"
        for one in material.model.touchpoints
        if one.only_own
    ]
    for left in material.model.left_out:
        reason, _, other = left.reason.partition(":")
        if reason in {"collinear", "constant"}:
            told.append(f"note_moments_{reason}: touchpoint={left.touchpoint}, other={other}")
        if reason == "own_score":
            told.append(f"note_moments_own_aside: touchpoint={left.touchpoint}")
    return tuple(told)
