"""Decisions about who is who, between tables and words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from verite.records.unify import models


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRecord:
    """Who decided what on a link, and when."""

    one: int
    other: int
    verdict: str
    by: str
    at: datetime


def latest_decisions(*, using: str, limit: int = 50) -> tuple[DecisionRecord, ...]:
    """The last decisions, newest first."""
    rows = models.Decision.objects.using(using).order_by("-pk")[:limit]
    return tuple(_decision_of(row) for row in rows)


def who_decided(
    pairs: Sequence[tuple[int, int]], *, using: str
) -> dict[tuple[int, int], DecisionRecord]:
    """The last decision on each link that has one."""
    ones = {one for one, _ in pairs}
    rows = models.Decision.objects.using(using).filter(one__in=ones).order_by("pk")
    found = {(row.one, row.other): _decision_of(row) for row in rows}
    return {pair: found[pair] for pair in pairs if pair in found}


def _decision_of(row: models.Decision) -> DecisionRecord:
    return DecisionRecord(one=row.one, other=row.other, verdict=row.verdict, by=row.by, at=row.at)
