"""Sentences of what was heard and of what is here."""

from __future__ import annotations

from verite.sentences.catalogue import phrase
from verite.sentences.dates import day
from verite.sentences.numbers import count, number
from verite.sentences.telling import listed
from verite.sentences.typography import known
from verite.words.heard import Heard, HomeStatus


def say_heard(heard: Heard, lang: str) -> str:
    """What became of every line read."""
    return phrase("heard.said", lang, {
        "read": _agreed("heard.read", heard.read, lang),
        "kept": _agreed("heard.kept", heard.kept, lang),
        "duplicates": count(heard.duplicates, "duplicate", lang),
        "quarantined": number(heard.quarantined, lang),
    })  # fmt: skip


def say_status(status: HomeStatus, lang: str) -> str:
    """What is here, since when, and which sources are strangely silent."""
    if not status.interactions or status.period_from is None or status.period_to is None:
        return phrase("home.empty", lang)
    quarantined = silent = ""
    if status.quarantined:
        lines = count(status.quarantined, "line", lang)
        quarantined = phrase("home.quarantined", lang, {"count": lines})
    quiet = [found.source for found in status.sources if found.silent]
    if quiet:
        silent = phrase("home.silent", lang, {"sources": listed(quiet, lang)})
    return phrase("home.said", lang, {
        "interactions": count(status.interactions, "interaction", lang),
        "people": count(status.people, "person", lang),
        "since": day(status.period_from.date(), lang), "until": day(status.period_to.date(), lang),
        "channels": count(len(status.channels), "channel", lang),
        "quarantined": quarantined, "silent": silent,
    })  # fmt: skip


def _agreed(key: str, n: int, lang: str) -> str:
    """A participle that agrees with its number."""
    single = n < 2 if known(lang) == "fr" else n == 1
    form = "one" if single else "many"
    return phrase(f"{key}.{form}", lang, {"n": number(n, lang)})
