"""The law of identical experience, asked of a home."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from verite.answer import Answer
from verite.home.door import Door
from verite.words.asked import Filters
from verite.words.identical import CONTROLLABLE, Identical, IdenticalAsked

if TYPE_CHECKING:
    from verite.home.promises import PromiseDesk
    from verite.words.measured import Target

EVERYTHING = Filters()


class IdenticalDesk(Door):
    """Whether comparable customers live the same, whoever serves them."""

    def identical(
        self,
        metric: str,
        *,
        delta: float | None = None,
        over: tuple[str, ...] = (),
        rows: str = "",
        check: bool = False,
        where: Filters = EVERYTHING,
    ) -> Answer[Identical]:
        """The index of identical experience with its interval, its shares and its cells.

        `delta` in points of the scale (none: the scale's own), `over` among channel, team, agent,
        site, hour, week (none: all there are), `rows` those of the identity map. `check`: the
        interval of the index is tried on 200 sets of answers drawn from the model (some seconds).
        """
        from verite.measure.identical import identical
        from verite.measure.items import is_item, refuse_by_agent

        asked = IdenticalAsked(metric=metric, delta=delta, over=over, rows=rows, check=check)
        wishes = self._wishes()
        refuse_by_agent((metric,), over)
        by = over or tuple(d for d in CONTROLLABLE if d != "agent" or not is_item(metric))
        if not is_item(metric):  # a unit that is one agent is shown only with the record
            by = (*by, "agent")
        question = ("identical", asked, where, wishes, self.desk.agents_are_open(by))
        compute = lambda: identical(self.desk.study(by), asked, where=where, wishes=wishes)  # noqa: E731
        found = self.desk.answer(question, compute)
        kept = cast("PromiseDesk", self).promises(where=where).result.rows
        return self.told(replace(found, promises=kept))

    def _wishes(self) -> tuple[Target, ...]:
        using = self.open_records()
        from verite.records.measure.records import list_targets

        return tuple(list_targets(using=using))
