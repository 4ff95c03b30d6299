"""Write, change and withdraw promises: each time a new version, none is changed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from verite.measure.promises import written
from verite.records.audit.actions import note
from verite.records.promises import models
from verite.records.promises.records import last_versions
from verite.records.rights import need
from verite.words.errors import BadInput, WrongUse
from verite.words.member import Member, Right
from verite.words.promises import Promise


def set_promises(promises: Sequence[Promise], *, by: Member, at: datetime, using: str) -> None:
    """Replace all promises by these; those that did not change keep their version."""
    need(by, Right.SET_PROMISES)
    keys = [one.key for one in promises]
    for key in keys:
        if keys.count(key) > 1:
            raise BadInput("promise_twice", fields={"key": key})
    with transaction.atomic(using=using):
        for key, row in last_versions(using=using).items():
            if key not in keys and not row.is_withdrawn:
                _add(row.key, row.rule, (by, at, using), is_withdrawn=True)
        for one in promises:
            _write(one, (by, at, using))


def write_promise(promise: Promise, *, by: Member, at: datetime, using: str) -> None:
    """Keep one promise, new or changed."""
    need(by, Right.SET_PROMISES)
    with transaction.atomic(using=using):
        _write(promise, (by, at, using))


def withdraw_promise(*, key: str, by: Member, at: datetime, using: str) -> None:
    """Withdraw one promise; its versions stay. Raises `WrongUse` when there is none."""
    need(by, Right.SET_PROMISES)
    with transaction.atomic(using=using):
        row = last_versions(using=using).get(key)
        if row is None or row.is_withdrawn:
            raise WrongUse("unknown_promise", fields={"key": key[:60]})
        _add(key, row.rule, (by, at, using), is_withdrawn=True)


_Hand = tuple[Member, datetime, str]


def _write(promise: Promise, hand: _Hand) -> None:
    rule = json.dumps(written(promise), ensure_ascii=False, sort_keys=True)
    last = last_versions(using=hand[2]).get(promise.key)
    if last is None or last.is_withdrawn or last.rule != rule:
        _add(promise.key, rule, hand, is_withdrawn=False)


def _add(key: str, rule: str, hand: _Hand, *, is_withdrawn: bool) -> None:
    by, at, using = hand
    last = last_versions(using=using).get(key)
    models.PromiseVersion.objects.using(using).create(
        key=key,
        version=1 if last is None else last.version + 1,
        rule=rule,
        is_withdrawn=is_withdrawn,
        by=by.email,
        at=at,
    )
    note(
        using=using,
        by=by,
        at=at,
        did="withdraw_promise" if is_withdrawn else "write_promise",
        subject=key,
        before="" if last is None or last.is_withdrawn else last.rule,
        after="" if is_withdrawn else rule,
    )
