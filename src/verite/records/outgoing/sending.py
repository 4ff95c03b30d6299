"""The queue of deliveries: each message once per target, tried until it is received."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import F

from verite.records.audit.actions import note
from verite.records.outgoing import models
from verite.records.outgoing.records import find_target
from verite.records.rights import need
from verite.words.errors import BadInput
from verite.words.member import Member, Right, console
from verite.words.webhooks import Due, Message, Sending, Tried

# Seconds before the next try; after the last one the delivery has failed.
DELAYS_S: Final = (5, 30, 120, 600, 3600, 21_600)
FAILURES_AT_MOST: Final = 5  # failed deliveries in a row before a target is turned off
LEASE: Final = timedelta(minutes=2)  # a try whose process died is made again after this
GONE: Final = 410
HOUSE: Final = console("webhooks")


def queue_messages(*, using: str, messages: Sequence[Message], at: datetime) -> int:
    """One delivery for each target that is on; a message told before is not told again."""
    targets = models.Target.objects.using(using).filter(off_at=None).values_list("pk", flat=True)
    wanted = [_delivery(message, target, at) for target in targets for message in messages]
    with transaction.atomic(using=using):
        before = models.Delivery.objects.using(using).count()
        models.Delivery.objects.using(using).bulk_create(wanted, ignore_conflicts=True)
        return models.Delivery.objects.using(using).count() - before


def queue_test(*, using: str, by: Member, target: int, at: datetime) -> str:
    """A delivery that goes the way of the real ones, signature included; its message's id."""
    need(by, Right.MANAGE_SOURCES)
    held = find_target(target, using=using)
    body = json.dumps({"type": "test", "timestamp": at.isoformat(), "data": {"by": "Verite"}})
    message = Message(id=f"test_{secrets.token_hex(12)}", kind="test", body=body)
    with transaction.atomic(using=using):
        models.Delivery.objects.using(using).bulk_create([_delivery(message, target, at)])
        note(using=using, by=by, at=at, did="test_target", subject=held.name)
    return message.id


def try_again(*, using: str, by: Member, delivery: int, at: datetime) -> None:
    """Puts a failed delivery back in the queue."""
    need(by, Right.MANAGE_SOURCES)
    rows = models.Delivery.objects.using(using).filter(pk=delivery, state=Sending.FAILED.value)
    with transaction.atomic(using=using):
        if not rows.update(state=Sending.WAITING.value, tries=0, next_at=at, why=""):
            raise BadInput("delivery_not_failed", fields={"delivery": delivery})
        note(using=using, by=by, at=at, did="retry_delivery", subject=str(delivery))


def claim_due(*, using: str, at: datetime, limit: int = 20) -> tuple[Due, ...]:
    """The deliveries to try now, held for this process while it tries them."""
    with transaction.atomic(using=using):
        rows = list(
            models.Delivery.objects.using(using)
            .filter(state=Sending.WAITING.value, next_at__lte=at, target__off_at=None)
            .select_related("target")
            .select_for_update(skip_locked=True, of=("self",))
            .order_by("next_at", "pk")[:limit]
        )
        models.Delivery.objects.using(using).filter(pk__in=[row.pk for row in rows]).update(
            next_at=at + LEASE, tries=F("tries") + 1
        )
    return tuple(
        Due(
            id=row.pk,
            tries=row.tries + 1,
            message=row.message,
            body=row.body,
            url=row.target.url,
            secret=row.target.secret,
        )
        for row in rows
    )


def settle(*, using: str, due: Due, tried: Tried, at: datetime) -> Sending:
    """What became of a try: received, to be tried again, or failed for good."""
    received, last = not tried.why, due.tries > len(DELAYS_S)
    state = Sending.SENT if received else Sending.WAITING
    if not received and (tried.permanent or last):
        state = Sending.FAILED
    wait = 0.0 if last else max(DELAYS_S[due.tries - 1], tried.after_s or 0.0)
    with transaction.atomic(using=using):
        models.Delivery.objects.using(using).filter(pk=due.id).update(
            state=state.value,
            last_at=at,
            status=tried.status,
            why=tried.why,
            next_at=at + timedelta(seconds=wait) if state is Sending.WAITING else None,
        )
        _count(using, due, tried, state, at)
    return state


def _count(using: str, due: Due, tried: Tried, state: Sending, at: datetime) -> None:
    """Failures in a row of the target; too many, or 410 Gone, turn it off."""
    row = models.Delivery.objects.using(using).select_related("target").filter(pk=due.id).first()
    if row is None or state is Sending.WAITING:
        return
    target = row.target
    target.failures = 0 if state is Sending.SENT else target.failures + 1
    gone = tried.status == GONE
    if state is Sending.FAILED and (gone or target.failures >= FAILURES_AT_MOST):
        target.off_at, target.off_why = at, "gone" if gone else tried.why
        note(using=using, by=HOUSE, at=at, did="turn_off_target", subject=target.name,
             after=target.off_why)  # fmt: skip
    target.save(using=using, update_fields=["failures", "off_at", "off_why"])


def forget_deliveries(*, using: str, before: datetime) -> int:
    """Drops deliveries settled before a time; answers how many."""
    rows = models.Delivery.objects.using(using).filter(made_at__lt=before, next_at=None)
    return rows.delete()[0]


def forget_person(*, using: str, person: str) -> int:
    """Drops every delivery about a person (the id that people see); answers how many."""
    return models.Delivery.objects.using(using).filter(person=person).delete()[0]


def _delivery(message: Message, target: int, at: datetime) -> models.Delivery:
    return models.Delivery(
        target_id=target,
        message=message.id,
        kind=message.kind,
        person=message.person,
        body=message.body,
        made_at=at,
        state=Sending.WAITING.value,
        next_at=at,
    )
