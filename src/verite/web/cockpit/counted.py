"""Customers lost and complaints, counted in two windows among the customers at risk."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from verite.home import Home
from verite.home.behind import LOST
from verite.home.counting import Happened, count_events
from verite.sentences.numbers import number, span
from verite.stats.counts import Rate, poisson_interval, rate_ratio_interval
from verite.stats.intervals import Interval
from verite.web.asked import Asked
from verite.web.language import language
from verite.web.wording import say
from verite.words.asked import Window


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many now, how many before, whether that is more than noise, and where they are."""

    figure: str
    interval: str
    name: str
    detail: str
    is_worse: bool
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """The same events before and now; `ratio` is per customer at risk, None when it has no base."""

    before: Happened
    now: Happened
    ratio: Interval | None

    @property
    def verdict(self) -> str:
        """`more`, `less` or `same`: what the interval of the ratio allows to say."""
        if self.ratio is None or not self.ratio.excludes(1.0):
            return "same"
        return "more" if self.ratio.low is not None and self.ratio.low > 1.0 else "less"


def count_losses_and_complaints(
    home: Home, asked: Asked, windows: tuple[Window, Window]
) -> tuple[Count, ...]:
    """The two counts that a manager reads first."""
    told = [("complaints", "complaint", asked.query(kind="complaint"))]
    if _tells_losses(home):
        told.insert(0, ("losses", LOST, asked.query(of=LOST)))
    return tuple(_count(home, asked, windows, one) for one in told)


def compared(before: Happened, now: Happened) -> Compared:
    """Two counts per customer at risk, with the exact interval of their ratio.

    Where the data do not say who is a customer, the two windows, of equal length, are compared as
    they are.

    Customers who complain several times are not independent events: counts are divided by the
    variance over the mean that Σ events² / Σ events tells (quasi-Poisson, McCullagh & Nelder 1989).

    >>> counts = [Happened(events=n, squares=n, at_risk=1000) for n in (100, 140)]
    >>> compared(*counts).verdict, compared(counts[0], replace(counts[1], squares=420)).verdict
    ('more', 'same')
    """
    total = before.events + now.events
    if not total:
        return Compared(before=before, now=now, ratio=None)
    spread = (before.squares + now.squares) / total
    known = before.at_risk and now.at_risk
    base, rate = (Rate(one.events / spread, one.at_risk if known else 1) for one in (before, now))
    return Compared(before=before, now=now, ratio=rate_ratio_interval(base, rate))


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
    home: Home, asked: Asked, windows: tuple[Window, Window], told: tuple[str, str, str]
) -> Count:
    key, what, query = told
    before, now = (
        count_events(home.desk, what, replace(asked.where, since=w.start, until=w.end))
        for w in windows
    )
    found = compared(before, now)
    is_whole = _is_whole(home, windows[0])
    return Count(
        figure=number(now.events, language()),
        interval=_interval(now),
        name=say(f"cockpit.{key}", count=now.events),
        detail=told_change(found) if is_whole else _alone(now),
        is_worse=is_whole and found.verdict == "more",
        url=f"/interactions?{query}",
    )


def _interval(found: Happened) -> str:
    """Exact 95% bounds of a count, wider when few customers make it up."""
    spread = found.squares / found.events if found.events else 1.0
    bounds = poisson_interval(found.events / spread).times(spread)
    return span(bounds.low, bounds.high, language())


def _alone(now: Happened) -> str:
    told = [say("cockpit.at_risk", n=now.at_risk)] if now.at_risk else []
    return " ".join([*told, say("cockpit.count_alone")])


def told_change(found: Compared) -> str:
    """What the period before counted, among whom, and if the difference is beyond chance."""
    lang, before, now = language(), found.before, found.now
    told = [say("cockpit.count_before", before=before.events, interval=_interval(before))]
    if before.at_risk and now.at_risk:
        told.append(say("cockpit.at_risk_both", n=now.at_risk, n_before=before.at_risk))
        if found.ratio is not None and before.events:
            ratio = (now.events / now.at_risk) / (before.events / before.at_risk)
            bounds = span(found.ratio.low, found.ratio.high, lang, 2)
            told.append(say("cockpit.count_ratio", ratio=number(ratio, lang, 2), interval=bounds))
    told.append(say(f"cockpit.count_{found.verdict}"))
    return " ".join(told)
