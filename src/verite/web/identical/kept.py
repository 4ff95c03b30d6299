"""What is promised beside the index: each promise in a sentence, the most missed one by hour."""

from __future__ import annotations

from dataclasses import dataclass

from verite.home import Home
from verite.sentences.of_promises import say_promise
from verite.sentences.reading import how_to_read
from verite.sentences.zones import in_zone
from verite.web.asked import Asked
from verite.web.language import language
from verite.web.pictured import Drawn, drawn
from verite.web.promises.links import PromiseLinks
from verite.web.touchpoints.naming import Names
from verite.words.identical import Identical
from verite.words.promises import PromiseKept, PromiseSlots


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptTold:
    """Promises in sentences; of the one missed most at some hours, its week."""

    title: str
    reading: str
    picture: Drawn | None
    url: str
    others: tuple[str, ...]


def told_kept(home: Home, found: Identical, asked: Asked, names: Names) -> KeptTold | None:
    """Nothing where no promise is written."""
    if not found.promises:
        return None
    lang = language()
    first = min(found.promises, key=_lowest)
    others = tuple(say_promise(one, lang) for one in found.promises if one is not first)
    shown = in_zone(PromiseSlots(about=found.about, kept=first), home.settings.zone)
    links = PromiseLinks(asked=asked, names=names, key=first.promise.key)
    return KeptTold(
        title=say_promise(first, lang),
        reading=how_to_read(shown, lang),
        picture=drawn(shown, links) if first.worst and first.slots else None,
        url=f"/promises?{asked.query(promise=first.promise.key)}",
        others=others,
    )


def _lowest(one: PromiseKept) -> tuple[float, float]:
    """The worst hour told, then the whole."""
    values = [hour.cell.kept.value for hour in one.worst if hour.cell.kept.value is not None]
    return min(values, default=101.0), one.whole.value if one.whole.value is not None else 101.0
