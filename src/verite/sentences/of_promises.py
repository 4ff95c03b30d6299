"""Promises in sentences: kept or not, when they fail, whether they drift."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from verite.sentences.catalogue import Phrases
from verite.sentences.dates import day
from verite.sentences.names import kind_name, value_name
from verite.sentences.numbers import duration, figure, number
from verite.sentences.telling import counted, listed, told
from verite.words.estimate import Unit
from verite.words.promises import (
    Event,
    Promise,
    PromiseAlarm,
    PromiseKept,
    PromiseKind,
    Promises,
    PromiseSlots,
    WorstHour,
)

promise_words: Final = Phrases("promises")  # a text of promises, filled

HOURS: Final = 24


def say_promises(found: Promises, lang: str) -> str:
    """Every promise in a sentence or two."""
    if not found.rows:
        return promise_words("say.none", lang)
    return " ".join(say_promise(one, lang) for one in found.rows)


def say_slots(found: PromiseSlots, lang: str) -> str:
    """What the picture of a promise shows."""
    return say_promise(found.kept, lang)


def say_promise(kept: PromiseKept, lang: str) -> str:
    """One promise: the share kept, where it stands, its worst hours, its drift."""
    promise = kept.promise
    fields = {"name": promise.name(lang)}
    if kept.lack:
        waiting = kept.counts.open + kept.counts.left + kept.counts.untold
        more = {"due": promise.due, "count": number(waiting, lang)}
        return promise_words(f"lack.{kept.lack}", lang, {**fields, **more})
    fields["told"] = told(kept.whole, lang)
    if kept.standing is None:
        return promise_words("say.hidden", lang, fields)
    fields["counted"] = _counted(kept, lang)
    fields["target"] = figure(promise.target, Unit.PERCENT, lang)
    said = promise_words(f"say.{kept.standing.value}", lang, fields)
    if kept.worst:
        worst = {"hours": hours_told(kept.worst, lang), "value": shares_told(kept.worst, lang)}
        said += promise_words("say.worst", lang, worst)
    return said + (say_alarm(kept.alarm, lang) if kept.alarm else "")


def say_alarm(alarm: PromiseAlarm, lang: str) -> str:
    """Since when a promise drifts, and how far."""
    return promise_words("say.alarm", lang, {
        "since": day(alarm.since.date(), lang),
        "value": figure(alarm.value, Unit.PERCENT, lang),
        "mean": figure(alarm.mean, Unit.PERCENT, lang),
    })  # fmt: skip


def hours_told(worst: Sequence[WorstHour], lang: str) -> str:
    """`de 22 h à 7 h`: hours that follow each other in one go, midnight passed over."""
    spans = ranges_of([int(one.cell.by[0].value) for one in worst])
    return listed([
        promise_words("hours.range", lang, {
            "from": value_name("hour", f"{first:02d}", lang),
            "to": value_name("hour", f"{after:02d}", lang),
        })
        for first, after in spans
    ], lang)  # fmt: skip


def ranges_of(hours: Sequence[int]) -> list[tuple[int, int]]:
    """Hours as half-open ranges around the clock.

    >>> ranges_of([23, 0, 1, 22, 9])
    [(9, 10), (22, 2)]
    """
    held = set(hours)
    if len(held) == HOURS:
        return [(0, HOURS)]
    found = []
    for first in sorted(hour for hour in held if (hour - 1) % HOURS not in held):
        after = first
        while after % HOURS in held:
            after += 1
        found.append((first, after % HOURS))
    return found


def shares_told(worst: Sequence[WorstHour], lang: str) -> str:
    """`48 à 58 %`: from the worst of the hours to the best of them."""
    values = [one.cell.kept.value for one in worst if one.cell.kept.value is not None]
    low, high = figure(min(values), Unit.PERCENT, lang), figure(max(values), Unit.PERCENT, lang)
    if low == high:
        return low
    bare = low.rstrip("%").rstrip()  # the unit is said once
    return promise_words("say.between", lang, {"low": bare, "high": high})


def rule_told(promise: Promise, lang: str) -> str:
    """What is promised, in a few words."""
    key = promise.kind.value
    if promise.kind is PromiseKind.SOLVED and not promise.is_always:
        key = "solved_working"
    return promise_words(f"rule.{key}", lang, {
        "within": "" if promise.within_s is None else duration(promise.within_s, lang),
        "start": event_told(promise.start, lang),
        "end": event_told(promise.end, lang),
        "due": promise.due,
    })  # fmt: skip


def event_told(event: Event | None, lang: str) -> str:
    """An event by its touchpoint, else by its kind."""
    if event is None:
        return ""
    if event.touchpoint:
        return event.touchpoint.replace("_", " ")
    return kind_name(event.kind or "", lang)


def hours_of_week(promise: Promise, lang: str) -> str:
    """`24 h/24, 7 j/7`, or how many hours a week."""
    if promise.is_always:
        return promise_words("rule.always", lang)
    minutes = sum(closing - opening for spans in promise.hours for opening, closing in spans)
    hours = number(minutes / 60, lang, 0 if minutes % 60 == 0 else 1)
    return promise_words("rule.some_hours", lang, {"hours": hours})


def channels_told(promise: Promise, lang: str) -> str:
    """Where it holds: its channels, else everywhere."""
    named = [value_name("channel", key, lang) for key in promise.channels]
    named += [key.replace("_", " ") for key in promise.touchpoints]
    return listed(named, lang) if named else promise_words("rule.everywhere", lang)


def counts_told(kept: PromiseKept, lang: str) -> tuple[str, ...]:
    """What is neither kept nor broken, and what still waits: never left out in silence."""
    counts, judged = kept.counts, kept.counts.judged + kept.counts.left
    share = figure(100 * counts.kept / judged, Unit.PERCENT, lang) if judged else ""
    pairs = (
        ("waiting", counts.waiting), ("open", counts.open), ("left", counts.left),
        ("untold", counts.untold),
    )  # fmt: skip
    said = tuple(
        promise_words(f"counts.{key}", lang, {"n": number(n, lang), "share": share})
        for key, n in pairs
        if n
    )
    return said or (promise_words("counts.none", lang),)


def _counted(kept: PromiseKept, lang: str) -> str:
    metric = "resolution" if kept.promise.kind is PromiseKind.SOLVED else "answered"
    return counted(metric, kept.whole.n, lang, kept.whole.people)


def read_slots(lang: str) -> str:
    """How to read the hours of the week."""
    return promise_words("picture.reading", lang)
