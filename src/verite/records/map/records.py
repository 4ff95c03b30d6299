"""Designed maps and owners between tables and words."""

from __future__ import annotations

from verite.loop.map import read_design
from verite.records.map import models
from verite.words.journey import DesignedMap


def list_designs(*, using: str) -> tuple[DesignedMap, ...]:
    """The newest version of each designed map, the active one first."""
    newest: dict[str, models.Design] = {}
    for row in models.Design.objects.using(using).order_by("key", "version"):
        newest[row.key] = row
    rows = sorted(newest.values(), key=lambda row: (not row.is_active, row.key))
    return tuple(read_design(row.text) for row in rows)


def active_design(*, using: str) -> DesignedMap | None:
    """The designed map that pages lay lived journeys on, if one was chosen."""
    row = models.Design.objects.using(using).filter(is_active=True).first()
    return None if row is None else read_design(row.text)


def owners(*, using: str) -> dict[str, str]:
    """Touchpoint to owner, as set on the pages; a designed map may name others."""
    rows = models.Owner.objects.using(using).values_list("touchpoint", "owner")
    return dict(rows)
