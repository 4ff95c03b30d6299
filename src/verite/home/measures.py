"""Measures, their changes and trends, and the targets set for them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from verite.answer import Answer
from verite.home.door import Door
from verite.words.asked import EVERYTHING, Filters, Window
from verite.words.member import console

if TYPE_CHECKING:
    from verite.words.measured import Changes, Measured, Target, Targets, Trend


class Measures(Door):
    """What is measured, and what is aimed at."""

    def measure(
        self, *metrics: str, by: tuple[str, ...] = (), where: Filters = EVERYTHING
    ) -> Answer[Measured]:
        """Metrics with their intervals, whole and by dimensions."""
        from verite.measure import measure

        question = ("measure", metrics, by, where, self.desk.agents_are_open(by))
        compute = lambda: measure(self.desk.study(by), metrics, by=by, where=where)  # noqa: E731
        return self.told(self.desk.answer(question, compute))

    def changes(
        self, *metrics: str, windows: tuple[Window, Window], where: Filters = EVERYTHING
    ) -> Answer[Changes]:
        """What changed between two windows, told apart from noise or not."""
        from verite.measure import compare

        before, after = windows
        question = ("changes", metrics, windows, where)
        compute = lambda: compare(self.desk.study(), metrics, before, after, where=where)  # noqa: E731
        return self.told(self.desk.answer(question, compute))

    def trend(
        self, metric: str, *, where: Filters = EVERYTHING, periods: int = 16, period: str = "week"
    ) -> Answer[Trend]:
        """A metric over successive weeks or months, with its control limits."""
        from verite.measure import trend

        question = ("trend", metric, where, periods, period)
        compute = lambda: trend(  # noqa: E731
            self.desk.study(), metric, where=where, periods=periods, period=period
        )
        return self.told(self.desk.answer(question, compute))

    def targets(self, *, where: Filters = EVERYTHING) -> Answer[Targets]:
        """KPI, now, target, gap, trend."""
        from verite.measure import set_against

        using = self.open_records()
        from verite.records.measure.records import list_targets

        wishes = tuple(list_targets(using=using))
        question = ("targets", wishes, where)
        compute = lambda: set_against(self.desk.study(), wishes, where=where)  # noqa: E731
        return self.told(self.desk.answer(question, compute))

    def set_targets(self, targets: Sequence[Target], *, by: str, at: datetime) -> None:
        """Replaces the targets; who and when are kept in the audit."""
        using = self.open_records()
        from verite.records.measure.actions import set_targets

        set_targets(tuple(targets), by=console(by), at=at, using=using)
