"""Customers who look alike: what waits, and whom somebody told apart already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from verite.records.unify import models
from verite.words.people import Alike

_APART = ("rejected", "undone")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalRecord:
    """A pair that waits, and when it was found."""

    alike: Alike
    at: datetime


def proposals(*, using: str) -> tuple[ProposalRecord, ...]:
    """What waits, the most alike first."""
    rows = models.Proposal.objects.using(using).order_by("-weight", "one", "other")
    return tuple(
        ProposalRecord(
            alike=Alike(
                one=row.one,
                other=row.other,
                weight=row.weight,
                agreed=tuple(row.agreed),
                apart=tuple(row.apart),
            ),
            at=row.at,
        )
        for row in rows
    )


def told_apart(*, using: str) -> frozenset[tuple[int, int]]:
    """Pairs of keys that somebody last said to be two people."""
    last: dict[tuple[int, int], str] = {}
    rows = models.Decision.objects.using(using).order_by("pk")
    for one, other, verdict in rows.values_list("one", "other", "verdict"):
        last[one, other] = verdict
    return frozenset(pair for pair, verdict in last.items() if verdict in _APART)
