"""What is fixed in advance of any study of moments: table `[moments]` of verite.toml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Final

from verite.words.errors import BadInput


@dataclass(frozen=True, slots=True, kw_only=True)
class MomentsSettings:
    """Levels of experience are from 0 to 10, 5 being neither good nor bad."""

    bad_below: float = 4.5
    good_from: float = 6.5
    # A moment is declared only if a bad or a good experience of it moves one answer by at least
    # so many standard deviations, the near bound of the interval included (0.5 is a medium
    # effect: Cohen 1988).
    least_effect: float = 0.5
    false_rate: float = 0.10  # of the touchpoints told apart, how many may be false
    needed: int = 30  # answers on each side of a comparison
    before_days: int = 90  # of experience read before an answer
    outcome_days: int = 30  # within which a loss or a purchase is looked for


LEAST: Final = 30  # answers under which no figure is told
SETTINGS: Final[tuple[str, ...]] = tuple(spec.name for spec in fields(MomentsSettings))


def read_moments_settings(table: Mapping[str, object]) -> MomentsSettings:
    """The settings written in the table; one clear refusal for what cannot be.

    >>> read_moments_settings({"least_effect": 0.3}).least_effect
    0.3
    """
    given: dict[str, float] = {}
    for key, value in table.items():
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if key not in SETTINGS or not number:
            raise BadInput("bad_settings", fields={"detail": f"[moments] {key} = {value}"})
        given[key] = float(str(value))
    found = MomentsSettings()
    for key, number_given in given.items():
        kind = type(getattr(found, key))
        found = replace(found, **{key: kind(number_given)})
    sound = 0 <= found.bad_below <= found.good_from <= 10 and 0 < found.false_rate < 1
    if not sound or found.needed < LEAST or found.least_effect < 0:
        raise BadInput("bad_settings", fields={"detail": "[moments]"})
    return found
