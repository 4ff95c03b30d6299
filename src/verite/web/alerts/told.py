"""The alerts of a period, as their page prints them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from verite.sentences.dates import instant
from verite.sentences.names import channel_name
from verite.sentences.numbers import duration, number
from verite.sentences.of_alerts import alert_word, say_alerts, why
from verite.sentences.zones import in_zone
from verite.stats.withholding import FEW_UNDER
from verite.web.asked import Asked
from verite.web.language import language
from verite.web.wording import say
from verite.words.alerts import Alerts, Raised, State, Usual

SHOWN = 100
LONGEST_DAYS = 2  # from the beginning of a conversation, which a period holds, to its alert


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One alert as printed."""

    when: str
    person: str
    channel: str
    reason: str
    why: str
    state: str
    is_open: bool
    abandoned: bool
    case: str
    case_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """What is usual on one channel."""

    channel: str
    sign: str
    middle: str
    slow: str
    n: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Last:
    """The last alert before a period that holds none."""

    when: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The whole page."""

    title: str
    lede: str
    lines: tuple[Line, ...]
    more: str
    paces: tuple[Pace, ...]


def told_alerts(alerts: Alerts, zone: str) -> Told:
    """Open alerts first, then what became of the others, and the paces they rest on."""
    lang, place = language(), ZoneInfo(zone)
    waiting = sum(row.state is State.OPEN for row in alerts.rows)
    left = len(alerts.rows) - SHOWN
    there = in_zone(alerts, zone)
    return Told(
        title=say("alerts.open", count=waiting) if waiting else say("alerts.none_open"),
        lede=say_alerts(there if isinstance(there, Alerts) else alerts, lang),
        lines=tuple(_line(row, place, lang) for row in alerts.rows[:SHOWN]),
        more=say("alerts.more", count=left) if left > 0 else "",
        paces=tuple(_pace(one, lang) for one in alerts.usual),
    )


def told_last(before: Sequence[Raised], asked: Asked, zone: str) -> Last | None:
    """When the last alert before the period was raised, if one was, and the days around it."""
    if not before:
        return None
    at = max(row.alert.at for row in before).astimezone(ZoneInfo(zone))
    since, until = (at + timedelta(days=days) for days in (-LONGEST_DAYS, 1))
    days = {"since": f"{since:%Y-%m-%d}", "until": f"{until:%Y-%m-%d}"}
    kept = tuple((name, text) for name, text in asked.kept if name != "period")
    return Last(
        when=instant(at, language()), url=f"/alerts?{replace(asked, kept=kept).query(**days)}"
    )


def _line(row: Raised, zone: ZoneInfo, lang: str) -> Line:
    case = row.case_id or ""
    return Line(
        when=instant(row.alert.at.astimezone(zone), lang),
        person=row.person,
        channel=channel_name(row.alert.channel, lang),
        reason=alert_word("reason", row.alert.reason, lang),
        why=why(row.alert, lang),
        state=alert_word("state", row.state, lang),
        is_open=row.state is State.OPEN,
        abandoned=row.abandoned,
        case=case,
        case_url=f"/interactions?{urlencode({'period': 'all', 'case_id': case})}" if case else "",
    )


def _pace(one: Usual, lang: str) -> Pace:
    is_few = one.n < FEW_UNDER
    return Pace(
        channel=channel_name(one.channel, lang),
        sign=say(f"alerts.sign_{one.sign.value}"),
        middle="" if is_few else duration(one.middle_s, lang),
        slow=say("alerts.too_few") if is_few else duration(one.slow_s, lang),
        n=number(one.n, lang),
    )
