"""Make a live source, give it another key, close it."""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, transaction

from verite.loop.listen.collect import hash_key
from verite.loop.listen.collect.origins import tidy_origins
from verite.records.audit.actions import note
from verite.records.listen import models
from verite.records.listen.sources import source_of
from verite.records.rights import need
from verite.words.errors import BadInput
from verite.words.live import LiveSource, Mode, Scope
from verite.words.member import Member, Right

EVENTS = frozenset(
    {Scope.TRACK, Scope.IDENTIFY, Scope.PAGE, Scope.SCREEN, Scope.GROUP, Scope.ALIAS}
)
USUAL_RATE = 5_000
HIGHEST_RATE = 1_000_000
LONGEST_NAME = 80
LONGEST_SECRET = 200
LEAST_SIGNING = 16  # bytes of a secret that says what it is; one that does not needs KEY_BYTES
HINT = 4
KEY_BYTES = 24
SIGNING_PREFIX = "whsec_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a source should be; a webhook's `secret` is made here when its sender has none."""

    name: str
    mode: Mode = Mode.IDENTIFIED
    scopes: frozenset[Scope] = EVENTS
    rate_per_s: int = USUAL_RATE
    secret: str = ""
    origins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """A source with its write key and signing secret in clear: shown once, never again.

    Empty is what did not change.
    """

    source: LiveSource
    key: str = field(default="", repr=False)
    secret: str = field(default="", repr=False)


def make_source(*, using: str, by: Member, wanted: Wanted, at: datetime) -> Keys:
    """A new source; only the hash of its key is kept."""
    need(by, Right.MANAGE_SOURCES)
    name, origins = _checked(wanted), tidy_origins(wanted.origins)
    key, secret = _new_key(), _secret_of(wanted)
    try:
        with transaction.atomic(using=using):
            row = models.LiveSource.objects.using(using).create(
                name=name,
                key_hash=hash_key(key),
                key_hint=key[-HINT:],
                mode=wanted.mode,
                scopes=sorted(wanted.scopes),
                rate_per_s=wanted.rate_per_s,
                secret=secret,
                origins=list(origins),
                numbers_alone=True,
                made_at=at,
            )
            told = f"{wanted.mode}: {', '.join(sorted(wanted.scopes))}"
            note(using=using, by=by, at=at, did="make_source", subject=name, after=told)
    except IntegrityError as error:
        raise BadInput("source_exists", fields={"name": name}) from error
    return Keys(source=source_of(row), key=key, secret=secret)


def renew_key(*, using: str, by: Member, name: str, at: datetime) -> Keys:
    """Another key for a source, which opens it again if it was closed; the old key is dead."""
    need(by, Right.MANAGE_SOURCES)
    key = _new_key()
    with transaction.atomic(using=using):
        row = row_named(name, using=using)
        before = row.key_hint
        row.key_hash, row.key_hint, row.closed_at = hash_key(key), key[-HINT:], None
        row.save(using=using, update_fields=["key_hash", "key_hint", "closed_at"])
        note(
            using=using,
            by=by,
            at=at,
            did="renew_key",
            subject=name,
            before=before,
            after=row.key_hint,
        )
    return Keys(source=source_of(row), key=key)


def close_source(*, using: str, by: Member, name: str, at: datetime) -> None:
    """The key is refused from now on; what was received stays."""
    need(by, Right.MANAGE_SOURCES)
    with transaction.atomic(using=using):
        row = row_named(name, using=using)
        if row.closed_at is not None:
            return
        row.closed_at = at
        row.save(using=using, update_fields=["closed_at"])
        note(using=using, by=by, at=at, did="close_source", subject=name)


def row_named(name: str, *, using: str) -> models.LiveSource:
    """The row of a source; raises `BadInput` when there is none."""
    row = models.LiveSource.objects.using(using).filter(name=name).first()
    if row is None:
        raise BadInput("unknown_source", fields={"name": name})
    return row


def _new_key() -> str:
    return "wk_" + secrets.token_hex(KEY_BYTES)


def _secret_of(wanted: Wanted) -> str:
    if Scope.WEBHOOK not in wanted.scopes:
        return ""
    return wanted.secret.strip() or new_secret()


def new_secret() -> str:
    """A signing secret as Standard Webhooks writes them."""
    return SIGNING_PREFIX + base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def _checked(wanted: Wanted) -> str:
    name = wanted.name.strip()
    if not 0 < len(name) <= LONGEST_NAME or "/" in name or not name.isprintable():
        raise BadInput("bad_source_name", fields={"name": name[:LONGEST_NAME]})
    if not wanted.scopes:
        raise BadInput("bad_source_scopes")
    if not 0 < wanted.rate_per_s <= HIGHEST_RATE:
        raise BadInput("bad_source_rate", fields={"rate": wanted.rate_per_s})
    check_secret(wanted.secret.strip())
    return name


def check_secret(secret: str) -> None:
    """Raises `BadInput` when a sender's secret cannot sign; an empty one is made here."""
    if secret and not _can_sign(secret):
        raise BadInput("bad_source_secret")


def _can_sign(secret: str) -> bool:
    """Whether it is a signing secret as Standard Webhooks writes them: base64, long enough.

    >>> _can_sign("zzz"), _can_sign("whsec_" + "Ab9/" * 8), _can_sign("Ab9/" * 8)
    (False, True, True)
    """
    text = secret.removeprefix(SIGNING_PREFIX)
    try:
        held = base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except ValueError:
        return False
    least = LEAST_SIGNING if secret.startswith(SIGNING_PREFIX) else KEY_BYTES
    return least <= len(held) and len(secret) < LONGEST_SECRET
