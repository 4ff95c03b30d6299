"""A result with its times in the zone of its home, so that its days are the home's days."""

from __future__ import annotations

from dataclasses import is_dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from verite.words.asked import About, Window
from verite.words.customer import Customer, FeelingNow, Remembered
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
    if isinstance(result, Customer):
        return _customer_there(result, place)
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


def _customer_there(customer: Customer, place: ZoneInfo) -> Customer:
    story = customer.story
    tried = tuple(replace(step, last=step.last.astimezone(place)) for step in story.tried)
    beats = tuple(
        replace(beat, at=beat.at.astimezone(place), until=_there(beat.until, place))
        for beat in customer.timeline
    )
    return replace(
        customer,
        since=_there(customer.since, place),
        timeline=beats,
        story=replace(
            story,
            since=_there(story.since, place),
            last_at=_there(story.last_at, place),
            tried=tried,
        ),
        feeling=_feeling_there(customer.feeling, place),
        alerts=tuple(replace(alert, at=alert.at.astimezone(place)) for alert in customer.alerts),
        about=_moved(customer.about, place),
    )


def _feeling_there(feeling: FeelingNow, place: ZoneInfo) -> FeelingNow:
    def moved(moment: Remembered | None) -> Remembered | None:
        return None if moment is None else replace(moment, at=moment.at.astimezone(place))

    return replace(
        feeling,
        worst=moved(feeling.worst),
        best=moved(feeling.best),
        last=moved(feeling.last),
        course=tuple((point[0].astimezone(place), *point[1:]) for point in feeling.course),
    )
