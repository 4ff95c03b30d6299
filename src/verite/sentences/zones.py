"""A result with its times in the zone of its home, so that its days are the home's days."""

from __future__ import annotations

from dataclasses import is_dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from verite.words.asked import About, Window
from verite.words.heard import HomeStatus
from verite.words.measured import Trend


def in_zone(result: object, zone: str | None) -> object:
    """The same result; its window, its period and its points told in the zone, if there is one.

    >>> from datetime import UTC
    >>> from verite.words.measured import Changes
    >>> window = Window(start=datetime(2025, 10, 31, 23, tzinfo=UTC),
    ...                 end=datetime(2026, 10, 31, 23, tzinfo=UTC))
    >>> about = About(asked="", as_of=None, ledger_version=0, window=window)
    >>> in_zone(Changes(about=about, rows=()), "Europe/Paris").about.window.start.isoformat()
    '2025-11-01T00:00:00+01:00'
    """
    if zone is None:
        return result
    place = ZoneInfo(zone)
    if isinstance(result, Trend):
        points = tuple(
            replace(p, start=p.start.astimezone(place), end=p.end.astimezone(place))
            for p in result.points
        )
        return replace(result, points=points, about=_moved(result.about, place))
    if isinstance(result, HomeStatus):
        since, until = _there(result.period_from, place), _there(result.period_to, place)
        return replace(result, period_from=since, period_to=until)
    about = getattr(result, "about", None)
    if isinstance(about, About) and is_dataclass(result) and not isinstance(result, type):
        return replace(result, about=_moved(about, place))
    return result


def _moved(about: About, place: ZoneInfo) -> About:
    if about.window is None:
        return about
    start, end = about.window.start.astimezone(place), about.window.end.astimezone(place)
    return replace(about, window=Window(start=start, end=end))


def _there(at: datetime | None, place: ZoneInfo) -> datetime | None:
    return None if at is None else at.astimezone(place)
