"""Units that are one agent: a team, a site or a night shift whose answers one agent bears.

Without the council's record nothing is computed of them apart: their answers stand together, with
those of the smallest other unit where they would still be one agent's. With it they are agents.
Agents are counted and forgotten: neither who nor how many leaves this module.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from verite.measure.identical.arrays import Codes, Ints, Mask
from verite.measure.identical.contact import contacts_of
from verite.measure.identical.dimensions import Dimension
from verite.measure.study import Timeline

DOMINANT: Final = 0.85  # of a unit's answers whose agent is told: that agent's figure, then
_TOLD: Final = 0.5  # of a unit's answers tell their agent: fewer do not make it anybody's
TOGETHER: Final = "…"


def agents_behind(timeline: Timeline, rows: Ints, contacts: Ints | None = None) -> Codes:
    """Who dealt with what each row is about, −1 where nothing tells."""
    codes = timeline.codes("agent")
    if not timeline.labels("agent"):
        return np.full(len(rows), -1, np.int32)
    behind = contacts_of(timeline, rows) if contacts is None else contacts
    own = codes[rows]
    return np.where(own >= 0, own, np.where(behind >= 0, codes[np.maximum(behind, 0)], -1))


def lone(codes: Codes | Ints, agents: Codes, size: int) -> Mask:
    """Of each unit, whether one agent bears its answers.

    >>> lone(np.array([0, 0, 0, 1, 1, 1]), np.array([5, 5, 5, 5, 6, 7]), 2).tolist()
    [True, False]
    """
    held = codes >= 0
    told = held & (agents >= 0)
    if not told.any():
        return np.zeros(size, dtype=bool)
    wide = int(agents.max()) + 1
    both = np.bincount(codes[told].astype(np.int64) * wide + agents[told], minlength=size * wide)
    most = both.reshape(size, wide).max(axis=1)
    sums = np.bincount(codes[told], minlength=size)
    answers = np.bincount(codes[held], minlength=size)
    known = (sums > 0) & (sums >= _TOLD * answers)
    return np.asarray(known & (most >= DOMINANT * sums))


def together(one: Dimension, agents: Codes) -> Dimension:
    """The dimension with its lone units as one, that is no agent's; the same where it has none."""
    size = len(one.labels)
    alone = lone(one.codes, agents, size)
    if not alone.any():
        return one
    answers = np.bincount(one.codes[one.codes >= 0], minlength=size)
    for other in np.argsort(answers, kind="stable").tolist():
        pooled = np.where(one.codes >= 0, np.where(alone[one.codes], 0, -1), -1)
        if alone.all() or not lone(pooled, agents, 1)[0]:
            break
        alone[other] = True
    kept = np.flatnonzero(~alone)
    place = np.full(size + 1, len(kept), np.int32)  # the last one is that of −1
    place[kept] = np.arange(len(kept))
    place[size] = -1
    labels = (*(one.labels[k] for k in kept.tolist()), TOGETHER)
    return replace(one, codes=place[one.codes], labels=labels)
