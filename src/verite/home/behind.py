"""The rows behind a figure: exactly as many as its n."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from verite.words.asked import Filters
from verite.words.council import NAMED_FROM
from verite.words.errors import WrongUse
from verite.words.evidence import Behind

if TYPE_CHECKING:
    import numpy as np

    from verite.home.desk import Desk
    from verite.ledger.timeline.timeline import Timeline
    from verite.measure.scores import Branch
    from verite.measure.study import Question

LOST = "lost"  # customers lost, counted once each
PROMISED = "promise."  # then its key: what was kept or broken
COMPARED = "identical."  # then a score: an answer compared with others
SCALE = "scale"  # the label that tells apart the series of one rating given on several scales


def rows_behind(desk: Desk, figure: Behind, where: Filters) -> np.ndarray:
    """The timeline rows that a figure rests on: one per contact, answer, case or customer.

    A case stands as the contact where it began, a customer as their last row before the window.
    """
    import numpy as np

    from verite.home.losing import EFFORT, rows_of_loss
    from verite.measure.measuring import allow
    from verite.measure.metrics import FOLLOWED
    from verite.measure.samples import group_rows
    from verite.measure.series import sample_of
    from verite.measure.study import question

    group = [label for label in figure.by if label.dimension != SCALE]
    by = tuple(label.dimension for label in group)
    study = desk.study(by)
    allow(study, by)
    asked = question(study, where, by)
    if figure.metric == LOST:
        rows = _lost(asked)
    elif figure.metric.startswith(EFFORT):
        rows = rows_of_loss(desk, figure.metric, asked.where)
    elif figure.metric.startswith(COMPARED):
        return _named_enough(_compared(asked, figure), by)
    elif figure.metric.startswith(PROMISED):
        rows = _promised(desk, figure, where)
    elif figure.metric in FOLLOWED:
        rows = sample_of(asked, figure.metric).rows
    else:
        rows = _answered(desk.timeline, asked, figure)
    grouping = group_rows(study.timeline, rows, by)
    wanted = tuple(label.value for label in group)
    found = rows[:0]
    if wanted in grouping.groups:
        found = np.asarray(rows[grouping.codes == grouping.groups.index(wanted)])
    return _named_enough(found, by)


def _named_enough(found: np.ndarray, by: Sequence[str]) -> np.ndarray:
    """The rows, unless they are those of an agent with too few to be named."""
    if "agent" in by and len(found) < NAMED_FROM:
        raise WrongUse("agent_too_few", fields={"least": NAMED_FROM})
    return found


def _compared(asked: Question, figure: Behind) -> np.ndarray:
    """The answers that the law of identical experience compared: those of a value or a square."""
    import numpy as np

    from verite.measure.identical.answers import read_answers

    answers = read_answers(asked, figure.metric.removeprefix(COMPARED))
    kept = np.ones(len(answers.rows), dtype=bool)
    for label in figure.by:
        codes, labels = answers.coded(label.dimension)
        kept &= codes == (labels.index(label.value) if label.value in labels else -2)
    return np.asarray(answers.rows[kept])


def _promised(desk: Desk, figure: Behind, where: Filters) -> np.ndarray:
    """What a promise covers and was judged: kept or broken."""
    from verite.measure.promises.keeping import rows_of_promise
    from verite.records.setup import prepare

    using = prepare(desk.path)
    from verite.records.promises.records import find_promise

    promise = find_promise(figure.metric.removeprefix(PROMISED), using=using).promise
    return rows_of_promise(desk.study(), promise, where=where)


def _lost(asked: Question) -> np.ndarray:
    """The last row by which each customer lost within the question left."""
    import numpy as np

    from verite.measure.customers import losses

    timeline = asked.study.timeline
    lost, _ = losses(timeline, asked.study.definitions)
    rows = np.flatnonzero(lost & timeline.rows_of(asked.where))
    people = timeline.person_index()[rows]
    return np.asarray(rows[np.append(people[1:] != people[:-1], True)[: len(rows)]])


def _answered(timeline: Timeline, asked: Question, figure: Behind) -> np.ndarray:
    """The rows that the engine counts; of several series, those of the fullest."""
    import numpy as np

    from verite.measure.scores import scale_name
    from verite.measure.series import branches_of
    from verite.measure.trending import one_kind

    metric = one_kind(asked.study, figure.metric, asked.where)
    scales = [label.value for label in figure.by if label.dimension == SCALE]
    within = timeline.rows_of(asked.where)
    held = [
        _counted(timeline, branch) & within
        for branch in branches_of(asked, metric)
        if not scales or (branch.scale is not None and scale_name(branch.scale) in scales)
    ]
    fullest = max(held, key=np.count_nonzero, default=np.zeros(timeline.rows, dtype=bool))
    return np.flatnonzero(fullest)


def _counted(timeline: Timeline, branch: Branch) -> np.ndarray:
    """Which rows a series counts: those of any of its needs that give a number."""
    import numpy as np

    from verite.ledger.engines.rows import Rows

    rows, counted = Rows(timeline), np.zeros(timeline.rows, dtype=bool)
    for need in branch.needs:
        passing, y = rows.passing(need.where), rows.read(need)
        held = np.ones(timeline.rows, dtype=bool) if passing is None else passing
        counted |= held & ~np.isnan(y) if len(y) else held
    return counted
