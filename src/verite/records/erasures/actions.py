"""Take a person out of the records; write down that an erasure was done."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import DatabaseError, connections, transaction
from django.db import models as fields

from verite.records.audit.actions import note
from verite.records.erasures import models
from verite.records.erasures.records import STAFF, Place, places_of
from verite.records.rights import need
from verite.text.traces import Traces
from verite.words.customer import show_person
from verite.words.member import Member, Right
from verite.words.rights import Receipt

ERASED = "erased"
# Columns that hold whom a row is about: the row goes, the person is all it tells.
ABOUT = frozenset({"person", "person_key", "identity", "identity_key", "customer", "one", "other"})


def erase_records(
    traces: Traces, *, keys: tuple[int, ...], by: Member, at: datetime, using: str
) -> int:
    """Rows about the person go, and their name goes from what else was written; how many rows."""
    need(by, Right.ERASE_PEOPLE)
    with transaction.atomic(using=using):
        gone = _delete_rows_about(traces, keys, using)
        gone += len({(place.model, place.row) for place in _blanked(traces, using)})
        gone += _close_sessions(traces, using)
        note(using=using, by=by, at=at, did="erase_records", subject="", after=str(gone))
    _scrub(using)
    return gone


def draft_receipt(
    number: str, receipt: str, *, replaces: Sequence[str], by: Member, using: str
) -> None:
    """The erasure begins: should the machine die, its receipt can still be made."""
    need(by, Right.ERASE_PEOPLE)
    with transaction.atomic(using=using):
        models.Draft.objects.using(using).filter(number__in=list(replaces)).delete()
        models.Draft.objects.using(using).create(number=number, receipt=receipt)


def note_erasure(receipt: Receipt, *, by: Member, using: str) -> None:
    """The erasure was done: counts, and the number of its receipt, which is not kept."""
    need(by, Right.ERASE_PEOPLE)
    with transaction.atomic(using=using):
        models.Draft.objects.using(using).filter(number=receipt.number).delete()
        models.Erasure.objects.using(using).create(
            number=receipt.number,
            at=receipt.at,
            by=by.email,
            records=receipt.counted.records,
            ledger_rows=receipt.counted.ledger_rows,
            files_vacuumed=receipt.counted.files_vacuumed,
            ledger_version=receipt.ledger_version,
        )
        note(using=using, by=by, at=receipt.at, did="erase_person", subject=receipt.number)


def _delete_rows_about(traces: Traces, keys: tuple[int, ...], using: str) -> int:
    shown = [show_person(key) for key in keys]
    gone = 0
    for model in apps.get_models():
        if model._meta.app_label in STAFF:
            continue
        for field in model._meta.concrete_fields:
            if field.name not in ABOUT:
                continue
            is_number = isinstance(field, fields.IntegerField)
            wanted = list(keys) if is_number else [*traces.identities, *shown]
            rows = model._default_manager.using(using).filter(**{f"{field.name}__in": wanted})
            gone += rows.count()
            rows.delete()
    return gone


def _blanked(traces: Traces, using: str) -> list[Place]:
    """Cells that named the person: another word in place of the name, never the same twice."""
    places = list(places_of(traces, using=using))
    for place in places:
        rows = place.model._default_manager.using(using).filter(pk=place.row)
        told = traces.without(place.text, f"{ERASED}-{secrets.token_hex(4)}")
        is_json = isinstance(place.model._meta.get_field(place.field), fields.JSONField)
        rows.update(**{place.field: json.loads(told) if is_json else told})
    return places


def _close_sessions(traces: Traces, using: str) -> int:
    """Sessions of the pages that remember the person, a search for instance, end."""
    gone = 0
    for session in Session.objects.using(using).all():
        if traces.are_in(json.dumps(session.get_decoded(), default=str, ensure_ascii=False)):
            session.delete(using=using)
            gone += 1
    return gone


def _scrub(using: str) -> None:
    """Nothing that was deleted is left in the database's files."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            cursor.execute("VACUUM")
            return
        cursor.execute("PRAGMA temp_store=memory")
        with suppress(DatabaseError):  # somebody reads: freed cells are overwritten all the same
            cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
