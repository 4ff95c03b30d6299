"""What is promised beside the index: each promise in a sentence, the most missed one by hour."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import mark_safe

from verite.pictures.promises_hours import draw_hours_alone
from verite.sentences.numbers import figure
from verite.sentences.of_promises import say_promise
from verite.web.asked import Asked
from verite.web.language import language
from verite.web.pictured import Drawn
from verite.words.estimate import Unit
from verite.words.identical import Identical
from verite.words.promises import PromiseKept


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptTold:
    """Promises in sentences; of the one missed most, its hours."""

    title: str
    target: str
    picture: Drawn | None
    url: str
    others: tuple[str, ...]


def told_kept(found: Identical, asked: Asked) -> KeptTold | None:
    """Nothing where no promise is written."""
    if not found.promises:
        return None
    lang = language()
    first = min(found.promises, key=_lowest)
    others = tuple(say_promise(one, lang) for one in found.promises if one is not first)
    title = say_promise(first, lang)
    return KeptTold(
        title=title,
        target=figure(first.promise.target, Unit.PERCENT, lang),
        picture=_drawn(first, title) if first.worst else None,
        url=f"/promises?{asked.query(promise=first.promise.key)}",
        others=others,
    )


def _drawn(one: PromiseKept, title: str) -> Drawn:
    # It escapes every text it is given; nothing else enters it.
    wide, narrow = (
        mark_safe(draw_hours_alone(one, title, language(), is_narrow=is_narrow))  # noqa: S308
        for is_narrow in (False, True)
    )
    return Drawn(wide=wide, narrow=narrow)


def _lowest(one: PromiseKept) -> tuple[float, float]:
    """The worst hour told, then the whole."""
    values = [hour.cell.kept.value for hour in one.worst if hour.cell.kept.value is not None]
    return min(values, default=101.0), one.whole.value if one.whole.value is not None else 101.0
