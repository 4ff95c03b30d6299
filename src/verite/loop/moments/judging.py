"""Whether an effect may be called estimated: what a negative control says, and the rung allowed."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from verite.loop.moments.solidity import OVERLAP_LEAST, ROBUSTNESS_LEAST
from verite.words.double import DoubleEffect, Near, Withheld
from verite.words.moments import NEEDED_TO_ESTIMATE, OneMoment, Ranged, Rung

ALIKE: Final = 0.25  # standard deviations between both sides beyond which they differ (Rubin 2001)
NEAR_SHARE: Final = 0.25  # of the effect: what a control may reach and still be called near nothing


def near(control: Ranged, effect: float) -> Near:
    """Near nothing when the whole interval is within a quarter of the effect, or holds 0 and could
    have shown an effect as large; unsure when it holds 0 but is as wide as the effect itself.

    >>> near(Ranged(value=1.0, low=-2.0, high=4.0), -20.0).value
    'near'
    >>> near(Ranged(value=-8.0, low=-12.0, high=-4.0), -20.0).value
    'far'
    >>> near(Ranged(value=1.0, low=-22.0, high=24.0), -20.0).value
    'unsure'
    """
    reach = max(abs(control.low), abs(control.high))
    if reach <= NEAR_SHARE * abs(effect):
        return Near.NEAR
    if control.low > 0 or control.high < 0:
        return Near.FAR
    return Near.NEAR if reach < abs(effect) else Near.UNSURE


def judge(found: DoubleEffect, assumed: tuple[str, ...]) -> DoubleEffect:
    """The rung that the proofs and what somebody assumes allow, and why not the one above."""
    lacks = {
        Withheld.ASSUMPTIONS: not set(NEEDED_TO_ESTIMATE) <= set(assumed),
        Withheld.OVERLAP: found.overlap < OVERLAP_LEAST,
        Withheld.BALANCE: found.balance.after > ALIKE,
        Withheld.ROBUSTNESS: found.robustness_low < ROBUSTNESS_LEAST,
        Withheld.CONTROL: found.control is not None and found.control.near is Near.FAR,
    }
    withheld = tuple(why for why, is_so in lacks.items() if is_so)
    return replace(
        found, asked=replace(found.asked, assume=assumed), withheld=withheld,
        rung=Rung.ADJUSTED if withheld else Rung.ESTIMATED,
    )  # fmt: skip


def held_back(found: OneMoment, effect: DoubleEffect | None) -> OneMoment:
    """The moment, never called an estimated effect where a negative control is far from 0."""
    solidity = found.moment.solidity
    is_far = effect is not None and Withheld.CONTROL in effect.withheld
    if not is_far or solidity.rung is not Rung.ESTIMATED:
        return found
    moment = replace(found.moment, solidity=replace(solidity, rung=Rung.ADJUSTED))
    return replace(found, moment=moment)
