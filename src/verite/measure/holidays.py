"""Public holidays of a country, or of one part of it, from the package `holidays`."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from verite.words.errors import BadInput


@lru_cache(maxsize=64)
def public_holidays(place: str, first_year: int, last_year: int) -> frozenset[date]:
    """The public holidays of a place, years included: `FR`, or `FR-57` (Moselle has two more).

    >>> date(2026, 7, 14) in public_holidays("FR", 2026, 2026)
    True
    >>> len(public_holidays("FR-57", 2026, 2026)) - len(public_holidays("FR", 2026, 2026))
    2
    """
    if not place:
        return frozenset()
    from holidays import country_holidays

    country, _, part = place.partition("-")
    years = range(first_year, last_year + 1)
    try:
        return frozenset(country_holidays(country, subdiv=part or None, years=years))
    except NotImplementedError as error:  # a country or a part that the package does not know
        raise BadInput("unknown_holidays", fields={"place": place}) from error
