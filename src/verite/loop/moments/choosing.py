"""Which touchpoints can be studied, and why the others cannot."""

from __future__ import annotations

from typing import Final

import numpy as np

from verite.loop.moments.columns import Touchpoint, lay_out
from verite.loop.moments.lived import Lived
from verite.loop.moments.port import Floats, Ints
from verite.words.moments import LeftOut

# Inflation of the variance beyond which two touchpoints are not told apart; and where the
# experience never changes, so that only who went there tells (Johnston, Jones & Manley 2018).
INFLATION: Final = 5.0
INFLATION_SAME: Final = 2.5
TOUCHPOINTS_AT_MOST: Final = 60
HIDDEN: Final = 5


def left_out_of(lived: Lived, kept: list[Touchpoint]) -> list[LeftOut]:
    """The touchpoints met before too few answers to be told."""
    names = {one.name for one in kept}
    counts = (~np.isnan(lived.experience)).sum(axis=0)
    return [
        LeftOut(touchpoint=name, reason="few", n=int(count) if count >= HIDDEN else 0)
        for name, count in zip(lived.names, counts, strict=True)
        if name not in names and count > 0
    ]


def apart_from_own(met: list[Touchpoint]) -> tuple[list[Touchpoint], list[LeftOut]]:
    """Without those known by the scores to explain alone, where something else was lived: a score
    does not explain itself. Where they are all there is, they stay, and are never declared."""
    felt = [one for one in met if not one.only_own]
    if not felt:
        return met, []
    return felt, [_left(one, "own_score") for one in met if one.only_own]


def tell_apart(
    touchpoints: list[Touchpoint], fixed: Floats, y: Floats
) -> tuple[list[Touchpoint], list[LeftOut]]:
    """Without those whose experience never changes and that everyone met, nor those that always
    go with another: one by one, the least told apart first."""
    kept = [one for one in touchpoints[:TOUCHPOINTS_AT_MOST] if one.columns()]
    left = [_left(one, "many") for one in touchpoints[TOUCHPOINTS_AT_MOST:]]
    left += [
        _left(one, "constant") for one in touchpoints[:TOUCHPOINTS_AT_MOST] if not one.columns()
    ]
    judged = [one for one in kept if not one.only_own]
    related, owner = _related(judged, fixed, y)
    while len(judged) > 1:
        inflation = _inflation(related, owner, judged)
        worst = max(range(len(judged)), key=lambda place: (inflation[place], place))
        if inflation[worst] < 1.0:
            break
        near = np.where(owner == worst, -1.0, np.abs(related[owner == worst]).max(axis=0))
        with_it = judged[int(owner[int(np.argmax(near))])].name
        left.append(_left(judged.pop(worst), f"collinear:{with_it}"))
        held = owner != worst
        related, owner = related[np.ix_(held, held)], owner[held] - (owner[held] > worst)
    return [one for one in kept if one.only_own or any(one is held for held in judged)], left


def _left(one: Touchpoint, reason: str) -> LeftOut:
    return LeftOut(touchpoint=one.name, reason=reason, n=int(one.met.sum()))


def _related(kept: list[Touchpoint], fixed: Floats, y: Floats) -> tuple[Floats, Ints]:
    """Correlations of the columns of the touchpoints, and whose each column is."""
    matrix = lay_out([one.straight() for one in kept], fixed[:, :0], y)
    owner = np.repeat(np.arange(len(kept)), [len(one.model) for one in matrix.places])
    if len(owner) < 2:
        return np.asarray(np.eye(len(owner))), owner
    return np.asarray(np.corrcoef(matrix.columns[:, 1:-1], rowvar=False)), owner


def _inflation(related: Floats, owner: Ints, judged: list[Touchpoint]) -> list[float]:
    """Per touchpoint the generalised inflation of its variance, a column's worth (Fox & Monette
    1992): det(R⁻¹)ⱼ · det Rⱼ; over what is allowed."""
    inverse = np.linalg.inv(related + 1e-9 * np.eye(len(owner)))
    found = []
    for place, one in enumerate(judged):
        own = np.flatnonzero(owner == place)
        block = np.ix_(own, own)
        inflated = np.linalg.det(inverse[block]) * np.linalg.det(related[block])
        allowed = INFLATION if one.varies else INFLATION_SAME
        found.append(float(max(inflated, 0.0)) ** (1.0 / len(own)) / allowed)
    return found
