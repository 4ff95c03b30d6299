"""Live collection: what waits in the inbox, and the drain that empties it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from verite.home.door import Door
from verite.words.member import console

if TYPE_CHECKING:
    from verite.answer import Answer
    from verite.home.beside import Beside
    from verite.home.decoding import Reader
    from verite.ledger.kept import Kept
    from verite.records.listen.source_actions import Keys
    from verite.words.heard import Heard
    from verite.words.live import Backlog, LiveSource, Mode, Scope


class Live(Door):
    """What is received live."""

    _beside: Beside | None = None

    @property
    def backlog(self) -> Backlog:
        """What waits in the inbox, about."""
        return self.desk.ledger.backlog

    def drain(self, *, at: datetime) -> Kept:
        """Moves what waits into the ledger, read by the rules of this home."""
        reader = self.reader()
        kept = self.desk.ledger.drain(reader, at=at)
        reader.settle(at=at)
        return kept

    def replay(self, *, at: datetime) -> Answer[Heard]:
        """Tries the quarantine again: lines as they were mapped, events by today's rules."""
        from verite.loop.listen import replay

        return self.told(replay(self.desk.ledger, at=at, decode=self.reader()))

    def reader(self) -> Reader:
        """How what is received live is read: by the rules of this home."""
        using = self.open_records()
        from verite.home.beside import Beside
        from verite.home.decoding import Reader

        self._beside = self._beside or Beside()
        segments = self.desk.ledger.segments
        return Reader(self.path, using=using, segments=segments, beside=self._beside)

    def drain_waiting(self, *, at: datetime) -> None:
        """The same, when anything waits."""
        if self.backlog.batches:
            self.drain(at=at)

    # Sources

    def sources(self) -> tuple[LiveSource, ...]:
        """What may send events, and what did once."""
        using = self.open_records()
        from verite.records.listen.sources import live_sources

        return live_sources(using=using)

    def make_source(
        self,
        name: str,
        *,
        mode: Mode,
        scopes: Collection[Scope] | None,
        origins: Collection[str] = (),
        at: datetime,
    ) -> Keys:
        """A new source; its key is in the answer and nowhere else."""
        using = self.open_records()
        from verite.records.listen.source_actions import EVENTS, Wanted, make_source

        scopes = frozenset(scopes or EVENTS)
        wanted = Wanted(name=name, mode=mode, scopes=scopes, origins=tuple(origins))
        return make_source(using=using, by=console("cli"), wanted=wanted, at=at)

    def renew_source(self, name: str, *, at: datetime) -> Keys:
        """Another key for a source; the old one is dead."""
        using = self.open_records()
        from verite.records.listen.source_actions import renew_key

        return renew_key(using=using, by=console("cli"), name=name, at=at)

    def renew_secret(self, name: str, *, at: datetime) -> Keys:
        """Another signing secret for the webhooks of a source; the old one for 24 h more."""
        using = self.open_records()
        from verite.records.listen.change_actions import renew_secret

        return renew_secret(using=using, by=console("cli"), name=name, at=at)

    def set_origins(self, name: str, origins: Collection[str], *, at: datetime) -> LiveSource:
        """The web pages that browsers let send to a source: exactly these, or none."""
        using = self.open_records()
        from verite.records.listen.change_actions import set_origins

        return set_origins(using=using, by=console("cli"), name=name, origins=origins, at=at)

    def close_source(self, name: str, *, at: datetime) -> None:
        """Its key is refused from now on; what was received stays."""
        using = self.open_records()
        from verite.records.listen.source_actions import close_source

        close_source(using=using, by=console("cli"), name=name, at=at)

    def close(self) -> None:
        """Lets go of the home's files, and of the processes that decoded for it."""
        if self._beside is not None:
            self._beside.close()
        super().close()
