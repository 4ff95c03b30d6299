"""The lines of a story as a page lists them, and the addresses of its marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from verite.sentences.dates import day, hour, weekday
from verite.sentences.tale import Line
from verite.web.customers.plainly import plain_say
from verite.web.language import language
from verite.words.measured import Label


@dataclass(frozen=True, slots=True, kw_only=True)
class TaleLine:
    """One line; `day` is told when it changes and there are several."""

    day: str
    hour: str
    title: str
    detail: str
    tone: str
    waits: bool
    anchor: str


@dataclass(frozen=True, slots=True)
class StoryLinks:
    """The marks of a story's picture lead to its lines, on the same page."""

    def touchpoint(self, key: str) -> str | None:
        """No touchpoint is drawn."""
        return None

    def passage(self, source: str, target: str) -> str | None:
        """No passage is drawn."""
        return None

    def row(self, metric: str, by: tuple[Label, ...]) -> str | None:
        """No figure is drawn."""
        return None

    def interaction(self, key: str) -> str | None:
        """The line where the interaction begins."""
        return f"#{anchor(key)}"


def anchor(key: str) -> str:
    """The name of a line on the page.

    >>> anchor("00ff" * 8)
    'i-00ff00ff00ff'
    """
    return f"i-{key[-12:]}"


def told_lines(lines: Sequence[Line]) -> tuple[TaleLine, ...]:
    """The lines as printed."""
    lang = language()
    several = len({line.at.date() for line in lines}) > 1
    told, last = [], None
    for line in lines:
        new = several and line.at.date() != last
        last = line.at.date()
        told.append(
            TaleLine(
                day=day(last, lang) if new else "",
                hour=hour(line.at, lang),
                title=line.title,
                detail=line.detail,
                tone=line.tone.value,
                waits=line.waits,
                anchor=anchor(line.id) if line.id else "",
            )
        )
    return tuple(told)


def told_when(lines: Sequence[Line]) -> str:
    """When the story happened: the title of its picture."""
    if not lines:
        return plain_say("customers.timeline")
    lang, first, last = language(), lines[0].at, lines[-1].at
    if first.date() != last.date():
        start, end = day(first.date(), lang), day(last.date(), lang)
        return plain_say("customers.some_days", start=start, end=end)
    named = weekday(first.weekday(), lang)
    return plain_say(
        "customers.one_day",
        day=f"{named[:1].upper()}{named[1:]} {day(first.date(), lang)}",
        start=hour(first, lang),
        end=hour(last, lang),
    )
