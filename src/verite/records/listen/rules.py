"""Rules of event names and the names nobody explained, between tables and words."""

from __future__ import annotations

from verite.loop.listen.collect.rules import folded
from verite.records.listen import models
from verite.words.events import EventRule, UnknownEvent

SHOWN = 200


def rule_of(row: models.EventRule) -> EventRule:
    """A rule's row as the word."""
    return EventRule(
        source=row.source,
        event=row.event,
        touchpoint=row.touchpoint,
        channel=row.channel,
        kind=row.kind,
        ignored=row.ignored,
    )


def event_rules(*, using: str) -> tuple[EventRule, ...]:
    """Every rule, by event then source; those for all sources come first."""
    rows = models.EventRule.objects.using(using).order_by("event", "source")
    return tuple(rule_of(row) for row in rows)


def unknown_events(*, using: str) -> tuple[UnknownEvent, ...]:
    """The names that no rule knows by now, the most frequent first.

    A name stays counted while a rule explains it, so that undoing the rule brings it back.
    """
    known = {(rule.source, folded(rule.event)) for rule in event_rules(using=using)}
    rows = models.UnknownEvent.objects.using(using).order_by("-count", "event", "source")
    return tuple(
        UnknownEvent(
            source=row.source,
            event=row.event,
            count=row.count,
            first_at=row.first_at,
            last_at=row.last_at,
        )
        for row in rows
        if known.isdisjoint({("", folded(row.event)), (row.source, folded(row.event))})
    )[:SHOWN]
