"""Times and shares in tables: withheld under five people, with their interval otherwise."""

from __future__ import annotations

from verite.sentences.numbers import duration, share, span
from verite.stats.intervals import LEVEL, normal_quantile
from verite.stats.shares import wilson
from verite.stats.withholding import HIDDEN_UNDER
from verite.web.language import language
from verite.web.wording import say


def told_time(seconds: float | None, n: int) -> str:
    """A length of time that rests on `n` people or cases: hidden under five."""
    if seconds is None:
        return ""
    return say("layout.hidden") if n < HIDDEN_UNDER else duration(seconds, language())


def told_share(count: int, n: int) -> tuple[str, str]:
    """`("31 %", "[30 ; 32]")`: count out of n with Wilson's interval; empty out of nothing."""
    if n == 0:
        return "", ""
    lang, part = language(), count / n
    bounds = wilson(part, n, normal_quantile(LEVEL)).times(100.0)
    width = (bounds.high or 0.0) - (bounds.low or 0.0)
    digits = sum(width < step for step in (2.0, 0.2))  # as many as the interval can bear
    return share(part, lang, digits), span(bounds.low, bounds.high, lang, digits)
