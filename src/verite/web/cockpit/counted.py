"""Customers lost and complaints, counted in two windows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from math import sqrt

from verite.home import Home
from verite.home.behind import LOST
from verite.sentences.numbers import number
from verite.web.asked import Asked
from verite.web.language import language
from verite.web.wording import say
from verite.words.asked import Filters, Window
from verite.words.evidence import Behind, Page

Z_95 = 1.96


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many now, how many before, whether that is more than noise, and where they are."""

    figure: str
    name: str
    detail: str
    is_worse: bool
    url: str


def count_losses_and_complaints(
    home: Home, asked: Asked, windows: tuple[Window, Window]
) -> tuple[Count, ...]:
    """The two counts that a manager reads first."""
    counts = []
    if _tells_losses(home):
        lost = Page(limit=1, behind=Behind(metric=LOST))
        query = asked.query(of=LOST)
        counts.append(_count(home, asked.where, lost, windows, ("losses", query)))
    page = Page(limit=1, kind="complaint")
    query = asked.query(kind="complaint")
    counts.append(_count(home, asked.where, page, windows, ("complaints", query)))
    return tuple(counts)


def differs_from_noise(now: int, before: int) -> bool:
    """Whether two counts over equal times differ beyond chance (Poisson, normal approximation).

    z = (a - b) / sqrt(a + b), Przyborowski and Wilenski 1940.

    >>> differs_from_noise(130, 100), differs_from_noise(140, 100)
    (False, True)
    """
    total = now + before
    return total > 0 and abs(now - before) / sqrt(total) > Z_95


def _tells_losses(home: Home) -> bool:
    """Whether the data say when a customer leaves."""
    from verite.measure import read_definitions

    held = {key for key, _ in home.status().result.touchpoints}
    return bool(held & set(read_definitions(home.settings.definitions).loss_touchpoints))


def _is_whole(home: Home, window: Window) -> bool:
    """Whether the data cover the window: counts over unequal times cannot be compared."""
    first = home.status().result.period_from
    return first is not None and first <= window.start + timedelta(days=1)


def _count(
    home: Home,
    where: Filters,
    page: Page,
    windows: tuple[Window, Window],
    told: tuple[str, str],
) -> Count:
    before, now = (
        home.interactions(where=replace(where, since=w.start, until=w.end), page=page).result.total
        for w in windows
    )
    key, query = told
    is_whole = _is_whole(home, windows[0])
    differs = is_whole and differs_from_noise(now, before)
    verdict = "more" if differs and now > before else "less" if differs else "same"
    if not is_whole:
        verdict = "alone"
    return Count(
        figure=number(now, language()),
        name=say(f"cockpit.{key}", count=now),
        detail=say(f"cockpit.count_{verdict}", before=number(before, language())),
        is_worse=differs and now > before,
        url=f"/interactions?{query}",
    )
