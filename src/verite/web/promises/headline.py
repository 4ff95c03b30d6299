"""What a reader could repeat of all promises: how many are kept, and where they fail most."""

from __future__ import annotations

from verite.sentences.dates import day
from verite.sentences.numbers import figure
from verite.sentences.of_promises import hours_told, shares_told
from verite.sentences.telling import listed
from verite.web.language import language
from verite.web.letters import in_letters
from verite.web.wording import say
from verite.words.estimate import Unit
from verite.words.promises import PromiseKept, Promises, Standing


def title_of(found: Promises) -> str:
    """How many promises are kept, no more than their intervals bear."""
    standings = [one.standing for one in found.rows if one.standing is not None]
    kept, broken = standings.count(Standing.KEPT), standings.count(Standing.BROKEN)
    count = len(found.rows)
    if kept == count:
        key = "title_all_worst" if _failing(found) else "title_all"
        return say(f"promises.{key}", count=count, many=in_letters(count).lower())
    if broken:
        return say("promises.title_broken", count=broken, n=count)
    if not kept:
        return say("promises.title_none")
    key = "title_worst" if _failing(found) else "title"
    return say(f"promises.{key}", count=kept, n=count)


def lede_of(found: Promises) -> str:
    """Which promise drifts and since when, and at which hours one is missed most."""
    lang = language()
    told: list[str] = []
    alarms = [(one, one.alarm) for one in found.rows if one.alarm is not None]
    if alarms:
        names = [
            say("promises.drifting", name=one.promise.name(lang), day=day(alarm.since.date(), lang))
            for one, alarm in alarms
        ]
        many = in_letters(len(alarms))
        told.append(
            say("promises.lede_alarm", count=len(alarms), many=many, names=listed(names, lang))
        )
    failing = _failing(found)
    if failing:
        told.append(_worst(min(failing, key=_lowest)))
    return " ".join(told) or say("promises.lede")


def _failing(found: Promises) -> list[PromiseKept]:
    return [one for one in found.rows if one.worst]


def _lowest(one: PromiseKept) -> float:
    values = [hour.cell.kept.value for hour in one.worst if hour.cell.kept.value is not None]
    return min(values, default=100.0)


def _worst(one: PromiseKept) -> str:
    lang = language()
    return say(
        "promises.lede_worst",
        name=one.promise.name(lang),
        hours=hours_told(one.worst, lang),
        value=shares_told(one.worst, lang),
        target=figure(one.promise.target, Unit.PERCENT, lang),
    )
