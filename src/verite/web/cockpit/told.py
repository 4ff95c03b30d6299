"""The cockpit as printed: what changed, where we stand, what customers say, what is silent."""

from __future__ import annotations

from dataclasses import dataclass, replace

from verite.home import Home
from verite.sentences.dates import period
from verite.sentences.numbers import interval, number, value
from verite.web.asked import DEFAULT_PERIOD, Asked, last_window, whole_window, window_before
from verite.web.cockpit.changed import Changed, Finding, findings_of
from verite.web.cockpit.counted import Count, count_losses_and_complaints
from verite.web.cockpit.silent import silence_of
from verite.web.evidence.links import PageLinks
from verite.web.language import language
from verite.web.measure.kpis import Kpi, kpis_of
from verite.web.moments.weighty import Weighty, told_weighty
from verite.web.pictured import Drawn, drawn_small
from verite.web.promises.alarms import AlarmTold, told_alarms
from verite.web.status.told import Source, told_sources
from verite.web.touchpoints.naming import Names
from verite.web.verbatims import Verbatim, told_verbatims
from verite.web.wording import say
from verite.words.asked import Window
from verite.words.journey import JourneyPicture

DAYS = 28


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One stage of the journey in small, as numbers."""

    name: str
    people: str
    feeling: str
    interval: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cockpit:
    """Everything the page prints."""

    title: str
    compared: str
    silence: str  # what is missing, when sources fell silent
    findings: tuple[Finding, ...]
    others: str
    counts: tuple[Count, ...]
    kpis: tuple[Kpi, ...]
    kpis_source: str
    alarms: tuple[AlarmTold, ...]  # promises that drift
    weighty: Weighty | None
    journey: Drawn | None
    stages: tuple[Stage, ...]
    verbatims: tuple[Verbatim, ...]
    sources: tuple[Source, ...]
    quarantined: str


def told_cockpit(home: Home, asked: Asked, names: Names) -> Cockpit:
    """The cockpit of a home that holds interactions."""
    after = asked.window or last_window(home, DAYS)
    if after is None:
        raise ValueError("an empty home has no cockpit")
    before = window_before(after)
    # Since the start: there is no period before, so the last weeks are compared, and linked.
    compared = asked if asked.window else asked.over(after, DEFAULT_PERIOD)
    silence = silence_of(home)
    changed = _nothing() if silence.is_deaf else findings_of(home, compared, (before, after))
    counts = count_losses_and_complaints(home, compared, (before, after))
    journey = _journey(home, asked)
    links = PageLinks(asked=asked, names=names)
    return Cockpit(
        title=say("cockpit.silent", count=silence.count) if silence.is_deaf else _title(changed),
        compared=_compared(changed, (before, after)),
        silence=silence.note,
        findings=changed.findings,
        others=_others(changed),
        counts=_untold(counts) if silence.is_deaf else counts,
        kpis=kpis_of(home, asked, names),
        kpis_source=_kpis_source(home, asked),
        alarms=told_alarms(home),
        weighty=told_weighty(home, names),
        journey=drawn_small(journey, links) if journey else None,
        stages=_stages(journey) if journey else (),
        verbatims=told_verbatims(home, asked, names),
        sources=told_sources(home),
        quarantined=_quarantined(home),
    )


def _nothing() -> Changed:
    return Changed(findings=(), found=0, looked_at=0, others=0)


def _untold(counts: tuple[Count, ...]) -> tuple[Count, ...]:
    """Counts without what they would say of the period before."""
    told = say("cockpit.count_silent")
    return tuple(replace(count, detail=told, is_worse=False) for count in counts)


def _kpis_source(home: Home, asked: Asked) -> str:
    window = asked.window or whole_window(home)
    return say("cockpit.kpis_source", window=period(window, language())) if window else ""


def _others(changed: Changed) -> str:
    told = []
    if changed.found > len(changed.findings):
        told.append(say("cockpit.also_changed", count=changed.found - len(changed.findings)))
    if changed.others:
        key = "others" if changed.findings else "all_same"
        told.append(say(f"cockpit.{key}", count=changed.others))
    return " ".join(told)


def _title(changed: Changed) -> str:
    if not changed.looked_at:
        return say("cockpit.where_we_stand")
    count = changed.found
    return say("cockpit.changed", count=count) if count else say("cockpit.nothing_changed")


def _compared(changed: Changed, windows: tuple[Window, Window]) -> str:
    lang = language()
    before, after = (period(window, lang) for window in windows)
    if not changed.looked_at:
        return say("cockpit.not_compared", after=after)
    return say("cockpit.compared", after=after, before=before, count=changed.looked_at)


def _journey(home: Home, asked: Asked) -> JourneyPicture | None:
    if not home.designs():
        return None
    return home.journey(where=asked.where).result


def _stages(journey: JourneyPicture) -> tuple[Stage, ...]:
    lang = language()
    titles = {stage.key: dict(stage.names) for stage in journey.design.stages}
    return tuple(
        Stage(
            name=titles[line.stage].get(lang) or line.stage,
            people=number(line.people, lang),
            feeling=value(line.feeling, lang),
            interval=interval(line.feeling, lang),
        )
        for line in journey.feelings
    )


def _quarantined(home: Home) -> str:
    count = home.status().result.quarantined
    return say("cockpit.quarantined", count=count) if count else ""
