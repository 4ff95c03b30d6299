"""The page of promises as it is printed: all of them, then one by hour and day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from verite.home import Home
from verite.sentences.dates import day, instant, period
from verite.sentences.names import value_name
from verite.sentences.numbers import figure, interval, number, value
from verite.sentences.of_promises import (
    channels_told,
    counts_told,
    hours_of_week,
    hours_told,
    promise_words,
    rule_told,
    say_alarm,
    say_promise,
)
from verite.sentences.reading import how_to_read
from verite.sentences.zones import in_zone
from verite.web.language import language
from verite.web.pictured import Drawn, drawn
from verite.web.promises.drift import DriftTold, told_drift
from verite.web.promises.headline import lede_of, title_of
from verite.web.promises.links import PromiseLinks, promise_url, slot_url
from verite.web.promises.wanted import ADDRESS, Wanted
from verite.web.touchpoints.naming import Names
from verite.web.wording import say
from verite.words.estimate import Status, Unit
from verite.words.promises import PromiseCell, PromiseKept, Promises, PromiseSlots, Standing

DAYS = tuple(str(number_of_day) for number_of_day in range(1, 8))
SIGNS = {Standing.BROKEN: "▼", Standing.UNDECIDED: "?"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One promise in the list."""

    name: str
    url: str
    rule: str
    where: str
    kept: str
    interval: str
    n: str
    target: str
    standing: str
    is_broken: bool
    worst: str
    alarm: str
    steady: str  # said where the weeks were charted and nothing drifts
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CellTold:
    """One cell of a table."""

    name: str
    kept: str
    interval: str
    n: str
    standing: str
    is_broken: bool
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotTold:
    """One hour of one day: sign, share, bounds and n in one line, with its link."""

    told: str
    more: str
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OneTold:
    """The promise looked into."""

    key: str
    name: str
    finding: str
    reading: str
    picture: Drawn | None
    day_names: tuple[str, ...]
    slots: tuple[tuple[str, tuple[SlotTold | None, ...]], ...]
    hours: tuple[CellTold, ...]
    weekdays: tuple[CellTold, ...]
    channels: tuple[CellTold, ...]
    worst: tuple[str, ...]
    tested: str
    counts: tuple[str, ...]
    drift: DriftTold | None
    alarm: str
    written: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PromisesPage:
    """Everything the page prints."""

    title: str
    lede: str
    lines: tuple[Line, ...]
    one: OneTold
    source: str


def told_promises(home: Home, found: Promises, wanted: Wanted, names: Names) -> PromisesPage:
    """The whole page."""
    kept = next(one for one in found.rows if one.promise.key == wanted.chosen)
    return PromisesPage(
        title=title_of(found),
        lede=lede_of(found),
        lines=tuple(_line(one, wanted) for one in found.rows),
        one=_one(home, found, kept, wanted, names),
        source=_source(home, found),
    )


def _line(one: PromiseKept, wanted: Wanted) -> Line:
    lang, promise = language(), one.promise
    shown = one.whole.status in (Status.OK, Status.FEW)
    return Line(
        name=promise.name(lang),
        url=f"{ADDRESS}?{wanted.query(promise.key)}#one",
        rule=rule_told(promise, lang),
        where=f"{channels_told(promise, lang)}, {hours_of_week(promise, lang)}",
        kept=value(one.whole, lang),
        interval=interval(one.whole, lang),
        n="" if one.whole.n is None else number(one.whole.n, lang),
        target=figure(promise.target, Unit.PERCENT, lang),
        standing=_standing(one.standing),
        is_broken=one.standing is Standing.BROKEN,
        worst=hours_told(one.worst, lang) if one.worst else "",
        alarm=say("promises.since", day=day(one.alarm.since.date(), lang)) if one.alarm else "",
        steady=say("promises.steady") if one.chart is not None and not one.alarm else "",
        evidence=promise_url(wanted.dated, promise.key) if shown else "",
    )


