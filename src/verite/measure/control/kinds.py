"""What charts and funnels are drawn of: a score's figures by channel, team or site."""

from __future__ import annotations

from typing import Final

import numpy as np

from verite.measure.contacts import started_by_customers
from verite.measure.evidence import Counted
from verite.measure.identical.answers import READ_FROM
from verite.measure.identical.lone import agents_behind, lone
from verite.measure.metrics import FOLLOWED
from verite.measure.scores import scored_rows
from verite.measure.series import Series, branches_of, fullest, gather
from verite.measure.study import Question, Study, question
from verite.words.asked import Filters
from verite.words.columns import dimension_column
from verite.words.errors import WrongUse

# Never agents: a chart of one person's work is a ranking with another face.
DIMENSIONS: Final = ("channel", "team", "site", "touchpoint", "motive")

TIMED: Final = ("wait", "answered")  # figures of contacts, not of answers


def check(study: Study, metric: str, dimension: str) -> None:
    """Refuses what no chart is made of: agents, segments of time, measures that are no score."""
    if dimension not in DIMENSIONS:
        fields = {"dimension": dimension, "known": ", ".join(DIMENSIONS)}
        raise WrongUse("chart_dimension", fields=fields)
    if metric in FOLLOWED:
        raise WrongUse("chart_of_no_score", fields={"metric": metric})
    branches_of(question(study, Filters()), metric)


def scored(asked: Question, metric: str) -> Series | None:
    """The series with most rows; of NPS the one asked after contacts, where there is one."""
    found = gather(asked, (metric,))
    if metric == "nps":
        after_contacts = [one for one in found if one.nps_kind == "transactional" and one.groups]
        found = after_contacts or found
    return fullest(found)


def lone_units(asked: Question, metric: str, dimension: str) -> frozenset[str]:
    """The units that are one agent, of which nothing is told without the council's record.

    Where there is a single one, the smallest other goes with it: no telling by subtraction.
    """
    if asked.study.definitions.agent_figures:
        return frozenset()
    timeline = asked.study.timeline
    column = dimension_column(dimension)
    rows = _rows(asked, metric)
    codes, labels = timeline.codes(column)[rows], timeline.labels(column)
    found = lone(codes, agents_behind(timeline, rows), len(labels))
    if found.sum() == 1 and len(labels) > 1:
        answers = np.bincount(codes[codes >= 0], minlength=len(labels)).astype(float)
        answers[found | (answers == 0)] = np.inf
        found[int(answers.argmin())] = True
    return frozenset(labels[code] for code in np.flatnonzero(found).tolist())


def _rows(asked: Question, metric: str) -> np.ndarray:
    """The rows that a figure of the metric is counted from."""
    timeline = asked.study.timeline
    if metric in TIMED:
        rows = np.flatnonzero(started_by_customers(timeline, asked.study.definitions))
    else:
        rows = scored_rows(timeline, READ_FROM.get(metric, metric))
    return np.asarray(rows[timeline.rows_of(asked.where)[rows]])


def counts_of(series: Series, group: tuple[str, ...]) -> Counted | None:
    """The counts of one group; None where there is no answer."""
    found = series.groups.get(group)
    return found if isinstance(found, Counted) else None
