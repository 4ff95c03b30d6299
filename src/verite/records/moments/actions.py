"""Declare or refuse a moment, and take that back: each time a new version, none is changed."""

from __future__ import annotations

from dataclasses import replace
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
        said = Declaration(
            touchpoint=saying.touchpoint,
            outcome=saying.outcome,
            version=1 if last is None else last.version + 1,
            stand=saying.stand,
            reason=saying.reason.strip(),
            by=by.email,
            at=at,
            stake=saying.stake,
        )
        _keep(said, using)
        changed = {"before": _told(last), "after": _told(said)}
        note(using=using, by=by, at=at, did="say_of_moment", subject=_subject(said), **changed)
    return said.version


def take_back(*, touchpoint: str, outcome: str, by: Member, at: datetime, using: str) -> int:
    """Undo the last version: a new one says again what stood before it. Its number is returned.

    Raises `WrongUse` when nothing was said.
    """
    need(by, Right.DECLARE_MOMENTS)
    with transaction.atomic(using=using):
        history = history_of(touchpoint, outcome, using=using)
        if not history:
            raise WrongUse("nothing_declared", fields={"touchpoint": touchpoint})
        last, before = history[0], history[1] if len(history) > 1 else None
        said = replace(
            before or replace(last, stand=Stand.OPEN, reason="", stake=None),
            version=last.version + 1,
            undoes=last.version,
            by=by.email,
            at=at,
        )
        _keep(said, using)
        changed = {"before": _told(last), "after": _told(before)}
        note(using=using, by=by, at=at, did="take_back_moment", subject=_subject(said), **changed)
    return said.version


def _keep(said: Declaration, using: str) -> None:
    stake = said.stake
    models.Declaration.objects.using(using).create(
        outcome=said.outcome,
        touchpoint=said.touchpoint,
        version=said.version,
        stand=said.stand.value,
        reason=said.reason,
        undoes=said.undoes,
        value=stake.value if stake else None,
        low=stake.low if stake else None,
        high=stake.high if stake else None,
        n=stake.n if stake else None,
        ledger_version=stake.ledger_version if stake else None,
        by=said.by,
        at=said.at,
    )


def _last(touchpoint: str, outcome: str, using: str) -> Declaration | None:
    return next(iter(history_of(touchpoint, outcome, using=using)), None)


def _subject(said: Declaration) -> str:
    return f"{said.touchpoint} · {said.outcome}"


def _told(said: Declaration | None) -> str:
    return "" if said is None else f"{said.stand.value}: {said.reason}"
