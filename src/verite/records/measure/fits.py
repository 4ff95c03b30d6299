"""Fits of the running feeling between tables and words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from verite.records.measure import models
from verite.words.feeling import FeelingAsked, FeelingOutcome


class FitState(StrEnum):
    """How far a fit is."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class FitRecord:
    """One fit; `model` is the frozen model as it was written, empty until done."""

    number: int
    asked: FeelingAsked
    by: str
    at: datetime
    state: FitState
    done: int
    total: int
    version: str
    model: str
    error: str
    ended_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A model as it is kept: its version, and its JSON."""

    version: str
    text: str


def fit_of(row: models.FeelingFit) -> FitRecord:
    """A row as the word."""
    return FitRecord(
        number=row.pk,
        asked=FeelingAsked(outcome=FeelingOutcome(row.outcome), days=row.days),
        by=row.by,
        at=row.at,
        state=FitState(row.state),
        done=row.done,
        total=row.total,
        version=row.version,
        model=row.model,
        error=row.error,
        ended_at=row.ended_at,
    )


def fit_in_use(*, using: str) -> FitRecord | None:
    """The last fit that ended well."""
    rows = models.FeelingFit.objects.using(using).filter(state=FitState.DONE)
    row = rows.order_by("-pk").first()
    return None if row is None else fit_of(row)


def version_in_use(*, using: str) -> str:
    """The version of the model in use; empty when there is none."""
    rows = models.FeelingFit.objects.using(using).filter(state=FitState.DONE).order_by("-pk")
    return rows.values_list("version", flat=True).first() or ""


def latest_fit(*, using: str) -> FitRecord | None:
    """The last fit begun, whatever became of it."""
    row = models.FeelingFit.objects.using(using).order_by("-pk").first()
    return None if row is None else fit_of(row)
