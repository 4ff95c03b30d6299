"""Start a fit of the running feeling, follow it, freeze what it found."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from verite.records.audit.actions import note
from verite.records.measure import models
from verite.records.measure.fits import FitRecord, FitState, Written, fit_of
from verite.records.rights import need
from verite.words.errors import WrongUse
from verite.words.feeling import FeelingAsked
from verite.words.member import Member, Right

FORGOTTEN_AFTER: Final = timedelta(hours=6)  # a fit that tells nothing any more has stopped


def start_fit(*, using: str, by: Member, asked: FeelingAsked, at: datetime) -> FitRecord:
    """A fit begins; one at a time."""
    need(by, Right.FIT_FEELING)
    with transaction.atomic(using=using):
        fits = models.FeelingFit.objects.using(using)
        running = fits.filter(state=FitState.RUNNING)
        running.filter(at__lt=at - FORGOTTEN_AFTER).update(state=FitState.FAILED, ended_at=at)
        if running.exists():
            raise WrongUse("feeling_being_fitted")
        row = fits.create(
            outcome=asked.outcome, days=asked.days, by=by.email, at=at, state=FitState.RUNNING
        )
        note(using=using, by=by, at=at, did="start_fit", subject=_subject(asked))
    return fit_of(row)


def tell_fit(*, using: str, number: int, done: int, total: int) -> None:
    """How far it is."""
    models.FeelingFit.objects.using(using).filter(pk=number).update(done=done, total=total)


def freeze_fit(*, using: str, by: Member, number: int, model: Written, at: datetime) -> None:
    """The model found is in use from now on; it never changes."""
    with transaction.atomic(using=using):
        row = models.FeelingFit.objects.using(using).get(pk=number)
        row.state, row.ended_at = FitState.DONE, at
        row.version, row.model = model.version, model.text
        row.save(using=using, update_fields=["state", "version", "model", "ended_at"])
        note(using=using, by=by, at=at, did="freeze_fit", subject=_subject(fit_of(row).asked),
             after=model.version)  # fmt: skip


def drop_fit(*, using: str, by: Member, number: int, error: str, at: datetime) -> None:
    """The fit came to nothing; the model in use stays."""
    with transaction.atomic(using=using):
        row = models.FeelingFit.objects.using(using).get(pk=number)
        row.state, row.error, row.ended_at = FitState.FAILED, error, at
        row.save(using=using, update_fields=["state", "error", "ended_at"])
        note(using=using, by=by, at=at, did="drop_fit", subject=_subject(fit_of(row).asked),
             after=error)  # fmt: skip


def stop_orphan_fits(*, using: str, at: datetime) -> int:
    """Fits that a stopped server left running are marked as failed; how many there were."""
    rows = models.FeelingFit.objects.using(using).filter(state=FitState.RUNNING)
    return rows.update(state=FitState.FAILED, error="interrupted", ended_at=at)


def _subject(asked: FeelingAsked) -> str:
    return f"feeling {asked.outcome.value} {asked.days}"
