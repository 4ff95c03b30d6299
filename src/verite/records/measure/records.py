"""Targets between tables and words."""

from __future__ import annotations

from verite.records.measure import models
from verite.words.measured import Target


def target_of(row: models.Target) -> Target:
    """A target row as the word."""
    return Target(
        touchpoint=row.touchpoint or None,
        metric=row.metric,
        target=row.target,
        now=row.now,
        label=row.label or None,
    )


def row_of(target: Target) -> models.Target:
    """A target as an unsaved row."""
    return models.Target(
        touchpoint=target.touchpoint or "",
        metric=target.metric,
        target=target.target,
        now=target.now,
        label=target.label or "",
    )


def list_targets(*, using: str) -> tuple[Target, ...]:
    """Every target, in the order they were first set."""
    return tuple(target_of(row) for row in models.Target.objects.using(using).order_by("pk"))
