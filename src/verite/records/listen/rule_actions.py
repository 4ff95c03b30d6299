"""Say what an event name means, take it back, count the names that nobody explained."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from heapq import nlargest
from typing import Final

from django.db import transaction
from django.db.models import F

from verite.loop.listen.collect.rules import folded
from verite.records.audit.actions import note
from verite.records.listen import models
from verite.records.listen.rules import rule_of
from verite.records.rights import need
from verite.words.errors import BadInput
from verite.words.events import EventRule
from verite.words.interaction import CHANNEL_ALIASES, Kind
from verite.words.member import Member, Right

NAMES_AT_MOST: Final = 2_000  # per source: a careless sender may put an id into every name
LONGEST_EVENT: Final = 200
LONGEST_KEY: Final = 120
LONGEST_CHANNEL: Final = 40


def set_rule(*, using: str, by: Member, rule: EventRule, at: datetime) -> EventRule | None:
    """What an event means from now on; the rule that gives way is answered, for the way back.

    Names that differ by capitals or blanks at their ends are one name.
    """
    need(by, Right.MANAGE_SOURCES)
    wanted = _checked(rule)
    with transaction.atomic(using=using):
        row = _row(wanted, using=using)
        before = None if row is None else rule_of(row)
        row = row or models.EventRule(source=wanted.source)
        row.event, row.touchpoint, row.channel = wanted.event, wanted.touchpoint, wanted.channel
        row.kind, row.ignored = wanted.kind, wanted.ignored
        row.made_by, row.made_at = by.email, at
        row.save(using=using)
        note(
            using=using,
            by=by,
            at=at,
            did="set_event_rule",
            subject=_subject(wanted),
            before="" if before is None else _told(before),
            after=_told(wanted),
        )
    return before


def forget_rule(*, using: str, by: Member, rule: EventRule, at: datetime) -> EventRule:
    """The rule of this source and event holds no more; what it mapped so far stays as it is."""
    need(by, Right.MANAGE_SOURCES)
    with transaction.atomic(using=using):
        row = _row(rule, using=using)
        if row is None:
            raise BadInput("unknown_event_rule", fields={"event": rule.event})
        before = rule_of(row)
        row.delete(using=using)
        note(
            using=using,
            by=by,
            at=at,
            did="forget_event_rule",
            subject=_subject(rule),
            before=_told(before),
        )
    return before


def _row(rule: EventRule, *, using: str) -> models.EventRule | None:
    rows = models.EventRule.objects.using(using).filter(source=rule.source)
    asked = folded(rule.event)
    return next((row for row in rows if folded(row.event) == asked), None)


def count_unknown(*, using: str, counted: Mapping[tuple[str, str], int], at: datetime) -> None:
    """Adds what a drain met: (source, event) → how many. The drainer writes it, nobody else.

    Of very many names, only the most frequent: a drain must not wait for a careless sender.
    """
    counted = dict(nlargest(NAMES_AT_MOST, counted.items(), key=lambda one: one[1]))
    rows = models.UnknownEvent.objects.using(using)
    room: dict[str, int] = {}
    with transaction.atomic(using=using):
        for (source, event), count in sorted(counted.items()):
            place = {"source": source[:80], "event": event[:LONGEST_EVENT]}
            if rows.filter(**place).update(count=F("count") + count, last_at=at):
                continue
            if source not in room:
                room[source] = NAMES_AT_MOST - rows.filter(source=place["source"]).count()
            if room[source] > 0:
                room[source] -= 1
                rows.create(**place, count=count, first_at=at, last_at=at)


def _checked(rule: EventRule) -> EventRule:
    event, channel = rule.event.strip(), rule.channel.strip().lower()
    channel = CHANNEL_ALIASES.get(channel, channel)
    touchpoint = rule.touchpoint.strip()
    for field, value, most in (
        ("event", event, LONGEST_EVENT),
        ("touchpoint", touchpoint, LONGEST_KEY),
        ("channel", channel, LONGEST_CHANNEL),
    ):
        if len(value) > most or not value.isprintable():
            raise BadInput("bad_event_rule", fields={"field": field, "value": value[:40]})
    if not event or not (rule.ignored or touchpoint or channel or rule.kind):
        raise BadInput("empty_event_rule", fields={"event": event[:LONGEST_EVENT]})
    if rule.kind and rule.kind not in tuple(Kind):
        raise BadInput("bad_event_rule", fields={"field": "kind", "value": rule.kind[:40]})
    if rule.ignored:
        return EventRule(source=rule.source, event=event, ignored=True)
    return EventRule(
        source=rule.source, event=event, touchpoint=touchpoint, channel=channel, kind=rule.kind
    )


def _subject(rule: EventRule) -> str:
    return f"{rule.source}: {rule.event}" if rule.source else rule.event


def _told(rule: EventRule) -> str:
    said = [name for name in (rule.touchpoint, rule.channel, rule.kind) if name]
    return "ignored" if rule.ignored else ", ".join(said)
