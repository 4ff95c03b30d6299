"""Numbers with both their bounds, with as many decimals as the interval can bear."""

from __future__ import annotations

from typing import Final

from verite.sentences.numbers import number, span
from verite.words.moments import Ranged

_STEPS: Final = (10.0, 0.2, 0.02, 0.002)  # one more decimal under each of these widths


def range_digits(found: Ranged) -> int:
    """As many decimals as the width of the interval can bear.

    >>> range_digits(Ranged(value=4.1, low=2.9, high=5.3))
    1
    >>> range_digits(Ranged(value=0.08, low=0.07, high=0.1))
    2
    """
    return sum(found.high - found.low < step for step in _STEPS)


def range_value(
    found: Ranged, lang: str, digits: int | None = None, *, signed: bool = False
) -> str:
    """The value alone, with as many decimals as wanted or as its interval bears.

    >>> range_value(Ranged(value=4.1, low=2.9, high=5.3), "fr", signed=True)
    '+4,1'
    """
    shown = range_digits(found) if digits is None else digits
    return number(found.value, lang, shown, signed=signed)


def range_bounds(found: Ranged, lang: str, digits: int | None = None) -> str:
    """The bounds alone, between brackets.

    >>> range_bounds(Ranged(value=4.1, low=2.9, high=5.3), "en")
    '[2.9, 5.3]'
    """
    return span(found.low, found.high, lang, range_digits(found) if digits is None else digits)
