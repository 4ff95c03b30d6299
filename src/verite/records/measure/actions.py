"""Set, change and remove targets."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from verite.records.audit.actions import note
from verite.records.measure import models
from verite.records.measure.records import list_targets, row_of
from verite.records.rights import need
from verite.words.errors import BadInput
from verite.words.measured import Target
from verite.words.member import Member, Right


def set_targets(targets: Sequence[Target], *, by: Member, at: datetime, using: str) -> None:
    """Replace all targets by these."""
    need(by, Right.SET_TARGETS)
    _check(targets)
    with transaction.atomic(using=using):
        before = list_targets(using=using)
        models.Target.objects.using(using).all().delete()
        models.Target.objects.using(using).bulk_create([row_of(target) for target in targets])
        note(
            using=using,
            by=by,
            at=at,
            did="set_targets",
            subject="targets",
            before=_told(before),
            after=_told(targets),
        )


def change_target(target: Target, *, by: Member, at: datetime, using: str) -> None:
    """Set one target, new or not."""
    others = [t for t in list_targets(using=using) if _key(t) != _key(target)]
    set_targets([*others, target], by=by, at=at, using=using)


def drop_target(
    *, using: str, by: Member, touchpoint: str | None, metric: str, at: datetime
) -> None:
    """Remove one target."""
    left = [t for t in list_targets(using=using) if _key(t) != (touchpoint or "", metric)]
    set_targets(left, by=by, at=at, using=using)


def _check(targets: Sequence[Target]) -> None:
    seen: set[tuple[str, str]] = set()
    for target in targets:
        if not math.isfinite(target.target):
            raise BadInput("target_not_a_number", fields={"metric": target.metric})
        if _key(target) in seen:
            raise BadInput("target_twice", fields={"metric": target.metric})
        seen.add(_key(target))


def _key(target: Target) -> tuple[str, str]:
    return (target.touchpoint or "", target.metric)


def _told(targets: Sequence[Target]) -> str:
    return "; ".join(f"{t.touchpoint or '*'} {t.metric} {t.target:g}" for t in targets)
