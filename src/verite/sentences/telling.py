"""Pieces that sentences share: an estimate in running text, its count, its window, lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from verite.sentences.catalogue import phrase
from verite.sentences.dates import period
from verite.sentences.numbers import between, count, value
from verite.words.asked import About
from verite.words.estimate import Estimate, Status

_COUNTED: Final = {
    "wait": "contact", "answered": "contact", "service_level": "contact", "fcr": "contact",
    "handling_time": "contact", "abandonment": "contact", "repeat": "contact",
    "resolution": "case", "bounce": "visit", "conversion": "visit", "retention": "customer",
}  # fmt: skip


def told(estimate: Estimate, lang: str) -> str:
    """An estimate in running text: value and interval, or why there is no value."""
    bounds = between(estimate, lang)
    if estimate.status is Status.OK:
        shown = value(estimate, lang)
        if not bounds:
            return shown
        return phrase("say.ok", lang, {"value": shown, "between": bounds})
    if estimate.status is Status.FEW and bounds:
        return phrase("say.few", lang, {"few": value(estimate, lang), "between": bounds})
    return value(estimate, lang)


def counted(metric: str, n: int | None, lang: str, people: int | None = None) -> str:
    """`, sur 1 284 réponses`: what the figure rests on, named as the metric counts it.

    Cases are not customers, so both are told.

    >>> counted("resolution", 412, "fr", 398).replace("\N{NO-BREAK SPACE}", " ")
    ', sur 412 dossiers de 398 clients'
    """
    if n is None:
        return ""
    said = count(n, _COUNTED.get(metric, "answer"), lang)
    if people is not None and _COUNTED.get(metric) == "case":
        whose = {"count": said, "people": count(people, "customer", lang)}
        said = phrase("say.of_people", lang, whose)
    return phrase("say.counted", lang, {"count": said})


def over(about: About, lang: str) -> str:
    """`, 26 oct. – 22 nov. 2026`: the window, when there is one."""
    if about.window is None:
        return ""
    return phrase("say.over", lang, {"period": period(about.window, lang)})


def apart(low: Estimate, high: Estimate) -> bool:
    """Whether two intervals do not touch, the first being the lower."""
    return low.high is not None and high.low is not None and low.high < high.low


def listed(items: Sequence[str], lang: str) -> str:
    """`a, b et c`.

    >>> listed(["a", "b", "c"], "fr"), listed(["a"], "en")
    ('a, b et c', 'a')
    """
    if len(items) < 2:
        return "".join(items)
    return phrase("list.and", lang, {"first": ", ".join(items[:-1]), "last": items[-1]})
