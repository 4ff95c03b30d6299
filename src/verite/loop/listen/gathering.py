"""Small rounds gathered, so that the ledger commits rarely."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from verite.loop.listen.hearing import Round

ROWS = 400_000
FAILED = 50_000
BYTES = 256 << 20  # rows may be long


def merged(rounds: Iterable[Round]) -> Iterator[Round]:
    """The same rows in the same order, in fewer rounds; none holds more than a million."""
    waiting: list[Round] = []
    for one in rounds:
        waiting.append(one)
        if _is_enough(waiting):
            yield _one(waiting)
            waiting = []
    if waiting:
        yield _one(waiting)


def _is_enough(waiting: list[Round]) -> bool:
    tables = [one.table for one in waiting if one.table is not None]
    failed = [one for each in waiting for one in each.failed]
    held = sum(table.nbytes for table in tables) + sum(len(one.raw) for one in failed)
    rows = sum(table.num_rows for table in tables)
    return rows >= ROWS or len(failed) >= FAILED or held >= BYTES


def _one(rounds: list[Round]) -> Round:
    from arro3.core import Table

    tables = [one.table for one in rounds if one.table is not None]
    batches = [batch for table in tables for batch in table.to_batches()]
    return Round(
        table=Table.from_batches(batches) if batches else None,
        failed=tuple(sorted((f for one in rounds for f in one.failed), key=lambda f: f.line or 0)),
        share_done=rounds[-1].share_done,
    )
