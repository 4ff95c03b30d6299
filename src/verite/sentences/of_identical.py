"""The law of identical experience in one sentence, and the names that its pages use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Final

from verite.sentences.catalogue import Phrases
from verite.sentences.names import dimension_name
from verite.sentences.numbers import number, share, span
from verite.sentences.telling import counted, listed, over
from verite.words.feeling import Bounded
from verite.words.identical import Alike, Identical, Share

identical_words: Final = Phrases("identical")  # a text of identical experience, filled


def say_identical(found: Identical, lang: str) -> str:
    """The index, its interval and the heaviest dimension; never without what is on target."""
    fields = {"counted": counted(found.metric, found.n, lang), "over": over(found.about, lang)}
    if found.index.value is None:
        told = identical_words("say.none", lang, {**fields, "count": _contrasts(found, lang)})
    else:
        told = identical_words("say.index", lang, {
            **fields,
            "value": number(found.index.value, lang),
            "range": span(found.index.low, found.index.high, lang),
            "of": dimensions_of(found, lang),
            "delta": delta_told(found, lang),
            "most": _most(found, lang),
        })  # fmt: skip
    return told + _on_target(found, lang)


def note_fields(fields: Mapping[str, str], lang: str) -> dict[str, str]:
    """The fields of a note of identical experience in words: names of dimensions, the margin.

    >>> note_fields({"dimension": "team", "dimensions": "motive+segment.offer"}, "fr")
    {'dimension': 'Équipe', 'dimensions': 'motif et offre'}
    """
    told = dict(fields)
    if "dimension" in fields:
        named = dimension_name(fields["dimension"], lang)
        told["dimension"] = named[:1].upper() + named[1:]
    if "other" in fields:
        told["other"] = dimension_name(fields["other"], lang)
    if "dimensions" in fields:
        names = fields["dimensions"].split("+")
        told["dimensions"] = listed([dimension_name(name, lang) for name in names], lang)
    tails = [float(fields[name]) for name in ("worse", "better") if name in fields]
    if tails:
        found = [share(tail / 100, lang, 1) for tail in tails]
        told["tails"] = listed(found, lang)
    for name in {"n", "people"} & fields.keys():
        told[name] = number(int(fields[name]), lang)
    if "delta" in fields:
        told["delta"] = number(float(fields["delta"]), lang, decimals(float(fields["delta"])))
    return told


def dimensions_of(found: Identical, lang: str) -> str:
    """`des canaux, équipes et semaines`: what the index runs over."""
    named = [identical_words(f"plural.{one.dimension}", lang) for one in found.shares]
    return identical_words("say.of", lang, {"list": listed(named, lang)})


def delta_told(found: Identical, lang: str) -> str:
    """The margin and its scale: `0,25 point l'une de l'autre (échelle 1-5)`."""
    fields = {
        "delta": number(found.delta, lang, decimals(found.delta)),
        "scale": f"{found.lowest:g}-{found.highest:g}",
    }
    key = "say.delta" if found.times is None else "say.delta_times"
    return identical_words(key, lang, fields)


def decimals(x: float) -> int:
    """The decimals that a margin was written with.

    >>> decimals(0.25), decimals(0.5), decimals(10.0)
    (2, 1, 0)
    """
    return len(f"{x:.6f}".rstrip("0").partition(".")[2])


def share_told(one: Bounded, lang: str) -> str:
    """A share as a percentage; a dash when nothing varies."""
    return "–" if one.value is None else share(one.value, lang)


def bounds_told(one: Bounded, lang: str, *, per: float = 1.0, digits: int = 0) -> str:
    """The interval of a figure: `[35 ; 56]`."""
    low, high = (None if bound is None else bound / per for bound in (one.low, one.high))
    return span(low, high, lang, digits)


def heaviest(found: Identical) -> Share | None:
    """The dimension that bears most of the gaps, when its interval stands above the next's."""
    ranked = sorted(found.shares, key=lambda one: -(one.share.value or 0.0))
    if not ranked or ranked[0].share.value is None:
        return None
    if len(ranked) > 1 and (ranked[0].share.low or 0.0) <= (ranked[1].share.high or 0.0):
        return None
    return ranked[0]


def _most(found: Identical, lang: str) -> str:
    first = heaviest(found)
    if first is None or len(found.shares) < 2:
        return ""
    return identical_words("say.most", lang, {
        "dimension": identical_words(f"the.{first.dimension}", lang),
        "share": share_told(first.share, lang),
        "range": bounds_told(first.share, lang, per=0.01),
    })  # fmt: skip


def _on_target(found: Identical, lang: str) -> str:
    if found.on_target_share is None:
        return identical_words("say.no_target", lang)
    proven, possible = on_target_counts(found)
    return identical_words("say.target", lang, {
        "proven": number(proven, lang), "possible": number(possible, lang),
        "judged": number(found.judged, lang),
    })  # fmt: skip


def on_target_counts(found: Identical) -> tuple[int, int]:
    """How many judged cells are proven identical and on target, and how many are not ruled out."""
    shares = (found.on_target_share or 0.0, found.on_target_possible or 0.0)
    proven, possible = (round(one * found.judged) for one in shares)
    return proven, possible


def _contrasts(found: Identical, lang: str) -> str:
    counts = Counter(one.alike for one in found.contrasts if one.alike)
    if not counts:
        return identical_words("say.contrast_none", lang)
    return identical_words(
        "say.contrast", lang, {one.value: number(counts[one], lang) for one in Alike}
    )
