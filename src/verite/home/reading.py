"""What a thread reads while it answers one question: one timeline, whatever arrives meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from threading import local
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from verite.ledger.ledger import Ledger
    from verite.ledger.timeline.timeline import Timeline

T = TypeVar("T")


class Reading(local):
    """The timeline of the question that this thread answers, once it looked at one."""

    is_asking = False
    timeline: Timeline | None = None

    def ask(self, compute: Callable[[], T]) -> T:
        """What `compute` finds, all of it on one timeline."""
        self.is_asking = True
        try:
            return compute()
        finally:
            self.is_asking, self.timeline = False, None

    def versions(self, ledger: Ledger) -> tuple[int, int]:
        """The ledger and people versions that an answer given now is of."""
        if self.timeline is not None:
            return self.timeline.ledger_version, self.timeline.people_version
        return ledger.version, ledger.people_version
