"""Agents in a breakdown: none is named under thirty answers or contacts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from verite.words.council import NAMED_FROM

if TYPE_CHECKING:
    from verite.ledger.port import Group
    from verite.measure.series import Series

AGENT = "agent"


def named(one: Series, by: Sequence[str]) -> list[Group]:
    """The groups of a series that may be shown: all, or of agents those of thirty and more.

    When a single one is left out it could be had by subtraction: the smallest kept goes with it.
    """
    if AGENT not in by:
        return list(one.groups)
    kept = [group for group in one.groups if one.groups[group].n >= NAMED_FROM]
    if len(one.groups) - len(kept) == 1 and kept:
        kept.remove(min(kept, key=lambda group: (one.groups[group].n, group)))
    return kept


def unnamed(groups: Sequence[Series], by: Sequence[str]) -> tuple[str, ...]:
    """The note that says how many agents are left out, when some are."""
    if AGENT not in by:
        return ()
    place = list(by).index(AGENT)
    met = {group[place] for one in groups for group in one.groups}
    shown = {group[place] for one in groups for group in named(one, by)}
    if not met - shown:
        return ()
    return (f"note_agents_unnamed: agents={len(met - shown)}, least={NAMED_FROM}",)
