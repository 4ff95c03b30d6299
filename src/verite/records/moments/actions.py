"""Declare or refuse a moment, and take that back: each time a new version, none is changed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from verite.records.audit.actions import note
from verite.records.moments import models
from verite.records.moments.records import history_of
from verite.records.rights import need
from verite.words.declared import Declaration, Saying, Stand
from verite.words.errors import WrongUse
from verite.words.member import Member, Right


def say_of_moment(saying: Saying, *, by: Member, at: datetime, using: str) -> int:
    """Keep what a person says of a moment as its next version, whose number is returned."""
    need(by, Right.DECLARE_MOMENTS)
    with transaction.atomic(using=using):
        last = _last(saying.touchpoint, saying.outcome, using)
        version = 1 if last is None else last.version + 1
        stake = saying.stake
        models.Declaration.objects.using(using).create(
            outcome=saying.outcome,
            touchpoint=saying.touchpoint,
            version=version,
            stand=saying.stand.value,
            reason=saying.reason.strip(),
            value=stake.value if stake else None,
            low=stake.low if stake else None,
            high=stake.high if stake else None,
            n=stake.n if stake else None,
            ledger_version=stake.ledger_version if stake else None,
            by=by.email,
            at=at,
        )
        note(
            using=using,
            by=by,
            at=at,
            did="say_of_moment",
            subject=_subject(saying.touchpoint, saying.outcome),
            before=_told(last),
            after=f"{saying.stand.value}: {saying.reason.strip()}",
        )
    return version


def take_back(*, touchpoint: str, outcome: str, by: Member, at: datetime, using: str) -> int:
    """Undo the last version: a new one says again what stood before it. Its number is returned.

    Raises `WrongUse` when nothing was said.
    """
    need(by, Right.DECLARE_MOMENTS)
    with transaction.atomic(using=using):
        said = history_of(touchpoint, outcome, using=using)
        if not said:
            raise WrongUse("nothing_declared", fields={"touchpoint": touchpoint})
        last, before = said[0], said[1] if len(said) > 1 else None
        stake = before.stake if before else None
        models.Declaration.objects.using(using).create(
            outcome=outcome,
            touchpoint=touchpoint,
            version=last.version + 1,
            stand=(before.stand if before else Stand.OPEN).value,
            reason=before.reason if before else "",
            undoes=last.version,
            value=stake.value if stake else None,
            low=stake.low if stake else None,
            high=stake.high if stake else None,
            n=stake.n if stake else None,
            ledger_version=stake.ledger_version if stake else None,
            by=by.email,
            at=at,
        )
        note(
            using=using,
            by=by,
            at=at,
            did="take_back_moment",
            subject=_subject(touchpoint, outcome),
            before=_told(last),
            after=_told(before),
        )
    return last.version + 1


def _last(touchpoint: str, outcome: str, using: str) -> Declaration | None:
    return next(iter(history_of(touchpoint, outcome, using=using)), None)


def _subject(touchpoint: str, outcome: str) -> str:
    return f"{touchpoint} · {outcome}"


def _told(said: Declaration | None) -> str:
    return "" if said is None else f"{said.stand.value}: {said.reason}"
