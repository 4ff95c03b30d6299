"""Identities known only through somebody: an address told beside a customer, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from verite.ledger import told
from verite.ledger.content import Int64s
from verite.ledger.delta import BUCKET_FOLDER
from verite.ledger.store import Store
from verite.words.columns import BUCKETS, FRESH

_STEPS: Final = 6  # a chain of links without one interaction is no longer than that
Bearing = Callable[[Sequence[int]], set[int]]  # of some keys, those that bear interactions


def orphans_of(store: Store, keys: Sequence[int], borne: Bearing) -> tuple[int, ...]:
    """Keys that no interaction bears and that every link told ties to some keys and to nobody else.

    They are other names of the same person, whether or not their link was ever in force.
    """
    one, other = _ends(store)
    mine = np.unique(np.array(keys, dtype=np.int64))
    found: list[int] = []
    for start in _beside(one, other, mine, mine).tolist():
        if start in found:
            continue
        group = _grown(one, other, np.array([start], dtype=np.int64), mine)
        if group is not None and not borne(group.tolist()):
            found.extend(group.tolist())
    return tuple(sorted(set(found)))


def bearing(files: Sequence[str], keys: Sequence[int]) -> set[int]:
    """Of some keys, those that interactions in some files bear."""
    import duckdb

    folders = {f"{BUCKET_FOLDER}{bucket}" for bucket in (FRESH, *(key % BUCKETS for key in keys))}
    names = [name for name in files if Path(name).parent.name in folders]
    if not names:
        return set()
    listed = ",".join(str(int(key)) for key in keys)
    question = (
        "SELECT DISTINCT identity_key FROM read_parquet(?, union_by_name = true)"
        f" WHERE identity_key IN ({listed})"
    )
    with duckdb.connect() as connection:
        return {int(row[0]) for row in connection.execute(question, [names]).fetchall()}


def _grown(one: Int64s, other: Int64s, group: Int64s, but: Int64s) -> Int64s | None:
    """All that is linked to a group without passing by some keys; None when it goes far."""
    for _ in range(_STEPS):
        more = _beside(one, other, group, but)
        if not len(more):
            return group
        group = np.union1d(group, more)
    return None


def _beside(one: Int64s, other: Int64s, group: Int64s, but: Int64s) -> Int64s:
    """The other ends of the links of a group, neither in it nor among some keys."""
    left, right = np.isin(one, group), np.isin(other, group)
    ends = np.concatenate([other[left], one[right]])
    return np.setdiff1d(ends, np.union1d(group, but))


def _ends(store: Store) -> tuple[Int64s, Int64s]:
    lines = [line.links for line in told.read(store, after=0)]
    if not lines:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    links = np.concatenate(lines)
    return links["one"].astype(np.int64), links["other"].astype(np.int64)
