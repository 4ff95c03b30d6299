"""Promises between the table and words."""

from __future__ import annotations

import json

from verite.measure.promises import promise_of
from verite.records.promises import models
from verite.words.errors import WrongUse
from verite.words.promises import PromiseRecord


def list_promises(*, using: str) -> tuple[PromiseRecord, ...]:
    """The promises in force, in the order they were first written."""
    last = last_versions(using=using)
    return tuple(_word(row) for row in last.values() if not row.is_withdrawn)


def find_promise(key: str, *, using: str) -> PromiseRecord:
    """The promise of this key in force; raises `WrongUse` when there is none."""
    for one in list_promises(using=using):
        if one.promise.key == key:
            return one
    raise WrongUse("unknown_promise", fields={"key": key[:60]})


def history_of(key: str, *, using: str) -> tuple[PromiseRecord, ...]:
    """Every version of a promise, newest first; those that withdraw it are left out."""
    rows = models.PromiseVersion.objects.using(using).filter(key=key, is_withdrawn=False)
    return tuple(_word(row) for row in rows.order_by("-version"))


def last_versions(*, using: str) -> dict[str, models.PromiseVersion]:
    """The last version of each promise, in the order they were first written."""
    last: dict[str, models.PromiseVersion] = {}
    for row in models.PromiseVersion.objects.using(using).order_by("pk"):
        last[row.key] = row
    return last


def _word(row: models.PromiseVersion) -> PromiseRecord:
    promise = promise_of(json.loads(row.rule))
    return PromiseRecord(promise=promise, version=row.version, by=row.by, at=row.at)
