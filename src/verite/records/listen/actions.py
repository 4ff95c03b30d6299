"""Register an upload, follow its import, keep a mapping."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from verite.records.audit.actions import note
from verite.records.listen import models
from verite.records.listen.records import Counts, ImportRecord, ImportState, import_of
from verite.records.rights import need
from verite.words.errors import BadInput
from verite.words.member import Member, Right


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How an import ended: counts and decisions, or an error as told to the reader."""

    counts: Counts | None = None
    ledger_version: int | None = None
    decisions: str = ""
    error: str = ""


def register_upload(*, using: str, by: Member, file: str, size: int, at: datetime) -> ImportRecord:
    """A file was received and waits for its preview to be accepted."""
    need(by, Right.IMPORT)
    with transaction.atomic(using=using):
        row = models.Import.objects.using(using).create(
            token=secrets.token_hex(8),
            file=file[-200:],
            size=size,
            by=by.email,
            at=at,
            state=ImportState.UPLOADED,
        )
        note(using=using, by=by, at=at, did="upload", subject=file)
    return import_of(row)


def start_import(*, using: str, by: Member, token: str, at: datetime) -> None:
    """The import runs from now on; only once."""
    need(by, Right.IMPORT)
    with transaction.atomic(using=using):
        rows = models.Import.objects.using(using).filter(token=token, state=ImportState.UPLOADED)
        if not rows.update(state=ImportState.RUNNING):
            raise BadInput("import_not_waiting", fields={"import": token})
        note(using=using, by=by, at=at, did="start_import", subject=token)


def tell_progress(*, using: str, token: str, done: int, total: int) -> None:
    """How many rows were read so far."""
    models.Import.objects.using(using).filter(token=token).update(done=done, total=total)


def end_import(*, using: str, by: Member, token: str, outcome: Outcome, at: datetime) -> None:
    """The import ended, well or not."""
    state = ImportState.FAILED if outcome.error else ImportState.DONE
    counts = outcome.counts
    with transaction.atomic(using=using):
        models.Import.objects.using(using).filter(token=token).update(
            state=state,
            read=counts.read if counts else None,
            kept=counts.kept if counts else None,
            duplicates=counts.duplicates if counts else None,
            quarantined=counts.quarantined if counts else None,
            ledger_version=outcome.ledger_version,
            decisions=outcome.decisions,
            error=outcome.error,
            ended_at=at,
        )
        note(using=using, by=by, at=at, did="end_import", subject=token, after=state.value)


def stop_orphans(*, using: str, error: str) -> int:
    """Imports that a stopped server left running are marked as failed; how many there were."""
    rows = models.Import.objects.using(using).filter(state=ImportState.RUNNING)
    return rows.update(state=ImportState.FAILED, error=error)


def keep_mapping(*, using: str, by: Member, name: str, text: str, at: datetime) -> None:
    """Keep a mapping under a name, for the next files of the same shape."""
    need(by, Right.IMPORT)
    with transaction.atomic(using=using):
        models.Mapping.objects.using(using).update_or_create(
            name=name[:120], defaults={"text": text, "made_by": by.email, "made_at": at}
        )
        note(using=using, by=by, at=at, did="keep_mapping", subject=name, after=text)
