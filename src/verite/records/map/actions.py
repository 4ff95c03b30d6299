"""Keep a version of a designed map, choose the active one, name the owner of a touchpoint."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from verite.loop.map import write_design
from verite.records.audit.actions import note
from verite.records.map import models
from verite.records.rights import need
from verite.words.errors import BadInput
from verite.words.journey import DesignedMap
from verite.words.member import Member, Right


def keep_design(design: DesignedMap, *, by: Member, at: datetime, using: str) -> int:
    """Store a design as its next version, whose number is returned; the first one is active."""
    need(by, Right.DRAW_MAPS)
    with transaction.atomic(using=using):
        rows = models.Design.objects.using(using).filter(key=design.key)
        last = rows.order_by("-version").first()
        version = 1 if last is None else last.version + 1
        models.Design.objects.using(using).create(
            key=design.key,
            version=version,
            text=write_design(replace(design, version=version)),
            made_at=at,
            made_by=by.email,
        )
        note(using=using, by=by, at=at, did="keep_design", subject=design.key, after=str(version))
        active = models.Design.objects.using(using).filter(is_active=True).first()
        if active is None or active.key == design.key:
            activate_design(design.key, by=by, at=at, using=using)
    return version


def activate_design(key: str, *, by: Member, at: datetime, using: str) -> None:
    """Lay lived journeys on the newest version of this design from now on."""
    need(by, Right.DRAW_MAPS)
    with transaction.atomic(using=using):
        designs = models.Design.objects.using(using)
        newest = designs.filter(key=key).order_by("-version").first()
        if newest is None:
            raise BadInput("design_not_kept", fields={"design": key})
        before = designs.filter(is_active=True).first()
        designs.filter(is_active=True).update(is_active=False)
        designs.filter(pk=newest.pk).update(is_active=True)
        note(
            using=using,
            by=by,
            at=at,
            did="activate_design",
            subject=key,
            before=before.key if before else "",
            after=key,
        )


def name_owner(*, using: str, by: Member, touchpoint: str, owner: str, at: datetime) -> None:
    """Say who answers for a touchpoint; an empty name removes the owner."""
    need(by, Right.DRAW_MAPS)
    with transaction.atomic(using=using):
        rows = models.Owner.objects.using(using).filter(touchpoint=touchpoint)
        before = rows.values_list("owner", flat=True).first() or ""
        rows.delete()
        if owner.strip():
            models.Owner.objects.using(using).create(touchpoint=touchpoint, owner=owner.strip())
        note(
            using=using,
            by=by,
            at=at,
            did="name_owner",
            subject=touchpoint,
            before=before,
            after=owner.strip(),
        )
