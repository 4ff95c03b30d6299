"""What repetition costs, in one sentence, and the names of its kinds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from verite.sentences.card import card
from verite.sentences.numbers import HOUR, MINUTE, number, share
from verite.sentences.telling import over
from verite.sentences.typography import NBSP, THIN, known
from verite.words.effort import EffortLost, LossRow
from verite.words.estimate import Estimate, Status

_SIGNS: Final = {"EUR": "€", "GBP": "£", "USD": "$"}
_LONG: Final = 10 * HOUR
_SHORT: Final = HOUR / 10


def say_effort(lost: EffortLost, lang: str) -> str:
    """The time of customers, the paid time and its cost, and the heaviest kind."""
    whole, fields = lost.whole, {"over": over(lost.about, lang)}
    if whole is None:
        return card("effort.none", lang, fields)
    if whole.spent.status is not Status.OK:
        return card("effort.hidden", lang, fields)
    value, low, high = whole.money(lost.cost_per_minute)
    return card("effort.some", lang, {
        **fields,
        "spent": _between(whole.spent.value, whole.spent.low, whole.spent.high, lang),
        "paid": work_time(whole.paid.value, lang),
        "money": _money_between((value, low, high), lost.currency, lang),
        "most": _most(lost, lang),
    })  # fmt: skip


def title_of_effort(lost: EffortLost, lang: str) -> str:
    """The finding as a title: the time, its cost, the heaviest kind; bounds are told below it."""
    whole = lost.whole
    if whole is None or whole.spent.status is not Status.OK:
        return card("effort.untold", lang)
    cost = money(whole.money(lost.cost_per_minute)[0], lost.currency, lang)
    fields = {"spent": work_time(whole.spent.value, lang), "money": cost}
    heaviest = _heaviest(lost)
    if heaviest is None:
        return card("effort.title", lang, fields)
    return card("effort.title_most", lang, {**fields, "loss": loss_name(heaviest.loss, lang)})


def loss_name(loss: str, lang: str) -> str:
    """The name of a kind of loss.

    >>> loss_name("repeat", "fr"), loss_name("all", "en")
    ('contacts répétés', 'all repetition')
    """
    return card(f"loss.{loss}", lang)


def work_unit(rows: Iterable[LossRow]) -> float:
    """One unit for a table of these rows, in seconds: hours once any of it lasts two."""
    lasts = (row.spent.high or row.spent.value or 0.0 for row in rows)
    return HOUR if max(lasts, default=0.0) >= 2 * HOUR else MINUTE


def work_time(seconds: float | None, lang: str, unit: float | None = None) -> str:
    """Working time: hours however many, never days; in the unit of its table, if in one.

    >>> work_time(3_600_000, "fr"), work_time(1500, "en"), work_time(None, "en")
    ('1\\u202f000\\xa0h', '25\\xa0min', '')
    >>> work_time(1500, "en", unit=3600), work_time(100, "fr", unit=3600)
    ('0.4\\xa0h', '0,03\\xa0h')
    """
    if seconds is None:
        return ""
    if (unit or (HOUR if seconds >= 2 * HOUR else MINUTE)) == MINUTE:
        return f"{number(seconds / MINUTE, lang)}{NBSP}min"
    digits = 0 if seconds >= _LONG or seconds == 0 else 1 if seconds >= _SHORT else 2
    return f"{number(seconds / HOUR, lang, digits)}{NBSP}h"


def work_between(found: Estimate, lang: str, unit: float | None = None) -> str:
    """The interval of working time: `[5 h ; 7 h]`."""
    low, high = work_time(found.low, lang, unit), work_time(found.high, lang, unit)
    if not low or not high:
        return ""
    return f"[{low}{THIN}; {high}]" if known(lang) == "fr" else f"[{low}, {high}]"


def money(amount: float | None, currency: str, lang: str) -> str:
    """An amount in the currency's place and sign.

    >>> money(20520.4, "EUR", "fr"), money(9.5, "GBP", "en"), money(None, "EUR", "fr")
    ('20\\u202f520\\xa0€', '£9.50', '')
    """
    if amount is None:
        return ""
    told = number(amount, lang, 0 if amount >= 100 or float(amount).is_integer() else 2)
    sign = _SIGNS.get(currency)
    if known(lang) == "fr" or sign is None:
        return f"{told}{NBSP}{sign or currency}"
    return f"{sign}{told}"


def _between(value: float | None, low: float | None, high: float | None, lang: str) -> str:
    bounds = {"low": work_time(low, lang), "high": work_time(high, lang)}
    return card("effort.between", lang, {"value": work_time(value, lang), **bounds})


def _money_between(
    amounts: tuple[float | None, float | None, float | None], currency: str, lang: str
) -> str:
    value, low, high = (money(amount, currency, lang) for amount in amounts)
    return card("effort.between", lang, {"value": value, "low": low, "high": high})


def _most(lost: EffortLost, lang: str) -> str:
    heaviest = _heaviest(lost)
    if heaviest is None or heaviest.share is None:
        return ""
    fields = {"loss": loss_name(heaviest.loss, lang), "share": share(heaviest.share, lang)}
    return card("effort.most", lang, fields)


def _heaviest(lost: EffortLost) -> LossRow | None:
    """The heaviest kind, when it can be told apart from the next."""
    kinds = [row for row in lost.rows if row.loss != "all" and not row.by]
    ranked = sorted(kinds, key=lambda row: row.spent.value or 0.0, reverse=True)
    if not ranked or ranked[0].spent.value is None or (len(ranked) > 1 and _touch(ranked)):
        return None
    return ranked[0]


def _touch(ranked: list[LossRow]) -> bool:
    first, second = ranked[0].spent, ranked[1].spent
    return first.low is None or second.high is None or first.low <= second.high
