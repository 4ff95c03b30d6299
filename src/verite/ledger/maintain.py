"""The maintainer: compacts, checkpoints, vacuums. One at a time, beside the committers."""

from __future__ import annotations

from shutil import rmtree
from typing import TYPE_CHECKING, Final

from verite.ledger import mark
from verite.ledger.compact import commit_swap, plan_removals, write_buckets
from verite.ledger.delta import InteractionTable
from verite.ledger.durable import Lock
from verite.ledger.places import Places
from verite.ledger.vacuum import remove_strays

if TYPE_CHECKING:
    from verite.ledger.commit import Committer

_WORTH_IT: Final = 32


def is_untidy(places: Places, version: int) -> bool:
    """Whether enough fresh files gathered for a compaction to be worth its time."""
    return InteractionTable(places.ledger).fresh_count(version) >= _WORTH_IT


def compact(places: Places, committer: Committer, *, threads: int | None = None) -> int:
    """Moves fresh rows to their buckets; answers how many files went, 0 when there is nothing.

    Does nothing while another maintainer is at work. Takes all processors, or so many threads.
    """
    lock = Lock(places.maintainer)
    try:
        with lock.held_if_free() as is_held:
            return _compact(places, committer, threads) if is_held else 0
    finally:
        lock.close()


def vacuum(places: Places, committer: Committer) -> int:
    """Removes data files that the durable version does not hold; answers how many went.

    Does nothing while files are being read or another maintainer is at work.
    """
    maintainer, readers = Lock(places.maintainer), Lock(places.readers)
    try:
        with maintainer.held_if_free() as alone, readers.held_if_free() as unread:
            if not alone or not unread:
                return 0
            rmtree(places.scratch, ignore_errors=True)
            with committer.committing() as version:
                held = InteractionTable(places.ledger).files(version)
                return remove_strays(places.ledger, held=held)
    finally:
        maintainer.close()
        readers.close()


def _compact(places: Places, committer: Committer, threads: int | None) -> int:
    table = InteractionTable(places.ledger)
    removed = plan_removals(table, mark.durable_version(committer.store))
    if not removed:
        return 0
    swap = write_buckets(table, removed, places.scratch, threads=threads)
    with committer.committing() as version:
        after = commit_swap(table, swap, version=version)
        if after is None:
            return 0  # what was written is a stray now: the next vacuum takes it
        table.sync_version(after, since=version)
        mark.set_version(committer.store, after)
        table.checkpoint(after)
        mark.set_checkpoint(committer.store, after)
        table.clean_log(after)
    return len(removed)
