"""What the reader asked for in the URL: period, channel, segment."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.http import HttpRequest

from verite.home import Home
from verite.sentences.dates import period as print_period
from verite.sentences.names import channel_name, dimension_name, value_name
from verite.web.language import language
from verite.web.touchpoints.naming import names_of
from verite.web.wording import say
from verite.words.asked import Filters, Window
from verite.words.errors import BadInput

PERIODS = ("28d", "91d", "365d", "all")
DEFAULT_PERIOD = "28d"
DEFAULT_API_PERIOD = "all"  # as on the command line
YEARS = range(1970, 2200)
DAYS = ("since", "until")
KEPT = ("period", "since", "until", "channel", "segment", "touchpoint")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One option of a filter."""

    value: str
    name: str
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The filters of a page: for questions (`where`), for its form, and for its links."""

    where: Filters
    window: Window | None
    period: str
    periods: tuple[Choice, ...]
    channels: tuple[Choice, ...]
    segments: tuple[Choice, ...]
    kept: tuple[tuple[str, str], ...]
    touchpoint_name: str = ""

    def query(self, **more: str) -> str:
        """These filters as a query string, with some values added or replaced."""
        kept = dict(self.kept if "period" not in more else self._undated())
        return urlencode({**kept, **more})

    def _undated(self) -> tuple[tuple[str, str], ...]:
        return tuple((name, text) for name, text in self.kept if name not in DAYS)

    def over(self, window: Window, period: str) -> Asked:
        """The same filters over another period, whose key goes into the links."""
        where = replace(self.where, since=window.start, until=window.end)
        kept = {**dict(self._undated()), "period": period}
        return replace(self, window=window, where=where, kept=tuple(kept.items()))

    @property
    def days(self) -> tuple[tuple[str, str], ...]:
        """The days typed in the URL, for the form to keep."""
        return tuple((name, text) for name, text in self.kept if name in DAYS)

    @property
    def so_far(self) -> Filters:
        """The same filters from the start: a trend shows more weeks than the period read."""
        return replace(self.where, since=None)

    @property
    def touchpoint(self) -> str:
        """The touchpoint chosen, if any."""
        return next(iter(self.where.touchpoints), "")


def read_asked(request: HttpRequest, home: Home, *, period: str = DEFAULT_PERIOD) -> Asked:
    """The filters in the URL, checked against what the home holds."""
    given = {name: request.GET[name] for name in KEPT if request.GET.get(name)}
    if "period" in given:  # chosen again: the days typed before are over
        given = {name: text for name, text in given.items() if name not in DAYS}
    window, chosen = _window(given, home, period)
    channel, segment = given.get("channel", ""), given.get("segment", "")
    where = Filters(
        since=window.start if window else None,
        until=window.end if window else None,
        channels=(channel,) if channel else (),
        segments=(_segment(segment),) if segment else (),
        touchpoints=(given["touchpoint"],) if "touchpoint" in given else (),
    )
    lang = language()
    return Asked(
        where=where,
        window=window,
        period=chosen,
        periods=_periods(chosen, window, lang),
        channels=_channels(home, channel, lang),
        segments=_segments(home, segment, lang),
        kept=tuple(given.items()),
        touchpoint_name=names_of(home).name(given["touchpoint"]) if "touchpoint" in given else "",
    )


def last_window(home: Home, days: int) -> Window | None:
    """The last whole days that end with the day of the last interaction, in the home's zone."""
    as_of = home.as_of
    if as_of is None:
        return None
    end = _next_midnight(as_of, ZoneInfo(home.settings.zone))
    return Window(start=_days_before(end, days), end=end)


def whole_window(home: Home) -> Window | None:
    """Everything here, in the home's zone; None in an empty home."""
    first, zone = home.status().result.period_from, ZoneInfo(home.settings.zone)
    if first is None or home.as_of is None:
        return None
    return Window(start=first.astimezone(zone), end=home.as_of.astimezone(zone))


def window_before(window: Window) -> Window:
    """The window of the same length that ends where this one starts."""
    days = round((window.end - window.start).total_seconds() / 86400)
    return Window(start=_days_before(window.start, days), end=window.start)


def _window(given: dict[str, str], home: Home, usual: str) -> tuple[Window | None, str]:
    zone = ZoneInfo(home.settings.zone)
    if "since" in given or "until" in given:
        start = _day(given.get("since", "1970-01-01"), zone)
        end = _day(given["until"], zone) if "until" in given else home.as_of or start
        return Window(start=start, end=end), "days"
    period = given.get("period", usual)
    if period not in PERIODS:
        raise BadInput("unknown_period", fields={"period": period})
    return (None if period == "all" else last_window(home, int(period[:-1]))), period


def _day(text: str, zone: ZoneInfo) -> datetime:
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise BadInput("bad_day", fields={"day": text}) from error
    if day.year not in YEARS:
        raise BadInput("bad_day", fields={"day": text})
    return datetime.combine(day, time(), zone)


def _next_midnight(at: datetime, zone: ZoneInfo) -> datetime:
    local = at.astimezone(zone)
    midnight = datetime.combine(local.date(), time(), zone)
    if local == midnight:
        return midnight
    return datetime.combine(local.date() + timedelta(days=1), time(), zone)


def _days_before(end: datetime, days: int) -> datetime:
    # By the calendar: subtracting hours would miss midnight across a change of clocks.
    return datetime.combine(end.date() - timedelta(days=days), time(), end.tzinfo)


def _segment(text: str) -> tuple[str, str]:
    key, colon, value = text.partition(":")
    if not colon or not key or not value:
        raise BadInput("bad_segment", fields={"segment": text})
    return key, value


def _periods(chosen: str, window: Window | None, lang: str) -> tuple[Choice, ...]:
    choices = [
        Choice(value=key, name=say(f"filters.period_{key}"), is_chosen=key == chosen)
        for key in PERIODS
    ]
    if chosen == "days" and window is not None:
        choices.insert(0, Choice(value="", name=print_period(window, lang), is_chosen=True))
    return tuple(choices)


def _channels(home: Home, chosen: str, lang: str) -> tuple[Choice, ...]:
    held = [key for key, _ in home.status().result.channels]
    every = Choice(value="", name=say("filters.every_channel"), is_chosen=not chosen)
    return (
        every,
        *(
            Choice(value=key, name=channel_name(key, lang), is_chosen=key == chosen)
            for key in dict.fromkeys([*held, *([chosen] if chosen else [])])
        ),
    )


def _segments(home: Home, chosen: str, lang: str) -> tuple[Choice, ...]:
    every = Choice(value="", name=say("filters.every_segment"), is_chosen=not chosen)
    found = [
        Choice(
            value=f"{key}:{value}",
            name=say(
                "filters.one_segment",
                key=dimension_name(f"segment.{key}", lang),
                value=value_name(f"segment.{key}", value, lang),
            ),
            is_chosen=f"{key}:{value}" == chosen,
        )
        for key, values in home.segments()
        for value in values
    ]
    return (every, *found)
