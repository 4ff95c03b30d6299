"""The small-n rule: what may be shown of a figure that rests on few answers or few people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from verite.words.estimate import Estimate, Status

HIDDEN_UNDER: Final = 5
FEW_UNDER: Final = 30


def withhold(estimate: Estimate) -> Estimate:
    """The estimate as it may be shown: n < 5 hidden, 5-29 bounds only, from 30 all of it.

    Fewer than five people hide it too, however many answers they gave. No rows at all: unknown.

    >>> from verite.words.estimate import Unit
    >>> seen = Estimate(value=0.8, low=0.5, high=0.9, n=12, unit=Unit.PERCENT, method="wilson")
    >>> withhold(seen).value, withhold(seen).low, withhold(seen).status.value
    (None, 0.5, 'few')
    """
    rows = estimate.n
    if rows is None or estimate.status in (Status.FEW, Status.HIDDEN):
        return estimate
    if rows == 0:
        return replace(estimate, value=None, low=None, high=None, status=Status.UNKNOWN)
    if min(rows, rows if estimate.people is None else estimate.people) < HIDDEN_UNDER:
        return hide(estimate)
    if estimate.status is Status.UNKNOWN:
        return estimate
    if rows < FEW_UNDER:
        return replace(estimate, value=None, status=Status.FEW)
    return estimate


def hide(estimate: Estimate) -> Estimate:
    """Nothing of it left: neither value, bounds nor counts."""
    return replace(
        estimate, value=None, low=None, high=None, n=None, people=None, status=Status.HIDDEN
    )


def withhold_breakdown(groups: Sequence[Estimate]) -> tuple[Estimate, ...]:
    """The groups of one breakdown whose total is shown, each as it may be shown.

    When exactly one is hidden it could be had by subtraction: the smallest of the others is hidden
    too (complementary suppression).
    """
    shown = [withhold(estimate) for estimate in groups]
    hidden = [place for place, estimate in enumerate(shown) if estimate.status is Status.HIDDEN]
    others = [place for place, estimate in enumerate(shown) if estimate.n]
    if len(hidden) == 1 and others:
        smallest = min(others, key=lambda place: (shown[place].n or 0, place))
        shown[smallest] = hide(shown[smallest])
    return tuple(shown)
