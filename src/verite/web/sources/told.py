"""Live sources as their page prints them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote
from zoneinfo import ZoneInfo

from verite.home import Home
from verite.sentences.dates import instant
from verite.sentences.numbers import duration, number
from verite.web.collector.draining import last_drain
from verite.web.language import language
from verite.web.wording import say
from verite.words.live import Backlog, LiveSource, Mode, Scope

MODES = tuple(Mode)
SCOPES = tuple(Scope)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One source."""

    name: str
    url: str
    mode: str
    scopes: str
    rate: str
    key: str
    when: str
    spoke: str
    origins: str
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One mode or scope of the form."""

    value: str
    name: str
    hint: str
    is_chosen: bool


def told_sources(home: Home, sources: tuple[LiveSource, ...]) -> tuple[Line, ...]:
    """Every source, with when it last spoke."""
    zone = ZoneInfo(home.settings.zone)
    last = {one.source: one.last_at for one in home.status().result.sources}
    return tuple(_line(source, last.get(source.name), zone) for source in sources)


def _line(source: LiveSource, last: datetime | None, zone: ZoneInfo) -> Line:
    lang = language()
    when = instant(source.made_at.astimezone(zone), lang)
    if source.closed_at is not None:
        when = say("sources.closed", at=instant(source.closed_at.astimezone(zone), lang))
    spoke = say("sources.never") if last is None else instant(last.astimezone(zone), lang)
    return Line(
        name=source.name,
        url=f"/listen/sources/{quote(source.name, safe='')}",
        mode=say(f"sources.mode_{source.mode}"),
        scopes=told_scopes(source),
        rate=number(source.rate_per_s, lang),
        key=f"…{source.key_hint}",
        when=when,
        spoke=spoke,
        origins=", ".join(source.origins) or say("sources.no_origin"),
        is_open=source.is_open,
    )


def told_former(source: LiveSource, zone: str, at: datetime) -> str:
    """Until when the signing secret before this one is accepted; empty once it is not."""
    until = source.former_until
    if until is None or until <= at:
        return ""
    return say("sources.former", at=instant(until.astimezone(ZoneInfo(zone)), language()))


def told_scopes(source: LiveSource) -> str:
    """What a source may send, in the order of the form."""
    return ", ".join(str(scope) for scope in SCOPES if scope in source.scopes)


def told_modes(chosen: str) -> tuple[Choice, ...]:
    """The two modes."""
    return tuple(
        Choice(
            value=mode,
            name=say(f"sources.mode_{mode}"),
            hint=say(f"sources.mode_hint_{mode}"),
            is_chosen=mode == chosen,
        )
        for mode in (Mode.IDENTIFIED, Mode.AUDIENCE)
    )


def told_choices(chosen: frozenset[str]) -> tuple[Choice, ...]:
    """The scopes."""
    return tuple(
        Choice(
            value=scope,
            name=scope,
            hint=say(f"sources.scope_{scope}"),
            is_chosen=scope in chosen,
        )
        for scope in SCOPES
    )


def told_lag(backlog: Backlog, zone: str, at: datetime) -> tuple[tuple[str, str], ...]:
    """How far the ledger is behind what was received."""
    lang = language()
    lines = [(say("sources.waiting"), number(backlog.batches, lang))]
    if backlog.oldest_at is not None:
        age_s = max(0.0, (at - backlog.oldest_at).total_seconds())
        lines.append((say("sources.oldest"), duration(age_s, lang)))
    last = last_drain()
    if last is None:
        lines.append((say("sources.drained"), say("sources.not_yet")))
        return tuple(lines)
    when = instant(last.at.astimezone(ZoneInfo(zone)), lang)
    told = say("sources.drain_failed", at=when, error=last.error)
    if not last.error:
        told = say("sources.drain_kept", at=when, count=last.kept)
    lines.append((say("sources.drained"), told))
    return tuple(lines)
