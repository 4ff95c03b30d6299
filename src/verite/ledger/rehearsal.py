"""A rehearsal: what appends would answer, one after the other, while nothing is kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from verite.ledger.ids import IdIndex
from verite.ledger.kept import Kept, Refusal

if TYPE_CHECKING:
    from arro3.core import Table

    from verite.ledger.commit import Committer


class Rehearsal:
    """Takes rows as the ledger does, and remembers their ids only."""

    def __init__(self, committer: Committer, seen: IdIndex) -> None:
        self._committer = committer
        self._seen = seen

    def append(self, table: Table, *, source: str, at: datetime) -> Kept:
        """What the ledger would answer after the rows that came before these."""
        return self._committer.foresee(table, source, self._seen)

    def refuse(self, refusals: Sequence[Refusal], *, at: datetime) -> None:
        """Nothing: no line goes to quarantine."""
