"""The status of a home, as its page prints it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from verite.home import Home
from verite.sentences.dates import day, instant
from verite.sentences.names import channel_name
from verite.sentences.numbers import duration, number
from verite.web.language import language
from verite.web.touchpoints.naming import names_of
from verite.web.wording import say
from verite.words.heard import HomeStatus, SourceFreshness


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A name, how many, and where the interactions are."""

    name: str
    count: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """When a source last spoke."""

    name: str
    told: str
    is_silent: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The whole page."""

    is_empty: bool
    counts: tuple[tuple[str, str], ...]
    channels: tuple[Counted, ...]
    touchpoints: tuple[Counted, ...]
    sources: tuple[Source, ...]


def told_status(home: Home) -> Told:
    """Everything the status page prints."""
    result, lang = home.status().result, language()
    names = names_of(home)
    return Told(
        is_empty=result.interactions == 0,
        counts=_counts(result, home.settings.zone),
        channels=tuple(
            Counted(
                name=channel_name(key, lang),
                count=number(count, lang),
                url=f"/interactions?{urlencode({'period': 'all', 'channel': key})}",
            )
            for key, count in result.channels
        ),
        touchpoints=tuple(
            Counted(name=names.name(key), count=number(count, lang), url=names.url(key))
            for key, count in result.touchpoints
        ),
        sources=told_sources(home),
    )


def told_sources(home: Home) -> tuple[Source, ...]:
    """Freshness and silence of every source."""
    zone = ZoneInfo(home.settings.zone)
    return tuple(_source(source, zone) for source in home.status().result.sources)


def _source(source: SourceFreshness, zone: ZoneInfo) -> Source:
    lang = language()
    last = instant(source.last_at.astimezone(zone), lang)
    told = say("status.spoke", last=last)
    if source.silent:
        usual = duration(source.usual_gap_s or 0.0, lang)
        told = say("status.silent", last=last, usual=usual)
    return Source(name=source.source.replace("_", " "), told=told, is_silent=source.silent)


def _counts(result: HomeStatus, zone: str) -> tuple[tuple[str, str], ...]:
    lang = language()
    lines = [
        (say("status.interactions"), number(result.interactions, lang)),
        (say("status.people"), number(result.people, lang)),
        (say("status.identities"), number(result.identities, lang)),
        (say("status.quarantined"), number(result.quarantined, lang)),
    ]
    if result.period_from is not None and result.period_to is not None:
        first = day(result.period_from.astimezone(ZoneInfo(zone)), lang)
        last = day(result.period_to.astimezone(ZoneInfo(zone)), lang)
        lines.append((say("status.period"), f"{first} – {last}"))
    return tuple(lines)
