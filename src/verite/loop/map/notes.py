"""Notes of a map: what was left out of the journeys, and how drop-off is meant.

A note is a code and its fields, as an error is; sentences stand in the same catalogue.
"""

from __future__ import annotations

from dataclasses import replace

from verite.loop.map.passages import Passages
from verite.loop.map.stopping import WINDOW_DAYS
from verite.words.asked import About

NAMED_AT_MOST = 10


def with_notes(about: About, passages: Passages, *more: str) -> About:
    """What the answer says about itself, with what these passages leave out."""
    told = (*_left_out(passages), *more)
    return replace(about, notes=tuple(dict.fromkeys((*about.notes, *told))))


def note_drop_off() -> str:
    """How long a silence makes a stop.

    >>> note_drop_off()
    'note_drop_off: days=30'
    """
    return f"note_drop_off: days={WINDOW_DAYS}"


def note_unplaced(orphans: tuple[str, ...]) -> tuple[str, ...]:
    """Touchpoints lived but on no map; nothing when all are placed.

    >>> note_unplaced(("kiosk", "sms"))
    ('note_unplaced: n=2, touchpoints=kiosk · sms',)
    """
    if not orphans:
        return ()
    named = " · ".join(orphans[:NAMED_AT_MOST]).replace(", ", " ")
    return (f"note_unplaced: n={len(orphans)}, touchpoints={named}",)


def _left_out(passages: Passages) -> tuple[str, ...]:
    counts = (
        ("note_without_touchpoint", passages.without_touchpoint),
        ("note_without_case", passages.without_case),
    )
    cut = ("note_journeys_cut",) if passages.walk.where.since is not None else ()
    return (*(f"{code}: n={n}" for code, n in counts if n), *cut)
