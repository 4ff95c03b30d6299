"""Live sources between tables and words."""

from __future__ import annotations

from verite.records.listen import models
from verite.words.live import Caller, LiveSource, Mode, Scope


def source_of(row: models.LiveSource) -> LiveSource:
    """A source row as the word."""
    return LiveSource(
        name=row.name,
        key_hint=row.key_hint,
        mode=Mode(row.mode),
        scopes=_scopes(row),
        rate_per_s=row.rate_per_s,
        is_signed=bool(row.secret),
        made_at=row.made_at,
        closed_at=row.closed_at,
        origins=tuple(row.origins),
        former_until=row.former_until,
    )


def live_sources(*, using: str) -> tuple[LiveSource, ...]:
    """Every source, the open ones first, by name."""
    rows = [source_of(row) for row in models.LiveSource.objects.using(using).order_by("name")]
    return tuple(sorted(rows, key=lambda source: not source.is_open))


def live_source(name: str, *, using: str) -> LiveSource | None:
    """One source by its name."""
    row = models.LiveSource.objects.using(using).filter(name=name).first()
    return None if row is None else source_of(row)


def callers(*, using: str) -> tuple[Caller, ...]:
    """The open sources as the collector's gate knows them."""
    rows = models.LiveSource.objects.using(using).filter(closed_at=None)
    return tuple(
        Caller(
            name=row.name,
            key_hash=row.key_hash,
            mode=Mode(row.mode),
            scopes=_scopes(row),
            rate_per_s=row.rate_per_s,
            secret=row.secret,
            former_secret=row.former_secret,
            former_until=row.former_until,
            origins=frozenset(row.origins),
            numbers_alone=row.numbers_alone,
        )
        for row in rows
    )


def _scopes(row: models.LiveSource) -> frozenset[Scope]:
    return frozenset(Scope(scope) for scope in row.scopes)
