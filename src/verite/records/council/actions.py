"""Record that the works council was consulted and staff informed; withdraw it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from verite.records.audit.actions import note
from verite.records.council import models
from verite.records.rights import need
from verite.words.council import Consulted
from verite.words.errors import BadInput, WrongUse
from verite.words.member import Member, Right


def record_consultation(*, using: str, by: Member, consulted: Consulted, at: datetime) -> int:
    """Opens figures per agent; the number of the record. One is in force at a time."""
    need(by, Right.RECORD_COUNCIL)
    for day in (consulted.consulted_on, consulted.informed_on):
        if day > at.date():
            raise BadInput("council_day_to_come", fields={"day": day})
    with transaction.atomic(using=using):
        rows = models.Consultation.objects.using(using)
        if rows.filter(withdrawn_at=None).exists():
            raise WrongUse("council_recorded_already")
        row = rows.create(
            consulted_on=consulted.consulted_on,
            informed_on=consulted.informed_on,
            note=consulted.note,
            made_by=by.email,
            made_at=at,
        )
        note(
            using=using, by=by, at=at, did="record_council", subject=str(row.pk),
            after=f"{consulted.consulted_on} {consulted.informed_on} {consulted.note}".strip(),
        )  # fmt: skip
    return int(row.pk)


def withdraw_consultation(*, using: str, by: Member, at: datetime) -> int:
    """Closes figures per agent from now on; the record stays, with who closed it."""
    need(by, Right.RECORD_COUNCIL)
    with transaction.atomic(using=using):
        row = models.Consultation.objects.using(using).filter(withdrawn_at=None).first()
        if row is None:
            raise WrongUse("council_not_recorded")
        row.withdrawn_by, row.withdrawn_at = by.email, at
        row.save(using=using, update_fields=["withdrawn_by", "withdrawn_at"])
        note(using=using, by=by, at=at, did="withdraw_council", subject=str(row.pk))
    return int(row.pk)
