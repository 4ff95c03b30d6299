"""The levels of experience of one moment as a table: what was answered at each, by how many."""

from __future__ import annotations

from verite.sentences.numbers import interval, number, value
from verite.web.language import language
from verite.web.wording import say
from verite.words.moments import Bin


def told_level(one: Bin) -> tuple[str, str, str, str]:
    """The level, the mean there, its interval, and of how many customers."""
    lang = language()
    level = say("moments.level", low=_bound(one.low), high=_bound(one.high))
    n = "" if one.mean.n is None else number(one.mean.n, lang)
    return level, value(one.mean, lang), interval(one.mean, lang), n


def _bound(x: float) -> str:
    return number(x, language(), 0 if float(x).is_integer() else 1)
