"""What is fixed in advance of any figure: table `[experience]` of verite.toml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Final

from verite.words.errors import BadInput


@dataclass(frozen=True, slots=True, kw_only=True)
class ExperienceSettings:
    """Levels of experience are from 0 to 10, 5 being neither good nor bad."""

    bad_below: float = 4.5
    good_from: float = 6.5
    before_days: int = 90  # of experience read before an answer or a date
    loss_days: int = 30  # within which a loss is looked for
    kept_days: int = 90  # of a curve of customers kept
    margin_per_customer: float | None = None  # of a customer lost, in the currency
    cost_per_contact: float | None = None
    currency: str = "EUR"
    appreciated: str = "appreciated"  # the rating that asks whether one feels appreciated
    recommendations: tuple[str, ...] = (  # touchpoints, motives or segment values that say it
        "word_of_mouth", "recommendation", "referral", "bouche_a_oreille", "recommandation",
        "parrainage",
    )  # fmt: skip


SETTINGS: Final[tuple[str, ...]] = tuple(spec.name for spec in fields(ExperienceSettings))
_DAYS: Final = ("before_days", "loss_days", "kept_days")
_TEXTS: Final = ("currency", "appreciated")


def read_experience_settings(table: Mapping[str, object]) -> ExperienceSettings:
    """The settings written in the table; one clear refusal for what cannot be.

    >>> read_experience_settings({"margin_per_customer": 180}).margin_per_customer
    180.0
    """
    found = ExperienceSettings()
    for key, given in table.items():
        found = replace(found, **{key: _read(key, given)})  # type: ignore[arg-type]
    if not 0 <= found.bad_below <= found.good_from <= 10:
        raise BadInput("bad_settings", fields={"detail": "[experience] bad_below, good_from"})
    return found


def _read(key: str, given: object) -> object:
    refused = BadInput("bad_settings", fields={"detail": f"[experience] {key} = {given}"})
    if key not in SETTINGS:
        raise refused
    if key == "recommendations":
        if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
            raise refused
        return tuple(given)
    if key in _TEXTS:
        if not isinstance(given, str) or not given:
            raise refused
        return given
    if isinstance(given, bool) or not isinstance(given, int | float) or not 0 <= given < 1e12:
        raise refused
    if key in _DAYS:
        if int(given) != given or not 1 <= given <= 730:
            raise refused
        return int(given)
    return float(given)
