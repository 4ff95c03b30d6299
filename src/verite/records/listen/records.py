"""Imports and mappings between tables and words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from verite.records.listen import models


class ImportState(StrEnum):
    """How far an import is."""

    UPLOADED = "uploaded"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What an import read, and what became of it."""

    read: int
    kept: int
    duplicates: int
    quarantined: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRecord:
    """One import made on the pages."""

    token: str
    file: str
    size: int
    by: str
    at: datetime
    state: ImportState
    done: int
    total: int
    counts: Counts | None
    decisions: str
    error: str


def import_of(row: models.Import) -> ImportRecord:
    """An import row as the word."""
    counts = None
    if row.read is not None:
        counts = Counts(
            read=row.read,
            kept=row.kept or 0,
            duplicates=row.duplicates or 0,
            quarantined=row.quarantined or 0,
        )
    return ImportRecord(
        token=row.token,
        file=row.file,
        size=row.size,
        by=row.by,
        at=row.at,
        state=ImportState(row.state),
        done=row.done,
        total=row.total,
        counts=counts,
        decisions=row.decisions,
        error=row.error,
    )


def latest_imports(*, using: str, limit: int = 20) -> tuple[ImportRecord, ...]:
    """The last imports, newest first."""
    rows = models.Import.objects.using(using).order_by("-pk")[:limit]
    return tuple(import_of(row) for row in rows)


def import_with(token: str, *, using: str) -> ImportRecord | None:
    """One import by its token."""
    row = models.Import.objects.using(using).filter(token=token).first()
    return None if row is None else import_of(row)


def mapping_names(*, using: str) -> tuple[str, ...]:
    """The names of the mappings kept, in order."""
    return tuple(
        models.Mapping.objects.using(using).order_by("name").values_list("name", flat=True)
    )


def mapping_text(name: str, *, using: str) -> str | None:
    """The TOML text of a kept mapping."""
    rows = models.Mapping.objects.using(using).filter(name=name)
    return rows.values_list("text", flat=True).first()
