"""Name targets, turn them on and off, give them new secrets, let them go."""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, transaction

from verite.records.audit.actions import note
from verite.records.outgoing import models
from verite.records.outgoing.records import find_target, target_of
from verite.records.rights import need
from verite.words.errors import BadInput
from verite.words.member import Member, Right
from verite.words.webhooks import Sending, Target

SECRET_BYTES = 24  # what the Standard Webhooks specification asks for at least


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A target with its secret, which is shown this once."""

    target: Target
    secret: str = field(repr=False)


def name_target(*, using: str, by: Member, name: str, url: str, at: datetime) -> Named:
    """A new target; the URL was read by the client's own rules before."""
    need(by, Right.MANAGE_SOURCES)
    wanted = name.strip()
    if not wanted or len(wanted) > 80:
        raise BadInput("target_name", fields={"name": wanted[:80]})
    secret = make_secret()
    try:
        with transaction.atomic(using=using):
            row = models.Target.objects.using(using).create(
                name=wanted, url=url, secret=secret, made_by=by.email, made_at=at
            )
            note(using=using, by=by, at=at, did="name_target", subject=wanted, after=url)
    except IntegrityError as error:
        raise BadInput("target_exists", fields={"name": wanted}) from error
    return Named(target=target_of(row), secret=secret)


def change_secret(*, using: str, by: Member, target: int, at: datetime) -> Named:
    """A new secret; the old one signs nothing any more."""
    need(by, Right.MANAGE_SOURCES)
    held, secret = find_target(target, using=using), make_secret()
    with transaction.atomic(using=using):
        models.Target.objects.using(using).filter(pk=target).update(secret=secret)
        note(using=using, by=by, at=at, did="change_secret", subject=held.name)
    return Named(target=held, secret=secret)


def turn_on(*, using: str, by: Member, target: int, at: datetime) -> None:
    """Tell a target again, and try what waits for it at once."""
    need(by, Right.MANAGE_SOURCES)
    held = find_target(target, using=using)
    with transaction.atomic(using=using):
        models.Target.objects.using(using).filter(pk=target).update(
            off_at=None, off_why="", failures=0
        )
        waiting = models.Delivery.objects.using(using).filter(
            target=target, state=Sending.WAITING.value
        )
        waiting.update(next_at=at)
        note(using=using, by=by, at=at, did="turn_on_target", subject=held.name)


def turn_off(*, using: str, by: Member, target: int, at: datetime) -> None:
    """Tell a target nothing more until it is turned on again."""
    need(by, Right.MANAGE_SOURCES)
    held = find_target(target, using=using)
    with transaction.atomic(using=using):
        models.Target.objects.using(using).filter(pk=target).update(off_at=at, off_why="by_hand")
        note(using=using, by=by, at=at, did="turn_off_target", subject=held.name)


def drop_target(*, using: str, by: Member, target: int, at: datetime) -> None:
    """Forget a target, its secret and its deliveries."""
    need(by, Right.MANAGE_SOURCES)
    held = find_target(target, using=using)
    with transaction.atomic(using=using):
        models.Target.objects.using(using).filter(pk=target).delete()
        note(using=using, by=by, at=at, did="drop_target", subject=held.name, before=held.url)


def make_secret() -> str:
    """A signing secret as the Standard Webhooks specification writes it."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()