def _one(home: Home, found: Promises, kept: PromiseKept, wanted: Wanted, names: Names) -> OneTold:
    lang, promise = language(), kept.promise
    shown = in_zone(PromiseSlots(about=found.about, kept=kept), home.settings.zone)
    links = PromiseLinks(asked=wanted.asked, names=names, key=promise.key)
    return OneTold(
        key=promise.key,
        name=promise.name(lang),
        finding=say_promise(kept, lang),
        reading=how_to_read(shown, lang),
        picture=drawn(shown, links) if kept.slots else None,
        day_names=tuple(value_name("weekday", one, lang) for one in DAYS),
        slots=_slots(kept, wanted),
        hours=_cells(kept.hours, kept, wanted),
        weekdays=_cells(kept.weekdays, kept, wanted),
        channels=_cells(kept.channels, kept, wanted),
        worst=tuple(_worst(kept)),
        tested=_tested(kept),
        counts=counts_told(kept, lang) if not kept.lack or kept.lack == "nothing_known" else (),
        drift=told_drift(home, found, kept, links),
        alarm=say_alarm(kept.alarm, lang).strip() if kept.alarm else "",
        written=_written(home, kept),
    )


def _cells(cells: Sequence[PromiseCell], kept: PromiseKept, wanted: Wanted) -> tuple[CellTold, ...]:
    return tuple(_cell(one, kept.promise.key, wanted) for one in cells)


def _cell(one: PromiseCell, key: str, wanted: Wanted) -> CellTold:
    lang, label = language(), one.by[0]
    hidden = one.kept.n is None
    return CellTold(
        name=value_name(label.dimension, label.value, lang),
        kept=value(one.kept, lang),
        interval=interval(one.kept, lang),
        n="" if one.kept.n is None else number(one.kept.n, lang),
        standing=_standing(one.standing),
        is_broken=one.standing is Standing.BROKEN,
        evidence="" if hidden else promise_url(wanted.dated, key, one.by),
    )


def _slots(
    kept: PromiseKept, wanted: Wanted
) -> tuple[tuple[str, tuple[SlotTold | None, ...]], ...]:
    """The table under the picture: hours down, days across."""
    lang = language()
    found = {(one.by[0].value, one.by[1].value): one for one in kept.slots}
    hours = sorted({hour for _, hour in found})
    return tuple(
        (
            value_name("hour", hour, lang),
            tuple(_slot(found.get((one, hour)), kept.promise.key, wanted) for one in DAYS),
        )
        for hour in hours
    )


def _slot(one: PromiseCell | None, key: str, wanted: Wanted) -> SlotTold | None:
    if one is None:
        return None
    lang = language()
    if one.kept.n is None:
        return SlotTold(told="–", more="", evidence="")
    sign = SIGNS.get(one.standing, "") if one.standing else ""
    bounds, n = interval(one.kept, lang), f"n {number(one.kept.n, lang)}"
    told = bounds if one.kept.value is None else number(one.kept.value, lang)
    return SlotTold(
        told=f"{sign}{told}",
        more=n if one.kept.value is None else f"{bounds} {n}",
        evidence=slot_url(wanted.asked, key, (one.by[0].value, one.by[1].value)),
    )


def _worst(kept: PromiseKept) -> list[str]:
    lang = language()
    return [
        say(
            "promises.worst_line",
            hour=value_name("hour", one.cell.by[0].value, lang),
            value=value(one.cell.kept, lang),
            range=interval(one.cell.kept, lang),
            n=number(one.cell.kept.n or 0, lang),
            others=figure(one.others, Unit.PERCENT, lang),
        )
        for one in kept.worst
    ]


def _tested(kept: PromiseKept) -> str:
    if not kept.tested:
        return ""
    rate = figure(100 * kept.rate, Unit.PERCENT, language())
    if not kept.worst:
        return say("promises.tested_none", n=kept.tested)
    return say("promises.tested", n=kept.tested, count=len(kept.worst), rate=rate)


def _standing(standing: Standing | None) -> str:
    return "" if standing is None else promise_words(f"standing.{standing.value}", language())


def _written(home: Home, kept: PromiseKept) -> str:
    from zoneinfo import ZoneInfo

    at = kept.record.at.astimezone(ZoneInfo(home.settings.zone))
    told = instant(at, language())
    return say("promises.written", version=kept.record.version, by=kept.record.by, when=told)


def _source(home: Home, found: Promises) -> str:
    shown = in_zone(found, home.settings.zone)
    window = shown.about.window if isinstance(shown, Promises) else None
    return say(
        "promises.source",
        period="" if window is None else period(window, language()),
        zone=home.settings.zone,
        version=found.about.ledger_version,
    )
