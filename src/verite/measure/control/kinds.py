"""What charts and funnels are drawn of: a score's figures by channel, team or site."""

from __future__ import annotations

from typing import Final

from verite.measure.evidence import Counted
from verite.measure.metrics import FOLLOWED
from verite.measure.series import Series, branches_of, fullest, gather
from verite.measure.study import Question, Study, question
from verite.words.asked import Filters
from verite.words.errors import WrongUse

# Never agents: a chart of one person's work is a ranking with another face.
DIMENSIONS: Final = ("channel", "team", "site", "touchpoint", "motive")


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


def counts_of(series: Series, group: tuple[str, ...]) -> Counted | None:
    """The counts of one group; None where there is no answer."""
    found = series.groups.get(group)
    return found if isinstance(found, Counted) else None
