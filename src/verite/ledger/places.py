"""Where the ledger keeps its files inside a home."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Places:
    """The files and folders of one home that belong to the ledger."""

    home: Path

    @property
    def inbox(self) -> Path:
        """Batches as received, quarantine, and the durable mark."""
        return self.home / "inbox.sqlite3"

    @property
    def keys(self) -> Path:
        """Identity → surrogate key, and the links between identities."""
        return self.home / "keys.sqlite3"

    @property
    def ledger(self) -> Path:
        """The Delta table of interactions."""
        return self.home / "ledger"

    @property
    def log(self) -> Path:
        """The log of the Delta table."""
        return self.ledger / "_delta_log"

    @property
    def ids(self) -> Path:
        """The rebuildable index of interaction ids."""
        return self.home / "ids"

    @property
    def timeline(self) -> Path:
        """Derived copies, one folder per (ledger, people) version."""
        return self.home / "timeline"

    @property
    def scratch(self) -> Path:
        """Where a compaction spills what memory cannot hold; gone when it ends."""
        return self.home / "compacting"

    @property
    def maintainer(self) -> Path:
        """Held by whoever compacts or vacuums: one at a time, beside the committers."""
        return self.home / "maintainer.lock"

    @property
    def readers(self) -> Path:
        """Held together by those who read data files, alone by who removes some."""
        return self.home / "readers.lock"

    @property
    def lock(self) -> Path:
        """Held by whoever commits."""
        return self.home / "ledger.lock"

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders of a complete home."""
        return self.ledger, self.timeline, self.ids

    @property
    def needed(self) -> tuple[Path, ...]:
        """What a complete home has."""
        return self.inbox, self.keys, *self.folders
