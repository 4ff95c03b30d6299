"""Sentences of the moments of truth: what moves the outcome, by how much, how solid it is."""

from __future__ import annotations

from typing import Final

from verite.sentences.catalogue import Phrases
from verite.sentences.moments_drawn import outcome_name, outcome_told
from verite.sentences.names import touchpoint_name
from verite.sentences.numbers import number
from verite.sentences.ranges import range_digits
from verite.sentences.telling import listed
from verite.words.moments import Lack, Moment, MomentKind, Moments, OneMoment, Ranged

moments_words: Final = Phrases("moments")  # a text of the moments of truth, filled


def say_moments(result: Moments, lang: str) -> str:
    """Which touchpoints are moments of truth; when none is, the first of those compared."""
    fields = {
        "outcome": outcome_told(result.outcome, lang), "n": number(result.n, lang),
        "tested": number(result.study.tested.touchpoints, lang), "rung": str(result.rung.number),
        "rung_name": moments_words(f"rung.{result.rung.value}", lang),
    }  # fmt: skip
    found = result.declared
    if not found:
        first = _one(result.rows[0], lang) if result.rows else ""
        return moments_words("say.none", lang, {**fields, "first": first})
    count = "count.one" if len(found) == 1 else "count.many"
    fields["count"] = moments_words(count, lang, {"n": number(len(found), lang)})
    fields["list"] = listed([_one(row, lang) for row in found], lang)
    return moments_words("say.found", lang, fields)


def say_moment(result: OneMoment, lang: str) -> str:
    """What one touchpoint does to the outcome."""
    row = result.moment
    rung = row.solidity.rung
    told = moments_words("say.moment", lang, {
        "name": touchpoint_name(row.touchpoint), "effect": _effect(row, lang),
        "kind": moments_words(f"kind.{row.kind.value}", lang), "n": number(row.n, lang),
        "stake": _stake(row, outcome_name(result.outcome, lang), lang),
        "rung": str(rung.number), "rung_name": moments_words(f"rung.{rung.value}", lang),
    })  # fmt: skip
    return told.replace("  ", " ")


def _stake(row: Moment, outcome: str, lang: str) -> str:
    """The points at stake; without a direction, that none are told."""
    if row.stake is None:
        return moments_words("say.own_stake" if Lack.OWN in row.lacks else "say.no_stake", lang)
    return moments_words("say.stake", lang, {
        "outcome": outcome, "points": value_of(row.stake, lang),
        "range": range_of(row.stake, lang), "aim": moments_words(f"aim.{row.aim.value}", lang),
    })  # fmt: skip


def _effect(row: Moment, lang: str) -> str:
    """The side that makes the kind; both when there are both."""
    sides = (("say.penalty", row.penalty, MomentKind.DELIGHT),
             ("say.reward", row.reward, MomentKind.FRICTION))  # fmt: skip
    told = [
        moments_words(key, lang, {
            "value": value_of(found, lang, signed=True), "range": range_of(found, lang)
        })
        for key, found, unless in sides
        if found is not None and row.kind is not unless
    ]  # fmt: skip
    return " ".join(told)


def _one(row: Moment, lang: str) -> str:
    fields = {
        "name": touchpoint_name(row.touchpoint),
        "kind": moments_words(f"kind.{row.kind.value}", lang),
    }  # fmt: skip
    if row.stake is None:
        return moments_words("say.one_neutral", lang, fields)
    return moments_words("say.one", lang, {
        **fields, "points": value_of(row.stake, lang), "range": range_of(row.stake, lang),
        "aim": moments_words(f"aim.{row.aim.value}", lang),
    })  # fmt: skip


def value_of(found: Ranged, lang: str, *, signed: bool = False) -> str:
    """The value, with as many decimals as its interval bears, one at least."""
    return number(found.value, lang, _digits(found), signed=signed)


def _digits(found: Ranged) -> int:
    """One decimal, more where the interval bears them."""
    return max(1, range_digits(found))


def range_of(found: Ranged, lang: str) -> str:
    """The bounds, with as many decimals as they bear, one at least.

    >>> range_of(Ranged(value=4.1, low=2.94, high=5.3), "fr")
    '[2,9\\u202f; 5,3]'
    """
    digits = _digits(found)
    low, high = (number(bound, lang, digits) for bound in (found.low, found.high))
    return moments_words("say.range", lang, {"low": low, "high": high})
