"""The driver model: the lines in groups of people, all their sums, and what is read off them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import exp, pi, sqrt
from typing import Final

import numpy as np

from verite.loop.moments.answers import Answers
from verite.loop.moments.choosing import apart_from_own, left_out_of, tell_apart
from verite.loop.moments.circumstances import circumstances, with_asked_about
from verite.loop.moments.columns import Matrix, Touchpoint, lay_out, touchpoints_of
from verite.loop.moments.lived import Lived
from verite.loop.moments.port import Floats, Ints, Reading
from verite.stats.grams import Grams, Line, fit_line, grams_by_group, groups_of
from verite.words.errors import BadInput
from verite.words.moments import LeftOut

SEED: Final = 20_261_101
LEVELLED: Final = 100_000  # levels that a grid is read from, when there are more


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """Lines sorted by group; `grams` of all the columns, weighted."""

    answers: Answers
    group: Ints
    before: Ints
    touchpoints: tuple[Touchpoint, ...]
    left_out: tuple[LeftOut, ...]
    adjusted_for: tuple[str, ...]
    matrix: Matrix
    grams: Grams
    line: Line  # of the model
    sided: Line  # of penalty and reward

    @property
    def sizes(self) -> tuple[int, ...]:
        """Columns of each touchpoint in the model."""
        return tuple(len(one.model) for one in self.matrix.places)

    @property
    def starts(self) -> list[int]:
        """The first column of each touchpoint among those of the model."""
        ends = self.matrix.fixed + np.cumsum(self.sizes)
        return [int(end) - size for end, size in zip(ends, self.sizes, strict=True)]


def fit_model(reading: Reading, answers: Answers, lived: Lived) -> Model:
    """The model of the answers on what was lived before them; refused when nothing was."""
    if np.isnan(lived.experience).all():
        fields = {"outcome": answers.outcome, "n": len(answers.y)}
        raise BadInput("moments_nothing_before", fields=fields)
    group = groups_of(answers.person, SEED)
    order = np.argsort(group, kind="stable")
    answers, group = sort_answers(answers, order), group[order]
    lived = replace(lived, experience=lived.experience[order], before=lived.before[order])
    held = circumstances(reading, answers, lived.before)
    met = touchpoints_of(lived, reading.settings, reading.settings.needed)
    if not met:
        fields = {"outcome": answers.outcome, "needed": reading.settings.needed}
        raise BadInput("moments_few_met", fields=fields)
    told, aside = apart_from_own(met)
    if not told[0].only_own:
        held = with_asked_about(held, answers.own)
    kept, unclear = tell_apart(told, held.columns, answers.y)
    if not kept:
        code = "moments_own_score" if told[0].only_own else "moments_same_experience"
        fields = {"touchpoint": told[0].name, "outcome": answers.outcome}
        raise BadInput(code, fields=fields)
    matrix = lay_out(kept, held.columns, answers.y)
    grams = grams_by_group(matrix.columns * np.sqrt(answers.weight)[:, None], group)
    return Model(
        answers=answers, group=group, before=lived.before, touchpoints=tuple(kept),
        left_out=(*unclear, *aside, *left_out_of(lived, met)),
        adjusted_for=(*(("other_touchpoints",) if len(kept) > 1 else ()), *held.names),
        matrix=matrix, grams=grams, line=fit_line(grams.only(matrix.model)),
        sided=fit_line(grams.only(matrix.sided)),
    )  # fmt: skip


def sort_answers(answers: Answers, order: Ints) -> Answers:
    """The same lines in another order."""
    return replace(
        answers, person=answers.person[order], at=answers.at[order], y=answers.y[order],
        weight=answers.weight[order], own=answers.own[order],
    )  # fmt: skip


def least_points(answers: Answers, effect: float) -> float:
    """So many standard deviations of the outcome, in its points. Of a share that comes rarely or
    often, the change of its odds worth as much: ln OR = effect · π/√3 (Chinn 2000).

    1 % lost, half a deviation: odds × 2.48, 2.4 % lost, 1.4 points.
    """
    mean = float(np.average(answers.y, weights=answers.weight))
    if answers.is_binary:
        rare = min(mean, 100.0 - mean) / 100.0
        odds = rare / (1.0 - rare) * exp(effect * pi / sqrt(3.0))
        return 100.0 * (odds / (1.0 + odds) - rare)
    return effect * sqrt(float(np.average((answers.y - mean) ** 2, weights=answers.weight)))


def column_of(matrix: Matrix, chosen: list[int], place: int | None) -> int | None:
    """Where a column of the whole matrix stands among those chosen."""
    return chosen.index(place) if place is not None and place in chosen else None


def level_grid(one: Touchpoint, size: int = 200) -> Floats:
    """The levels lived, as many values as asked, each standing for as many answers."""
    known = one.level[one.met]
    known = known[:: len(known) // LEVELLED + 1]  # lines are in an order of chance
    return np.asarray(np.quantile(known, (np.arange(size) + 0.5) / size))
