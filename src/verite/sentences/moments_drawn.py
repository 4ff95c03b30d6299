"""What pictures of moments say: axes, corners, titles of marks, names of outcomes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final, TypeVar

from verite.sentences.catalogue import Phrases, text
from verite.sentences.names import metric_name
from verite.words.double import DoubleEffect
from verite.words.moments import Moment, Moments, OneMoment

drawn_words: Final = Phrases("moments_drawn")  # a text of a picture of moments, filled

_POINT: Final = re.compile(r"\b(touchpoint|other)=(.*?)(?=, \w+=|$)")  # in a note

M = TypeVar("M", Moments, OneMoment, DoubleEffect)


def outcome_name(outcome: str, lang: str) -> str:
    """The name of what moments move; a rating of the company's own is made readable.

    >>> outcome_name("churn", "fr"), outcome_name("box_ease", "en")
    ('Clients gardés', 'box ease')
    """
    return text("moments_drawn", f"outcome.{outcome}", lang) or metric_name(outcome, lang)


def outcome_told(outcome: str, lang: str) -> str:
    """The same in a sentence, with its article.

    >>> outcome_told("nps_relational", "fr"), outcome_told("churn", "en")
    ('le NPS relationnel', 'the share of customers kept')
    """
    known = text("moments_drawn", f"the.{outcome}", lang)
    return known or drawn_words("the.own", lang, {"name": metric_name(outcome, lang)})


def with_names(result: M, name: Callable[[str], str]) -> M:
    """The result with its touchpoints by their names, for pictures and sentences."""
    if isinstance(result, DoubleEffect):
        return replace(result, touchpoint=name(result.touchpoint))
    if isinstance(result, OneMoment):
        return replace(result, moment=_named(result.moment, name))
    return replace(
        result,
        rows=tuple(_named(row, name) for row in result.rows),
        left_out=tuple(replace(x, touchpoint=name(x.touchpoint)) for x in result.left_out),
        about=replace(result.about, notes=tuple(_note(x, name) for x in result.about.notes)),
    )


def _note(note: str, name: Callable[[str], str]) -> str:
    """A note with the touchpoints that it names as people call them."""
    return _POINT.sub(lambda found: f"{found[1]}={name(found[2])}", note)


def _named(row: Moment, name: Callable[[str], str]) -> Moment:
    tied = tuple(name(key) for key in row.tied_with)
    return replace(row, touchpoint=name(row.touchpoint), tied_with=tied)
