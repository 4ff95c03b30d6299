"""The effect of one side of a moment by double machine learning, and the proofs beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from verite.loop.moments.answers import Answers, answers_of
from verite.loop.moments.beforehand import Beforehand, answered_before, beforehand
from verite.loop.moments.curves import people_of
from verite.loop.moments.effects import effect_of
from verite.loop.moments.exposed import Exposure, exposure_of
from verite.loop.moments.judging import judge, near
from verite.loop.moments.lived import live_before
from verite.loop.moments.model import Model, fit_model
from verite.loop.moments.narrowing import narrow, refuse_upside_down
from verite.loop.moments.port import Reading
from verite.stats.double_learning import FOLDS, SPLITS, STEPS, Doubled, Lines, learn_twice
from verite.stats.guessing import need_learners
from verite.stats.partialling import Partialled
from verite.words.asked import About
from verite.words.double import Balance, DoubleEffect, NegativeControl
from verite.words.errors import BadInput
from verite.words.moments import MomentsAsked, Ranged

CONTROL_LEAST: Final = 50  # people on each side who answered before
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Compared:
    """Both sides of a touchpoint, what was so before, and all the answers there are."""

    reading: Reading
    asked: MomentsAsked
    touchpoint: str
    everything: Answers
    answers: Answers  # of the lines compared
    exposure: Exposure
    before: Beforehand

    def lines(self) -> Lines:
        """What the effect is estimated from."""
        answers = self.answers
        return Lines(
            y=answers.y, exposed=self.exposure.exposed, x=self.before.columns,
            weight=answers.weight, person=answers.person,
        )  # fmt: skip


def double_effect(
    reading: Reading,
    asked: MomentsAsked,
    touchpoint: str,
    about: About,
    progress: Progress | None = None,
) -> DoubleEffect:
    """What the bad, or the good, experience of one touchpoint adds to one answer of who had it.

    Takes from seconds to minutes; `progress` is told steps done and in all. Refused in one
    sentence: without the extra, for an unknown touchpoint, with too few people to compare.
    """
    need_learners()
    compared = _compare(reading, asked, touchpoint)
    control = _control_lines(compared)
    steps = _Steps(progress, STEPS * (1 if control is None else 2))
    lines = compared.lines()
    found = learn_twice(lines, steps.end)
    told = _control(control, found.effect, steps) if control is not None else None
    return judge(_tell(compared, (about, lines), found, told), asked.assume)


class _Steps:
    """Counts the steps of one or two estimates."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self.progress, self.total, self.done = progress, total, 0

    def end(self) -> None:
        """One more is over."""
        self.done += 1
        if self.progress is not None:
            self.progress(self.done, self.total)


def _compare(reading: Reading, asked: MomentsAsked, touchpoint: str) -> _Compared:
    everything = answers_of(reading, asked.outcome)
    refuse_upside_down(reading, everything)
    lived = live_before(reading, everything, asked.before_days, asked.where)
    answers, lived = narrow(reading, everything, lived, asked.where)
    model = fit_model(reading, answers, lived)
    place = _place_of(model, touchpoint)
    effect = effect_of(model, place, reading.settings)
    exposure = exposure_of(reading, asked, model, (lived, place, effect))
    chosen = model.answers.only(exposure.lines)
    code = lived.codes[lived.names.index(touchpoint)]
    return _Compared(
        reading=reading, asked=asked, touchpoint=touchpoint,
        everything=everything, answers=chosen, exposure=exposure,
        before=beforehand(reading, asked, (chosen, lived, exposure), code),
    )  # fmt: skip


def _place_of(model: Model, touchpoint: str) -> int:
    names = [one.name for one in model.touchpoints]
    if touchpoint not in names:
        fields = {"touchpoint": touchpoint, "known": ", ".join(names)}
        raise BadInput("moment_unknown", fields=fields)
    return names.index(touchpoint)


def _control_lines(compared: _Compared) -> Lines | None:
    """The same lines with the answer given before the exposure; nothing where too few gave one, or
    where it never varies."""
    everything, lines = compared.everything, compared.lines()
    last = answered_before(
        compared.reading, everything, (compared.answers, compared.exposure.since)
    )
    found = replace(lines, y=everything.y[last]).only(last >= 0)
    sides = (found.exposed > 0, found.exposed <= 0)
    if min(people_of(found.person[side]) for side in sides) < CONTROL_LEAST:
        return None
    return None if float(np.ptp(found.y)) == 0.0 else found


def _control(lines: Lines, effect: Partialled, steps: _Steps) -> NegativeControl | None:
    try:
        found = learn_twice(lines, steps.end)
    except BadInput:  # nobody comparable among those who answered before
        return None
    told = _ranged(found.effect)
    held = lines.only(found.kept)
    return NegativeControl(
        effect=told, n=len(held.y), people=people_of(held.person),
        exposed=int(held.exposed.sum()), near=near(told, effect.value),
    )  # fmt: skip


def _tell(
    compared: _Compared,
    whole: tuple[About, Lines],
    found: Doubled,
    control: NegativeControl | None,
) -> DoubleEffect:
    about, lines = whole
    held, robust = lines.only(found.kept), found.effect.robustness()
    exposed = lines.exposed > 0
    return DoubleEffect(
        about=about, asked=compared.asked, touchpoint=compared.touchpoint,
        outcome=compared.answers.outcome,
        unit=compared.answers.unit, side=compared.exposure.side,
        against=compared.exposure.against, effect=_ranged(found.effect), n=len(held.y),
        people=people_of(held.person), exposed=int(held.exposed.sum()),
        exposed_people=people_of(held.person[held.exposed > 0]),
        trimmed=int((~found.kept).sum()), overlap=float(found.kept[exposed].mean()),
        within=float(found.kept.mean()), balance=_balance(compared.before, found),
        robustness=robust.value, robustness_low=robust.within_chance,
        outcome_told=found.outcome_told, exposure_told=found.exposure_told, control=control,
        adjusted_for=compared.before.names, folds=FOLDS, splits=SPLITS,
    )  # fmt: skip


def _balance(before: Beforehand, found: Doubled) -> Balance:
    differences, worst = found.differences, found.differences.worst
    if worst < 0:
        return Balance(worst="", before=0.0, after=0.0)
    return Balance(
        worst=before.of[worst],
        before=float(differences.before[worst]),
        after=float(differences.after[worst]),
    )


def _ranged(found: Partialled) -> Ranged:
    bounds = found.interval()
    return Ranged(
        value=found.value,
        low=found.value if bounds.low is None else bounds.low,
        high=found.value if bounds.high is None else bounds.high,
    )
