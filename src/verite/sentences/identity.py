"""Words of the pictures of identical experience: shares, squares, verdicts."""

from __future__ import annotations

from typing import Final

from verite.sentences.catalogue import Phrases, text
from verite.sentences.names import dimension_name, name_in, touchpoint_name, value_name
from verite.sentences.numbers import count, difference, interval, number, share
from verite.sentences.telling import listed
from verite.sentences.typography import THIN, known
from verite.words.estimate import Status
from verite.words.feeling import Bounded
from verite.words.identical import Alike, Cell, Decomposition, IdentityMap, Share

identity_words: Final = Phrases("identity")  # a text of these pictures, filled

_SIGNS: Final = {Alike.IDENTICAL: "=", Alike.DIFFERENT: "≠", Alike.UNDECIDED: "?"}
_NAMED_AT_MOST: Final = 3


def share_and_range(one: Share, lang: str) -> str:
    """`46 % [35 ; 56]`.

    >>> part = Bounded(value=0.46, low=0.35, high=0.56)
    >>> share_and_range(Share(dimension="team", share=part, deviation=part, units=9), "en")
    '46% [35, 56]'
    """
    found = one.share
    told = "" if found.value is None else share(found.value, lang)
    return f"{told} {range_of(found, lang, factor=100)}".strip()


def range_of(found: Bounded, lang: str, *, digits: int = 0, factor: float = 1.0) -> str:
    """`[35 ; 56]`; empty without bounds."""
    if found.low is None or found.high is None:
        return ""
    low, high = (number(factor * x, lang, digits) for x in (found.low, found.high))
    return f"[{low}{THIN}; {high}]" if known(lang) == "fr" else f"[{low}, {high}]"


def units_of(one: Share, lang: str) -> str:
    """`9 équipes`."""
    name = text("identity", f"many.{one.dimension}", lang) or dimension_name(one.dimension, lang)
    return identity_words("shares.units", lang, {"n": number(one.units, lang), "name": name})


def sign_of(cell: Cell) -> str:
    """=, ≠ or ?: the verdict by its shape."""
    return "" if cell.alike is None else _SIGNS[cell.alike]


def effect_of(cell: Cell, lang: str) -> str:
    """The distance from the mean, signed."""
    return difference(cell.effect, lang)[0]


def n_of(cell: Cell, lang: str) -> str:
    """`n = 742`."""
    return identity_words("cell.n", lang, {"n": number(cell.effect.n or 0, lang)})


def verdict_of(cell: Cell, lang: str) -> str:
    """The verdict in a word; empty without one."""
    return "" if cell.alike is None else identity_words(f"verdict.{cell.alike}", lang)


def title_of(cell: Cell, names: tuple[str, str], lang: str) -> str:
    """Everything a square says, for those who do not see it."""
    fields = {"row": names[0], "column": names[1], "range": interval(cell.effect, lang),
              "n": n_of(cell, lang)}  # fmt: skip
    if cell.effect.status is Status.HIDDEN:
        return identity_words("cell.title_hidden", lang, fields)
    if cell.effect.value is None:
        return identity_words("cell.title_few", lang, fields)
    told = {"effect": effect_of(cell, lang), "verdict": verdict_of(cell, lang)}
    return identity_words("cell.title", lang, {**fields, **told})


def say_identity_map(found: IdentityMap, lang: str) -> str:
    """How many squares are clearly different, and the furthest of them."""
    judged = [cell for cell in found.cells if cell.alike is not None]
    out = [cell for cell in judged if cell.alike is Alike.DIFFERENT]
    fields = {"judged": count(len(judged), "square", lang)}
    if not judged:
        return identity_words("map.none", lang)
    if not out:
        return identity_words("map.same", lang, fields)
    named = [_said(cell, found.rows, lang) for cell in furthest(found)[:_NAMED_AT_MOST]]
    many = {"count": count(len(out), "square", lang)}
    fields["different"] = identity_words("map.many", lang, many)
    fields["list"] = listed(named, lang)
    return identity_words("map.finding", lang, fields)


def furthest(found: IdentityMap) -> list[Cell]:
    """The squares that are clearly different, the furthest first."""
    out = [cell for cell in found.cells if cell.alike is Alike.DIFFERENT]
    return sorted(out, key=lambda cell: -abs(cell.effect.value or 0.0))


def say_furthest(found: IdentityMap, lang: str) -> str:
    """The square furthest from the mean; empty when none is clearly different."""
    out = furthest(found)
    if not out:
        return ""
    return identity_words("map.furthest", lang, {"cell": _said(out[0], found.rows, lang)})


def read_identity_map(delta: float, lang: str) -> str:
    """How to read the map."""
    digits = 2 if delta < 0.5 else 1
    return identity_words("map.reading", lang, {"delta": number(delta, lang, digits)})


def say_decomposition(found: Decomposition, lang: str) -> str:
    """The share of each dimension, the largest first."""
    known_ = [one for one in found.shares if one.share.value is not None]
    if not known_:
        return identity_words("shares.none", lang)
    known_.sort(key=lambda one: -(one.share.value or 0.0))
    said = [f"{dimension_name(one.dimension, lang)} {share_and_range(one, lang)}" for one in known_]
    return identity_words("shares.all", lang, {"list": ", ".join(said)})


def row_told(rows: str, key: str, lang: str) -> str:
    """A row of the map: a touchpoint, a motive, a team.

    >>> row_told("motive", "slow_wifi", "en"), row_told("team", "chat-a", "en")
    ('slow wifi', 'chat-a')
    """
    if rows == "touchpoint":
        return touchpoint_name(key)
    return name_in("motive", key, lang) if rows == "motive" else value_name(rows, key, lang)


def _said(cell: Cell, rows: str, lang: str) -> str:
    row, column = cell.by
    return identity_words("map.cell", lang, {
        "row": row_told(rows, row.value, lang),
        "column": value_name("channel", column.value, lang).lower(),
        "effect": effect_of(cell, lang),
    })  # fmt: skip
