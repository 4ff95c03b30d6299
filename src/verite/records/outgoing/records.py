"""Targets and deliveries between tables and words."""

from __future__ import annotations

from verite.records.outgoing import models
from verite.words.errors import BadInput
from verite.words.webhooks import Delivery, Sending, Target


def target_of(row: models.Target) -> Target:
    """A target row as the word; its secret stays in the table."""
    return Target(
        id=row.pk,
        name=row.name,
        url=row.url,
        made_by=row.made_by,
        made_at=row.made_at,
        failures=row.failures,
        off_at=row.off_at,
        off_why=row.off_why,
    )


def delivery_of(row: models.Delivery) -> Delivery:
    """A delivery row, its target fetched, as the word."""
    return Delivery(
        id=row.pk,
        target=row.target.name,
        message=row.message,
        kind=row.kind,
        made_at=row.made_at,
        state=Sending(row.state),
        tries=row.tries,
        next_at=row.next_at,
        last_at=row.last_at,
        status=row.status,
        why=row.why,
    )


def list_targets(*, using: str) -> tuple[Target, ...]:
    """Every target, by name."""
    return tuple(target_of(row) for row in models.Target.objects.using(using).order_by("name"))


def find_target(target: int, *, using: str) -> Target:
    """One target."""
    row = models.Target.objects.using(using).filter(pk=target).first()
    if row is None:
        raise BadInput("unknown_target", fields={"target": target})
    return target_of(row)


def latest_deliveries(*, using: str, limit: int = 50) -> tuple[Delivery, ...]:
    """The last deliveries, newest first."""
    rows = models.Delivery.objects.using(using).select_related("target").order_by("-pk")[:limit]
    return tuple(delivery_of(row) for row in rows)


def has_targets(*, using: str) -> bool:
    """Whether anybody is to be told."""
    return models.Target.objects.using(using).filter(off_at=None).exists()
