"""Change an open question of a source: which pages may send to it, what its webhooks sign with."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from verite.loop.listen.collect.origins import tidy_origins
from verite.records.audit.actions import note
from verite.records.listen import models
from verite.records.listen.source_actions import Keys, check_secret, new_secret, row_named
from verite.records.listen.sources import source_of
from verite.records.rights import need
from verite.words.errors import BadInput
from verite.words.live import LiveSource
from verite.words.member import Member, Right

HONOURED: Final = timedelta(hours=24)


def set_origins(
    *, using: str, by: Member, name: str, origins: Collection[str], at: datetime
) -> LiveSource:
    """The web pages that browsers let send to a source from now on: exactly these, or none."""
    need(by, Right.MANAGE_SOURCES)
    wanted = tidy_origins(origins)
    with transaction.atomic(using=using):
        row = row_named(name, using=using)
        before = tuple(row.origins)
        if wanted != before:
            row.origins = list(wanted)
            row.save(using=using, update_fields=["origins"])
            note(
                using=using,
                by=by,
                at=at,
                did="set_origins",
                subject=name,
                before=", ".join(before),
                after=", ".join(wanted),
            )
    return source_of(row)


def renew_secret(*, using: str, by: Member, name: str, secret: str = "", at: datetime) -> Keys:
    """Another signing secret, the sender's own or one made here; the old one for 24 h more.

    Only one old secret is honoured: renewing twice ends a secret that became known at once.
    """
    need(by, Right.MANAGE_SOURCES)
    given = secret.strip()
    check_secret(given)
    with transaction.atomic(using=using):
        row = row_named(name, using=using)
        if not row.secret:
            raise BadInput("source_not_signed", fields={"name": name})
        _renew(row, given or new_secret(), at)
        row.save(using=using, update_fields=["secret", "former_secret", "former_until"])
        note(using=using, by=by, at=at, did="renew_secret", subject=name)
    return Keys(source=source_of(row), secret=row.secret)


def _renew(row: models.LiveSource, secret: str, at: datetime) -> None:
    """The same secret given again changes nothing: the sender still signs with one of the two."""
    if row.secret != secret:
        row.former_secret, row.former_until, row.secret = row.secret, at + HONOURED, secret
