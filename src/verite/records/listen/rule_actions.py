"""Say what an event name means, take it back, count the names that nobody explained."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import F

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


def set_rule(*, using: str, by: Member, rule: EventRule, at: datetime) -> None:
    """What an event means from now on; a rule for the same source and event gives way."""
    need(by, Right.MANAGE_SOURCES)
    wanted = _checked(rule)
    rows = models.EventRule.objects.using(using)
    with transaction.atomic(using=using):
        before = rows.filter(source=wanted.source, event=wanted.event).first()
        said = "" if before is None else _told(rule_of(before))
        rows.update_or_create(
            source=wanted.source,
            event=wanted.event,
            defaults={
                "touchpoint": wanted.touchpoint,
                "channel": wanted.channel,
                "kind": wanted.kind,
                "ignored": wanted.ignored,
                "made_by": by.email,
                "made_at": at,
            },
        )
        note(using=using, by=by, at=at, did="set_event_rule", subject=_subject(wanted),
             before=said, after=_told(wanted))  # fmt: skip


def forget_rule(*, using: str, by: Member, rule: EventRule, at: datetime) -> None:
    """The rule of this source and event holds no more; what it mapped so far stays as it is."""
    need(by, Right.MANAGE_SOURCES)
    rows = models.EventRule.objects.using(using)
    with transaction.atomic(using=using):
        row = rows.filter(source=rule.source, event=rule.event).first()
        if row is None:
            raise BadInput("unknown_event_rule", fields={"event": rule.event})
        said = _told(rule_of(row))
        row.delete(using=using)
        note(using=using, by=by, at=at, did="forget_event_rule", subject=_subject(rule),
             before=said)  # fmt: skip


def count_unknown(*, using: str, counted: Mapping[tuple[str, str], int], at: datetime) -> None:
    """Adds what a drain met: (source, event) → how many. The drainer writes it, nobody else."""
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
