"""What a reader could repeat of all moments, and of one."""

from __future__ import annotations

from typing import Final

from verite.pictures.moments import is_disproportionate
from verite.sentences.moments_drawn import outcome_told
from verite.sentences.numbers import number, share
from verite.sentences.of_moments import moments_words
from verite.sentences.telling import listed
from verite.web.language import language
from verite.web.letters import in_letters
from verite.web.moments.signs import shape_of, told_range, unit_of_points
from verite.web.touchpoints.naming import Names
from verite.web.wording import say
from verite.words.estimate import Unit
from verite.words.moments import Lack, Moment, MomentKind, Moments

KINDS: Final = (MomentKind.FRICTION, MomentKind.DELIGHT, MomentKind.BOTH)


def title_of(moments: Moments) -> str:
    """How many stand out, for which outcome, and whether far beyond their volume."""
    outcome, found = outcome_told(moments.outcome, language()), moments.declared
    if not found:
        return say("moments.none_stands_out", outcome=outcome)
    key = "far_beyond" if all(is_disproportionate(row) for row in found) else "stand_out"
    return say(f"moments.{key}", count=len(found), many=in_letters(len(found)), outcome=outcome)


def lede_of(moments: Moments, names: Names) -> str:
    """Which ones by kind, their volume and their effect together, whether they can be ranked."""
    lang, found = language(), moments.declared
    if not found:
        return say("moments.lede_none")
    parts = []
    for kind in KINDS:
        here = [names.name(row.touchpoint) for row in found if row.kind is kind]
        if here:
            told = say(f"moments.lede_{kind.value}", count=len(here), names=listed(here, lang))
            parts.append(told)
    volume, effect = sum(r.volume_share for r in found), sum(r.effect_share for r in found)
    parts.append(say("moments.lede_together", count=len(found), volume=share(volume, lang, 1),
                     effect=share(effect, lang)))  # fmt: skip
    keys = {row.touchpoint for row in found}
    if len(found) > 1 and all(keys - {row.touchpoint} <= set(row.tied_with) for row in found):
        parts.append(say("moments.lede_tied"))
    return " ".join(parts)


def title_of_one(row: Moment, name: str) -> str:
    """A touchpoint, what it is, and whether its effect goes far beyond its volume."""
    shape = shape_of(row)
    key = f"{shape}_far" if shape in set(KINDS) and is_disproportionate(row) else shape
    return say(f"moments.title_{key}", name=name)


def lede_of_one(row: Moment, outcome: str, unit: Unit) -> str:
    """What a bad and a good experience go with, and the points at stake, with intervals and n."""
    lang, parts = language(), []
    for key, found in (("penalty", row.penalty), ("reward", row.reward)):
        if found is not None:
            side = told_range(found, signed=True)
            parts.append(say(f"moments.lede_{key}", value=side.value, bounds=side.bounds,
                             unit=unit_of_points(unit, found.value)))  # fmt: skip
    if Lack.OWN in row.lacks:
        return " ".join([*parts, moments_words("say.own_stake", lang)])
    points = told_range(row.points)
    key = row.aim.value if shape_of(row) in set(KINDS) else "undirected"
    if row.kind is MomentKind.NEUTRAL:
        key = "neutral"
    parts.append(say(
        f"moments.lede_{key}", value=points.value, bounds=points.bounds,
        unit=unit_of_points(unit, row.points.value), outcome=outcome_told(outcome, lang),
        n=number(row.n, lang),
    ))  # fmt: skip
    return " ".join(parts)
