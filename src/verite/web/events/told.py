"""Rules of event names and unknown names as their page prints them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from verite.home import Home
from verite.loop.listen.collect.rules import readable_key
from verite.records.listen.rules import event_rules, unknown_events
from verite.records.listen.sources import live_sources
from verite.sentences.dates import instant
from verite.sentences.names import channel_name, kind_name
from verite.web.language import language
from verite.web.wording import say
from verite.words.events import EventRule, UnknownEvent
from verite.words.interaction import CHANNELS, Kind

AT_ONCE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One value of a list."""

    value: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleLine:
    """One rule."""

    event: str
    source: str
    where: str
    touchpoint: str
    means: str
    is_ignored: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownLine:
    """One name that no rule knows; `key` is where its interactions stand meanwhile."""

    number: int
    event: str
    source: str
    count: int
    seen: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventsPage:
    """The whole page."""

    rules: tuple[RuleLine, ...]
    unknown: tuple[UnknownLine, ...]
    others: int  # unknown names beyond those listed
    channels: tuple[Choice, ...]
    kinds: tuple[Choice, ...]
    sources: tuple[str, ...]
    touchpoints: tuple[str, ...]


def told_events(home: Home, using: str) -> EventsPage:
    """Rules and unknown names, with the choices of their forms."""
    lang, zone = language(), ZoneInfo(home.settings.zone)
    unknown = unknown_events(using=using)
    return EventsPage(
        rules=tuple(_rule(rule) for rule in event_rules(using=using)),
        unknown=tuple(_unknown(place, one, zone) for place, one in enumerate(unknown[:AT_ONCE])),
        others=max(len(unknown) - AT_ONCE, 0),
        channels=tuple(Choice(value=key, name=channel_name(key, lang)) for key in CHANNELS),
        kinds=tuple(Choice(value=kind, name=kind_name(kind, lang)) for kind in Kind),
        sources=tuple(source.name for source in live_sources(using=using)),
        touchpoints=tuple(key for key, _ in home.status().result.touchpoints),
    )


def told_meaning(rule: EventRule) -> str:
    """What a rule says, in a few words."""
    lang = language()
    if rule.ignored:
        return say("events.ignored")
    said = [
        say("events.means_touchpoint", name=rule.touchpoint) if rule.touchpoint else "",
        say("events.means_channel", name=channel_name(rule.channel, lang)) if rule.channel else "",
        say("events.means_kind", name=kind_name(rule.kind, lang)) if rule.kind else "",
    ]
    return ", ".join(part for part in said if part)


def _rule(rule: EventRule) -> RuleLine:
    return RuleLine(
        event=rule.event,
        source=rule.source,
        where=rule.source or say("events.every_source"),
        touchpoint=rule.touchpoint,
        means=told_meaning(rule),
        is_ignored=rule.ignored,
    )


def _unknown(place: int, one: UnknownEvent, zone: ZoneInfo) -> UnknownLine:
    lang = language()
    first, last = (instant(at.astimezone(zone), lang) for at in (one.first_at, one.last_at))
    return UnknownLine(
        number=place,
        event=one.event,
        source=one.source,
        count=one.count,
        seen=first if first == last else say("events.seen_between", first=first, last=last),
        key=readable_key(one.event),
    )


def rule_as_dict(rule: EventRule | None) -> dict[str, str | bool] | None:
    """A rule as a session keeps it, for the way back."""
    if rule is None:
        return None
    return {
        "event": rule.event,
        "source": rule.source,
        "touchpoint": rule.touchpoint,
        "channel": rule.channel,
        "kind": rule.kind,
        "ignored": rule.ignored,
    }


def rule_from(told: Mapping[str, object]) -> EventRule:
    """The rule that a form or a session tells."""
    text = {name: str(told.get(name) or "") for name in ("event", "source", "touchpoint")}
    return EventRule(
        event=text["event"],
        source=text["source"],
        touchpoint=text["touchpoint"],
        channel=str(told.get("channel") or ""),
        kind=str(told.get("kind") or ""),
        ignored=told.get("ignored") in {True, "1", "on"},
    )
