"""Erasures done, and what records say of one person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.db import models as fields

from verite.records.erasures import models
from verite.text.traces import Traces
from verite.words.rights import Counted, HeldRecord

# Whoever works in the house is named by what they did there; that is not the customer's.
STAFF = frozenset({"accounts", "sessions"})
BY_STAFF = frozenset({"by", "made_by", "withdrawn_by"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureRecord:
    """One erasure done: the number of its receipt, when, by whom, how much."""

    number: str
    at: datetime
    by: str
    counted: Counted
    ledger_version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A cell of a table of records that names a person."""

    model: type[fields.Model]
    row: int
    field: str
    text: str


def list_erasures(*, using: str, limit: int = 100) -> tuple[ErasureRecord, ...]:
    """The last erasures, newest first."""
    rows = models.Erasure.objects.using(using).order_by("-pk")[:limit]
    return tuple(
        ErasureRecord(
            number=row.number,
            at=row.at,
            by=row.by,
            counted=Counted(
                records=row.records,
                ledger_rows=row.ledger_rows,
                files_vacuumed=row.files_vacuumed,
            ),
            ledger_version=row.ledger_version,
        )
        for row in rows
    )


def list_drafts(*, using: str) -> tuple[str, ...]:
    """Receipts of erasures that began and were not told to be done."""
    return tuple(models.Draft.objects.using(using).values_list("receipt", flat=True))


def records_of(traces: Traces, *, using: str) -> tuple[HeldRecord, ...]:
    """What people wrote here that names the person."""
    return tuple(
        HeldRecord(table=place.model.__name__, field=place.field, text=place.text)
        for place in places_of(traces, using=using)
    )


def places_of(traces: Traces, *, using: str) -> Iterator[Place]:
    """Every cell of text, in any table but those of the staff, that names the person."""
    for model in apps.get_models():
        if model._meta.app_label in STAFF:
            continue
        for field in model._meta.concrete_fields:
            if _is_text(field) and field.name not in BY_STAFF:
                yield from _places_in(model, field.name, traces, using)


def _places_in(
    model: type[fields.Model], field: str, traces: Traces, using: str
) -> Iterator[Place]:
    rows = model._default_manager.using(using).values_list("pk", field)
    for row, cell in list(rows):
        text = cell if isinstance(cell, str) else "" if cell is None else _flat(cell)
        if traces.are_in(text):
            yield Place(model=model, row=row, field=field, text=text)


def _is_text(field: fields.Field[object, object]) -> bool:
    return isinstance(field, fields.CharField | fields.TextField | fields.JSONField)


def _flat(cell: object) -> str:
    import json

    return json.dumps(cell, ensure_ascii=False)
