"""The two sides of a touchpoint, bad and good, and what they are compared with."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np

from verite.loop.moments.port import Floats, Mask
from verite.loop.moments.settings import MomentsSettings

RARE: Final = 0.10  # of those who met it: a middling experience rarer than that is not the usual


class Usual(StrEnum):
    """What is usual, so that the rest is compared with it."""

    REST = "rest"  # neither a bad nor a good experience
    GOOD = "good"
    BAD = "bad"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """The answers before which the experience was bad, or good. `apart`: most met the touchpoint,
    so that those who did not are a state of its own (an order that never came)."""

    bad: Mask
    good: Mask
    usual: Usual
    apart: bool


def sides_of(level: Floats, met: Mask, settings: MomentsSettings) -> Sides:
    """The sides, and what is usual: for a touchpoint that few met, to have had neither. For one
    that most met, a middling experience; where that is rare (under a tenth of those who met it, or
    under the answers needed), the commoner of bad and good: what everything else is compared with
    does not turn on a few answers."""
    with np.errstate(invalid="ignore"):
        bad, good = level < settings.bad_below, level >= settings.good_from
    meetings = int(np.count_nonzero(met))
    middling = int(np.count_nonzero(met & ~bad & ~good))
    apart = meetings > 0.5 * len(met)
    usual = Usual.REST
    if apart and middling < max(settings.needed, RARE * meetings):
        is_good = np.count_nonzero(good) >= np.count_nonzero(bad)
        usual = Usual.GOOD if is_good else Usual.BAD
    return Sides(bad=bad, good=good, usual=usual, apart=apart)


def no_sides(lines: int) -> Sides:
    """Nobody on either side."""
    nobody = np.zeros(lines, dtype=np.bool_)
    return Sides(bad=nobody, good=nobody, usual=Usual.REST, apart=False)
