"""The index takes seconds to minutes: it is worked out behind the page, with its charts."""

from __future__ import annotations

from dataclasses import dataclass

from verite.home import Home
from verite.records.current import current_alias
from verite.records.measure.records import list_targets
from verite.web.identical.wanted import Wanted
from verite.web.lately import Lately, latest
from verite.words.asked import Filters
from verite.words.control import Controls, Funnel
from verite.words.errors import VeriteError
from verite.words.identical import CONTROLLABLE, Identical, IdenticalAsked

CHARTED = ("team", "channel")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Everything that the page draws."""

    identical: Identical
    controls: tuple[Controls, ...]
    funnel: Funnel | None


def latest_found(home: Home, wanted: Wanted) -> Lately[Found]:
    """The index and its charts; worked out anew once data, targets or consent change."""
    wishes = tuple(list_targets(using=current_alias()))
    is_open = home.desk.agents_are_open(CONTROLLABLE)
    where = wanted.asked.where
    question = ("identical", wanted.question, where, wishes, home.promised(), is_open)
    return latest(question, lambda: find(home, wanted.question, where))


def find(home: Home, asked: IdenticalAsked, where: Filters) -> Found:
    """The answer itself, however long it takes."""
    found = home.identical(
        asked.metric, delta=asked.delta, over=asked.over, rows=asked.rows, where=where
    ).result
    controls = [_controls(home, asked.metric, by, where) for by in CHARTED]
    return Found(
        identical=found,
        controls=tuple(one for one in controls if one is not None),
        funnel=_funnel(home, asked.metric, where),
    )


def _controls(home: Home, metric: str, by: str, where: Filters) -> Controls | None:
    """Beside the index: without them the page still stands."""
    try:
        return home.controls(metric, by=by, where=where).result
    except VeriteError:
        return None


def _funnel(home: Home, metric: str, where: Filters) -> Funnel | None:
    try:
        return home.funnel(metric, by="team", where=where).result
    except VeriteError:
        return None
