"""Declarations of moments between tables and words."""

from __future__ import annotations

from verite.records.moments import models
from verite.words.declared import Declaration, Stake, Stand
from verite.words.moments import Decision


def declaration_of(row: models.Declaration) -> Declaration:
    """A row as the word."""
    stake = None
    if row.ledger_version is not None:
        stake = Stake(
            value=row.value, low=row.low, high=row.high, n=row.n, ledger_version=row.ledger_version
        )
    return Declaration(
        touchpoint=row.touchpoint,
        outcome=row.outcome,
        version=row.version,
        stand=Stand(row.stand),
        reason=row.reason,
        by=row.by,
        at=row.at,
        stake=stake,
        undoes=row.undoes,
    )


def history_of(touchpoint: str, outcome: str, *, using: str) -> tuple[Declaration, ...]:
    """Everything said of a moment, newest first."""
    rows = models.Declaration.objects.using(using).filter(outcome=outcome, touchpoint=touchpoint)
    return tuple(declaration_of(row) for row in rows.order_by("-version"))


def stands(outcome: str, *, using: str) -> dict[str, Declaration]:
    """The last version of what was said of each moment of an outcome, by touchpoint."""
    rows = models.Declaration.objects.using(using).filter(outcome=outcome).order_by("version")
    return {row.touchpoint: declaration_of(row) for row in rows}


def decisions(outcome: str, *, using: str) -> dict[str, Decision]:
    """What stands decided of each touchpoint for an outcome; nothing for one left open."""
    return {
        key: Decision(declared=one.stand is Stand.DECLARED, reason=one.reason, by=one.by, at=one.at)
        for key, one in stands(outcome, using=using).items()
        if one.stand is not Stand.OPEN
    }
