"""Sentences of an effect by double machine learning: what moves, by how much, how surely, why not
more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from verite.sentences.catalogue import Phrases
from verite.sentences.moments_drawn import outcome_name
from verite.sentences.names import dimension_name, touchpoint_name
from verite.sentences.numbers import number
from verite.sentences.of_moments import moments_words, range_of
from verite.sentences.ranges import range_digits
from verite.sentences.telling import listed
from verite.words.double import DoubleEffect, NegativeControl
from verite.words.moments import Ranged, Rung

double_words: Final = Phrases("double")  # a text of double machine learning, filled


def say_double(result: DoubleEffect, lang: str) -> str:
    """The effect with its interval, what it is compared with, its rung and why not the next."""
    rung = result.rung
    key = "say.effect" if rung is Rung.ESTIMATED else "say.adjusted"
    return double_words(key, lang, {
        "name": touchpoint_name(result.touchpoint),
        "side": double_words(f"side.{result.side.value}", lang),
        "outcome": outcome_name(result.outcome, lang),
        "value": _value(result.effect, lang), "range": range_of(result.effect, lang),
        "against": double_words(f"against.{result.against.value}", lang),
        "n": number(result.n, lang), "people": number(result.people, lang),
        "exposed": number(result.exposed_people, lang), "rung": str(rung.number),
        "rung_name": moments_words(f"rung.{rung.value}", lang),
        "control": say_negative_control(result.control, lang),
        "withheld": say_withheld(result, lang),
    })  # fmt: skip


def say_negative_control(found: NegativeControl | None, lang: str) -> str:
    """What the same calculation finds where there is nothing to find."""
    if found is None:
        return double_words("control.none", lang)
    fields = {"value": _value(found.effect, lang), "range": range_of(found.effect, lang)}
    return double_words(f"control.{found.near.value}", lang, fields)


def say_withheld(result: DoubleEffect, lang: str) -> str:
    """Why the effect is not called estimated; empty when it is."""
    if not result.withheld:
        return ""
    why = [double_words(f"withheld.{one.value}", lang) for one in result.withheld]
    return double_words("withheld.all", lang, {"why": listed(why, lang)})


def known_name(known: str, lang: str, place: Callable[[str], str] = touchpoint_name) -> str:
    """The name of something known before the exposure.

    >>> known_name("met:invoice", "en", str.title), known_name("since_first", "fr")
    ('having been to Invoice', 'l’ancienneté')
    """
    kind, _, about = known.partition(":")
    if about:
        return double_words(f"known.{kind}", lang, {"name": place(about)})
    if known.startswith("segment."):
        return dimension_name(known, lang)
    return double_words(f"known.{known or 'nothing'}", lang)


def _value(found: Ranged, lang: str) -> str:
    return number(found.value, lang, max(1, range_digits(found)), signed=True)
