"""Links accepted together, and what was decided on each before: one undo takes all of it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from verite.ledger.links import ACCEPTED, JOINED_BY_HAND, PARTED, Links, Pair
from verite.ledger.store import Value

if TYPE_CHECKING:
    from verite.ledger.content import Int64s

_TOGETHER: Final = (
    "SELECT one, other, before FROM joint JOIN decisions USING (one, other)"
    " WHERE verdict = 'accepted' AND decision ="
    " (SELECT decision FROM joint WHERE one = ? AND other = ?)"
)
_OF_OLD: Final = (
    "SELECT one, other FROM decisions WHERE verdict = 'accepted' AND at ="
    " (SELECT at FROM decisions WHERE one = ? AND other = ?)"
    " AND NOT EXISTS (SELECT 1 FROM joint WHERE joint.one = decisions.one"
    " AND joint.other = decisions.other)"
)


def taken_back(links: Links, pair: Pair) -> dict[Pair, str]:
    """Every link accepted together with one, and the verdict that each goes back to.

    Empty when nobody accepted the link: a source told it.
    """
    with links.store.turn:
        links.follow()
        if links.decisions.get(pair) != ACCEPTED:
            return {}
        found = links.store.rows(_TOGETHER, pair)
        return {_pair(row): str(row[2]) for row in found} or _of_old(links, pair)


def _of_old(links: Links, pair: Pair) -> dict[Pair, str]:
    """Those accepted before decisions were kept whole: by their time, where they hold together."""
    person = links.people_of(_ends(pair))[0]
    pairs = [_pair(row) for row in links.store.rows(_OF_OLD, pair)]
    mine = [one for one in pairs if links.people_of(_ends(one))[0] == person]
    return {one: PARTED if _was_made(links, one) else "" for one in mine}


def _was_made(links: Links, pair: Pair) -> bool:
    """Whether the decision itself told the link."""
    graph = links.graph
    one, other = graph.numbers_of(_ends(pair)).tolist()
    either = ((graph.one == one) & (graph.other == other)) | (
        (graph.one == other) & (graph.other == one)
    )
    return any(links.lines[line][0] == JOINED_BY_HAND for line in graph.line[either].tolist())


def _ends(pair: Pair) -> Int64s:
    return np.array(pair, dtype=np.int64)


def _pair(row: tuple[Value, ...]) -> Pair:
    return int(row[0] or 0), int(row[1] or 0)
