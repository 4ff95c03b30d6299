"""The upkeep of a ledger: what keeps it quick and small."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from verite.ledger import maintain, mark, quarantine

if TYPE_CHECKING:
    from verite.ledger.commit import Committer
    from verite.ledger.places import Places


class Upkeep:
    """Compacts, vacuums, expires. Any process may ask; they take turns."""

    _places: Places
    _committer: Committer

    @property
    def is_untidy(self) -> bool:
        """Whether enough fresh files gathered for a compaction to be worth its time."""
        return maintain.is_untidy(self._places, mark.durable_version(self._committer.store))

    def compact(self, *, threads: int | None = None) -> int:
        """Moves fresh rows to the buckets of their identities; answers how many files went.

        On all processors, or on so many threads.
        """
        return maintain.compact(self._places, self._committer, threads=threads)

    def vacuum(self) -> int:
        """Removes files that no durable version holds; answers how many went."""
        return maintain.vacuum(self._places, self._committer)

    def expire_quarantine(self, *, before: datetime) -> int:
        """Forgets lines refused before a time; answers how many."""
        return quarantine.expire(self._committer.store, before=before)
