"""A customer's story in one line: why they came, since when, what it cost them."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from verite.sentences.catalogue import phrase
from verite.sentences.dates import day, hour, weekday
from verite.sentences.names import name_in
from verite.sentences.numbers import duration, number
from verite.sentences.tale import tale
from verite.words.customer import Customer, Effort

_SHOWN: Final = 3
_LEAST_WAIT: Final = 60.0
_COUNTED: Final = (
    ("retold", "retold"),
    ("failed", "failed_transfers"),
    ("redone", "redone_steps"),
    ("abandoned", "abandoned"),
)


def headline(customer: Customer, lang: str) -> str:
    """The story so far in one line, its times in the zone they are given in."""
    story, effort = customer.story, customer.effort
    if story.since is None:
        return tale("headline.nothing", lang)
    named = name_in("motive", story.motive, lang) if story.motive else ""
    motive = named[:1].upper() + named[1:] if named else tale("headline.contact", lang)
    state = {True: "solved", False: "open", None: "over"}[effort.resolved]
    parts = cost_parts(effort, lang)[:_SHOWN]
    fields = {"motive": motive, "when": since(story.since, lang), "parts": _listed(parts, lang)}
    return tale(f"headline.{state}" if parts else f"headline.{state}_plain", lang, fields)


def cost_parts(effort: Effort, lang: str) -> list[str]:
    """What it cost the customer, in words, the heaviest first; empty when it went well."""
    parts = []
    if effort.wait_s >= _LEAST_WAIT:
        parts.append(tale("headline.waited", lang, {"time": duration(effort.wait_s, lang)}))
    for key, field in _COUNTED:
        count = int(getattr(effort, field))
        if count == 1:
            parts.append(tale(f"headline.{key}", lang))
        elif count:
            parts.append(tale(f"headline.{key}_more", lang, {"n": number(count, lang)}))
    return parts


def since(at: datetime, lang: str) -> str:
    """A day and an hour as they are said.

    >>> from datetime import UTC
    >>> since(datetime(2026, 10, 6, 18, 4, tzinfo=UTC), "fr")
    'mardi 6\\xa0oct. 18\\xa0h\\xa004'
    """
    return f"{weekday(at.weekday(), lang)} {day(at.date(), lang, year=False)} {hour(at, lang)}"


def _listed(parts: list[str], lang: str) -> str:
    if len(parts) < 2:
        return "".join(parts)
    first = ", ".join(parts[:-1])
    return phrase("list.and", lang, {"first": first, "last": parts[-1]})
