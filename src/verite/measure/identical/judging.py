"""Is the experience the same for comparable customers, whoever serves them, where and when?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log

import numpy as np

from verite.measure.identical.answers import Answers, read_answers
from verite.measure.identical.cells import Yardstick, cells_of, contrasts_of, distances
from verite.measure.identical.checking import check_index, note_of_check
from verite.measure.identical.completing import completed
from verite.measure.identical.counting import distinct
from verite.measure.identical.durations import in_times, ratio_asked, times_of
from verite.measure.identical.index import index_of, no_index, shares_of
from verite.measure.identical.margin import delta_of
from verite.measure.identical.mixing import Mix, mix
from verite.measure.identical.modelling import Fitted, model
from verite.measure.identical.notes import notes_of
from verite.measure.identical.squares import Asked, Squares, rows_of_map, squares
from verite.measure.identical.wanted import (
    raised,
    share_on_target,
    target_for,
    touchpoint_of,
)
from verite.measure.samples import Grouping, Sample, tally_groups
from verite.measure.study import EVERYTHING, Question, Study, about, question
from verite.stats.intervals import LEVEL, normal_quantile
from verite.stats.means import mean_interval
from verite.words.asked import About, Filters
from verite.words.errors import BadInput
from verite.words.estimate import Better, Estimate, Unit
from verite.words.feeling import Bounded
from verite.words.identical import Cell, Contrast, Identical, IdenticalAsked, IndexCheck, LevelUp
from verite.words.measured import Target


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """All that an answer to the question is made of."""

    asked: IdenticalAsked
    question: Question
    answers: Answers
    mix: Mix
    model: Fitted
    delta: float
    mean: Estimate
    wishes: Sequence[Target]

    @property
    def yardstick(self) -> Yardstick:
        """What the cells of dimensions are read against."""
        return Yardstick(delta=self.delta, mean=self.mean.value or 0.0, target=_target(self, None))


def identical(
    study: Study,
    asked: IdenticalAsked,
    *,
    where: Filters = EVERYTHING,
    wishes: Sequence[Target] = (),
) -> Identical:
    """The index with its interval, and all that must stand beside it (METHODS 4).

    Of times (wait, handling_time, resolution): on a log scale, told as ratios.
    """
    case = _open(study, asked, where, wishes)
    found, answers = _found(case, where), case.answers
    if not answers.is_times:
        return found
    waiting = 0 if answers.open is None else int(answers.open.sum())
    return in_times(found, exp(case.delta), times_of(answers.y, answers.people, waiting))


def _found(case: _Case, where: Filters) -> Identical:
    asked = case.asked
    index, sigma, gap = (
        index_of(case.model, case.delta, case.answers)
        if case.mix.varied
        else no_index(case.answers)
    )
    cells, contrasts = _judge(case)
    found = _map(case, rows_of_map(case.answers, asked.rows))
    aims = _with_targets(case, cells, found)
    on_target = share_on_target(cells, aims.cells)
    check = check_index(case.model) if asked.check and case.mix.varied else None
    return Identical(
        about=_about(case, where, check),
        metric=asked.metric, nps_kind=case.answers.nps_kind,
        lowest=case.answers.scale[0], highest=case.answers.scale[1],
        unit=Unit.SCORE, better=Better.HIGHER,
        n=len(case.answers.y), people=distinct(case.answers.people),
        mean=case.mean, delta=case.delta, index=index, sigma_between=sigma, gap=gap,
        noise=case.model.noise,
        shares=shares_of(case.model) if case.mix.varied else (),
        small=tuple(one.name for one in (*case.mix.small, *case.mix.coarse)),
        left_out=case.mix.left_out, contrasts=contrasts, cells=cells,
        map_rows=found.rows, map_cells=found.cells, target=_target(case, None),
        on_target_share=on_target.proven, on_target_possible=on_target.possible,
        judged=on_target.judged,
        level_up=_level_up(case, aims, index),
        adjusted_for=tuple(one.name for one in case.mix.customers),
        check=check,
    )  # fmt: skip


def _open(study: Study, asked: IdenticalAsked, where: Filters, wishes: Sequence[Target]) -> _Case:
    put = question(study, where)
    answers = read_answers(put, asked.metric)
    if float(answers.y.min()) == float(answers.y.max()):
        fields = {"metric": asked.metric, "score": f"{float(answers.y[0]):g}"}
        raise BadInput("identical_constant", fields=fields)
    mixed = mix(answers, asked.over, agents=study.definitions.agent_figures)
    answers = completed(answers, mixed)
    delta = (
        log(ratio_asked(asked.delta)) if answers.is_times else delta_of(asked.delta, answers.scale)
    )
    return _Case(
        asked=asked, question=put, answers=answers, mix=mixed,
        model=model(answers, mixed),
        delta=delta, mean=_mean(answers), wishes=wishes,
    )  # fmt: skip


def _mean(answers: Answers) -> Estimate:
    """The plain mean of the answers, clustered by person."""
    grouping = Grouping(np.zeros(len(answers.rows), dtype=np.int64), ((),))
    tally = tally_groups(answers.timeline, Sample(answers.rows, answers.y), grouping)[()]
    bounds = mean_interval(tally)
    return Estimate(
        value=float(answers.y.mean()), low=bounds.low, high=bounds.high, n=tally.n,
        people=tally.people, unit=Unit.SCORE, better=Better.HIGHER, method="t",
    )  # fmt: skip


def _judge(case: _Case) -> tuple[tuple[Cell, ...], tuple[Contrast, ...]]:
    """The cells of every dimension, and the pairs of those with few units."""
    mixed, by = case.mix, case.yardstick
    cells: list[Cell] = []
    contrasts: list[Contrast] = []
    for one in (*mixed.varied, *mixed.small, *mixed.coarse):
        held = case.model
        if one in mixed.coarse:
            held = model(case.answers, mixed, also=(one,))
        far = distances(held, one, case.answers)
        cells += cells_of(one, far, by)
        if one not in mixed.varied:
            contrasts += contrasts_of(held, one, far, by.delta)
    return tuple(cells), tuple(contrasts)


def _with_targets(case: _Case, cells: Sequence[Cell], shown: Squares) -> Squares:
    """The squares that bear targets: those shown, else those of the touchpoints."""
    known = any(one.target is not None for one in (*cells, *shown.cells))
    return shown if known or shown.rows == "touchpoint" else _map(case, "touchpoint")


def _map(case: _Case, rows: str) -> Squares:
    asked = Asked(
        rows=rows, agents=case.question.study.definitions.agent_figures, delta=case.delta,
        mean=case.mean.value or 0.0,
        target=lambda touchpoint: _target(case, touchpoint),
    )  # fmt: skip
    return squares(case.answers, case.model, asked)


def _target(case: _Case, touchpoint: str | None) -> float | None:
    place = touchpoint or touchpoint_of(case.question.where)
    return target_for(case.answers, case.asked.metric, case.wishes, place)


def _level_up(case: _Case, found: Squares, index: Estimate) -> LevelUp | None:
    """The same model on the answers as they would be."""
    if not case.mix.varied or all(one.target is None for one in found.cells):
        return None
    up = raised(case.answers, found.cells, found.codes, found.deviations)
    now = Bounded(value=index.value, low=index.low, high=index.high)
    then = now
    mean = Bounded(value=case.mean.value, low=case.mean.low, high=case.mean.high)
    if up.count:
        again = model(case.answers, case.mix, y=up.y)
        new = index_of(again, case.delta, case.answers)[0]
        then = Bounded(value=new.value, low=new.low, high=new.high)
        half = normal_quantile(LEVEL) * up.deviation
        mean = Bounded(value=up.mean, low=up.mean - half, high=up.mean + half)
    return LevelUp(
        raised=up.count, mean_now=float(case.answers.y.mean()), mean=up.mean,
        mean_low=mean.low, mean_high=mean.high, index_now=now, index=then,
    )  # fmt: skip


def _about(case: _Case, where: Filters, check: IndexCheck | None) -> About:
    asked = case.asked
    delta = exp(case.delta) if case.answers.is_times else case.delta
    named = f"identical --metric {asked.metric} --delta {delta:g}"
    if asked.over:
        named += f" --over {','.join(asked.over)}"
    told = notes_of(case.answers, case.mix, case.model, asked.metric, delta)
    if asked.check:
        named += " --check"
        told = (*told, note_of_check(check))
    return about(case.question.study, named, where, told)
