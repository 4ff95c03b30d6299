"""The story card in words: what was said, tried and waited for, what not to ask, what to grant."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from verite.sentences.catalogue import Phrases
from verite.sentences.dates import day, instant
from verite.sentences.names import channel_name, name_in
from verite.sentences.numbers import count, duration, number, span
from verite.words.customer import Customer, Mark, Story

card: Final = Phrases("customers")  # a phrase of the card, filled

LONGEST = 160  # letters of what was said


def tell_card(customer: Customer, lang: str) -> tuple[tuple[str, str], ...]:
    """Lines of a name and what it says; those with nothing to say are left out."""
    story = customer.story
    lines = [
        ("said", " ".join(_quoted(words, lang) for words in story.said)),
        ("tried", _listed(_times(one.step, one.times, lang) for one in story.tried)),
        ("result", name_in("outcome", story.result, lang) if story.result else ""),
        ("waiting", _waiting(customer, lang)),
        ("waited", _waited(customer, lang)),
        ("not_to_ask", _listed(_known(code, lang) for code in story.not_to_ask)),
        ("preferred", _preferred(story, lang)),
        ("unfit", _listed(channel_name(one, lang) for one in story.unfit_channels)),
        ("promises", _listed(story.promises)),
        ("grants", _listed(story.grants)),
        ("feeling", _feeling(customer, lang)),
        ("alerts", _listed(
            card("card.alerted", lang, {"at": instant(alert.at, lang)}) for alert in customer.alerts
        )),
    ]  # fmt: skip
    return tuple((card(f"card.{key}", lang), told) for key, told in lines if told)


def mark_names(marks: Iterable[Mark], lang: str) -> str:
    """Marks as people say them.

    >>> mark_names((Mark.RETOLD, Mark.REPEAT), "en")
    'story told again, repeat contact'
    """
    return _listed(card(f"mark.{mark.value}", lang) for mark in marks)


def _quoted(words: str, lang: str) -> str:
    shown = words if len(words) <= LONGEST else words[:LONGEST].rsplit(" ", 1)[0] + "…"
    return card("card.quoted", lang, {"words": shown})


def _times(step: str, times: int, lang: str) -> str:
    named = name_in("step", step, lang)
    if times < 2:
        return named
    return card("card.times", lang, {"step": named, "n": number(times, lang)})


def _waiting(customer: Customer, lang: str) -> str:
    code = customer.story.waiting_for
    if code is None or (code == "nothing" and customer.story.since is None):
        return ""
    return card(f"waiting.{code}", lang)


def _waited(customer: Customer, lang: str) -> str:
    kinds = customer.effort.wait_kinds
    told = [card(f"wait.{kind}", lang, {"time": duration(s, lang)}) for kind, s in kinds]
    if len(told) < 2:
        return told[0] if told else ""
    return f"{duration(customer.effort.wait_s, lang)} ({_listed(told)})"


def _known(code: str, lang: str) -> str:
    step = code.removeprefix("step:")
    return name_in("step", step, lang) if step != code else card(f"card.{code}", lang)


def _preferred(story: Story, lang: str) -> str:
    if story.preferred_channel is None:
        return ""
    contacts = count(story.preferred_n, "contact", lang)
    named = channel_name(story.preferred_channel, lang)
    return card("card.chosen", lang, {"channel": named, "contacts": contacts})


def _feeling(customer: Customer, lang: str) -> str:
    feeling, at = customer.feeling, customer.about.as_of
    if feeling.value is None or feeling.low is None or feeling.n == 0:
        return card("card.felt_none", lang)
    return card("card.felt" if feeling.calibrated else "card.felt_plain", lang, {
        "value": number(feeling.value, lang),
        "span": span(feeling.low, feeling.high, lang),
        "contacts": count(feeling.n, "contact", lang),
        "date": fading(at, lang),
    })  # fmt: skip


def fading(at: datetime | None, lang: str) -> str:
    r"""The date of a running feeling, and that it fades; nothing without a date.

    >>> fading(datetime(2026, 11, 22), "en").replace("\xa0", " ")
    ', as of 22 Nov 2026, older contacts weighing less'
    """
    return "" if at is None else card("card.fades", lang, {"date": day(at, lang)})


def _listed(told: Iterable[str]) -> str:
    return ", ".join(told)
