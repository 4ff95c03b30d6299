"""Live collection: what waits in the inbox, and the drain that empties it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from verite.home.door import Door

if TYPE_CHECKING:
    from verite.home.beside import Beside
    from verite.ledger.kept import Kept
    from verite.words.live import Backlog


class Live(Door):
    """What is received live."""

    _beside: Beside | None = None

    @property
    def backlog(self) -> Backlog:
        """What waits in the inbox, about."""
        return self.desk.ledger.backlog

    def drain(self, *, at: datetime) -> Kept:
        """Moves what waits into the ledger, read by the rules of this home."""
        using = self.open_records()
        from verite.home.decoding import Reader

        if self._beside is None:
            from verite.home.beside import Beside

            self._beside = Beside()
        reader = Reader(self.path, using=using, beside=self._beside)
        kept = self.desk.ledger.drain(reader, at=at)
        reader.settle(at=at)
        return kept

    def drain_waiting(self, *, at: datetime) -> None:
        """The same, when anything waits."""
        if self.backlog.batches:
            self.drain(at=at)

    def close(self) -> None:
        """Lets go of the home's files, and of the processes that decoded for it."""
        if self._beside is not None:
            self._beside.close()
        super().close()
