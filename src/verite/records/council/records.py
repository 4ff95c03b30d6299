"""Consultations between the table and words."""

from __future__ import annotations

from verite.records.council import models
from verite.words.council import Consultation, Consulted


def list_consultations(*, using: str) -> tuple[Consultation, ...]:
    """Every record, newest first."""
    rows = models.Consultation.objects.using(using).order_by("-pk")
    return tuple(_word(row) for row in rows)


def agents_are_open(*, using: str) -> bool:
    """Whether a record is in force: only then may figures per agent be computed."""
    return models.Consultation.objects.using(using).filter(withdrawn_at=None).exists()


def _word(row: models.Consultation) -> Consultation:
    return Consultation(
        number=row.pk,
        consulted=Consulted(
            consulted_on=row.consulted_on, informed_on=row.informed_on, note=row.note
        ),
        by=row.made_by,
        at=row.made_at,
        withdrawn_by=row.withdrawn_by,
        withdrawn_at=row.withdrawn_at,
    )
