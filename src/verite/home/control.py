"""Control charts and funnels of a score."""

from __future__ import annotations

from verite.answer import Answer
from verite.home.door import Door
from verite.words.asked import EVERYTHING, Filters
from verite.words.control import Controls, Funnel


class ControlDesk(Door):
    """Which channel or team leaves ordinary variation, over time or among its likes."""

    def controls(
        self, metric: str, *, by: str = "team", where: Filters = EVERYTHING
    ) -> Answer[Controls]:
        """The control chart of each channel or team, those that signal first."""
        from verite.measure.control import control_charts

        def compute() -> Controls:
            return control_charts(self.desk.study(record), metric, dimension=by, where=where)

        record = _record_for(metric)
        allowed = self.desk.agents_are_open(record)
        return self.told(self.desk.answer(("controls", metric, by, where, allowed), compute))

    def funnel(
        self, metric: str, *, by: str = "team", where: Filters = EVERYTHING
    ) -> Answer[Funnel]:
        """Each channel or team against what chance allows at its size."""
        from verite.measure.control import funnel

        def compute() -> Funnel:
            return funnel(self.desk.study(record), metric, dimension=by, where=where)

        record = _record_for(metric)
        allowed = self.desk.agents_are_open(record)
        return self.told(self.desk.answer(("funnel", metric, by, where, allowed), compute))


def _record_for(metric: str) -> tuple[str, ...]:
    """What needs the council's record: a team that is one agent; never an answer of the staff."""
    from verite.measure.items import is_item

    return () if is_item(metric) else ("agent",)
