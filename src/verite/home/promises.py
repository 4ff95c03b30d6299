"""Promises against deeds, asked of a home."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from verite.answer import Answer
from verite.home.door import Door
from verite.words.asked import Filters
from verite.words.member import console

if TYPE_CHECKING:
    from verite.words.promises import Promise, PromiseKept, PromiseRecord, Promises

EVERYTHING = Filters()
NEWS: Final = timedelta(days=7)


class PromiseDesk(Door):
    """What the company says it does, and how often it does."""

    _looked_on: date | None = None

    def promises(self, *, where: Filters = EVERYTHING) -> Answer[Promises]:
        """Every promise: the share kept, when and where it fails, whether it drifts."""
        from verite.measure.promises import keep_promises

        records = self.promised()
        question = ("promises", records, where)
        compute = lambda: keep_promises(self.desk.study(), records, where=where)  # noqa: E731
        return self.told(self.desk.answer(question, compute))

    def fresh_drifts(self, *, at: datetime) -> tuple[PromiseKept, ...]:
        """The promises that drift as of the last weeks; looked at once a day, nothing else.

        Weeks that ended long ago, as in a home of old data, are no news.
        """
        day = at.date()
        if self._looked_on == day or not self.promised() or self.as_of is None:
            return ()
        self._looked_on = day
        if at - self.as_of > NEWS:
            return ()
        return tuple(one for one in self.promises().result.rows if one.alarm is not None)

    def promised(self) -> tuple[PromiseRecord, ...]:
        """The promises in force as they were written, without any figure."""
        using = self.open_records()
        from verite.records.promises.records import list_promises

        return list_promises(using=using)

    def set_promises(self, promises: Sequence[Promise], *, by: str, at: datetime) -> None:
        """Replaces the promises; every version, who and when are kept."""
        using = self.open_records()
        from verite.records.promises.actions import set_promises

        set_promises(tuple(promises), by=console(by), at=at, using=using)
