"""Who had an experience of one touchpoint, who they are compared with, and from when on each line
counts as exposed.

Somebody exposed counts from their first contact there in the days read. Who never met the
touchpoint has no such time: theirs is drawn among those of the exposed, as long before the answer
(Zhou, Rahme, Abrahamowicz & Pilote 2005). What was lived "before" is then read at like times on
both sides, and what came after is held alike on neither.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numba import njit

from verite.loop.moments.curves import people_of
from verite.loop.moments.effects import Effect
from verite.loop.moments.lived import DAY_US, Lived, through
from verite.loop.moments.model import SEED, Model
from verite.loop.moments.port import Floats, Ints, Mask, Reading
from verite.loop.moments.settings import MomentsSettings
from verite.loop.moments.sides import Usual
from verite.words.double import Against, Side
from verite.words.errors import BadInput
from verite.words.moments import MomentKind, MomentsAsked

PEOPLE_LEAST: Final = 100  # on each side: flexible learners need more than a straight line
EXPOSED_AT_MOST: Final = 6_000  # lines
PER_EXPOSED: Final = 5  # lines compared, for each exposed: more would tell little more


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """The lines compared: their places in the model, who is exposed, and since when (µs)."""

    side: Side
    against: Against
    lines: Ints
    exposed: Floats  # 1 or 0
    since: Ints


def exposure_of(
    reading: Reading, asked: MomentsAsked, model: Model, told: tuple[Lived, int, Effect]
) -> Exposure:
    """Both sides of one touchpoint; refused where there are too few people on either."""
    lived, place, effect = told
    side = _side(model, place, effect)
    against = _against(model, place, (side, effect), reading.settings)
    mine, others = _compared(model, place, side, against)
    name = model.touchpoints[place].name
    _need(model, name, (mine, others))
    chosen = _drawn(mine, others)
    code = lived.codes[lived.names.index(name)]
    return Exposure(
        side=side, against=against, lines=chosen, exposed=mine[chosen].astype(np.float64),
        since=_since(reading, asked, (model, chosen, code), mine[chosen]),
    )  # fmt: skip


def _side(model: Model, place: int, effect: Effect) -> Side:
    """Friction is of a bad experience, delight of a good one; else the side that moves, or holds,
    more, among those that something can be compared with."""
    one, where = model.touchpoints[place], model.matrix.places[place]
    if one.only_own or (where.bad is None and where.good is None):
        raise BadInput("double_no_side", fields={"touchpoint": one.name})
    if where.bad is None or where.good is None:
        return Side.GOOD if where.bad is None else Side.BAD
    if effect.kind in {MomentKind.FRICTION, MomentKind.DELIGHT}:
        return Side.GOOD if effect.kind is MomentKind.DELIGHT else Side.BAD
    takes = abs(effect.penalty.value) if effect.penalty else 0.0
    gives = abs(effect.reward.value) if effect.reward else 0.0
    if effect.kind is MomentKind.NEUTRAL:
        takes, gives = float(one.sides.bad.sum()), float(one.sides.good.sum())
    return Side.BAD if takes >= gives else Side.GOOD


def _against(
    model: Model, place: int, told: tuple[Side, Effect], settings: MomentsSettings
) -> Against:
    """The same as the penalty and the reward of the study."""
    side, effect = told
    one, where = model.touchpoints[place], model.matrix.places[place]
    usual = Usual.GOOD if side is Side.BAD else Usual.BAD
    bad_against_good = (
        side is Side.BAD and effect.penalty is not None and effect.reward is None
        and where.good is not None and int(one.sides.good.sum()) >= settings.needed
    )  # fmt: skip
    if one.sides.usual is usual or bad_against_good:
        return Against.OTHER
    return Against.MIDDLING if one.sides.apart else Against.NEITHER


def _compared(model: Model, place: int, side: Side, against: Against) -> tuple[Mask, Mask]:
    one = model.touchpoints[place]
    bad, good = one.sides.bad, one.sides.good
    mine, opposite = (bad, good) if side is Side.BAD else (good, bad)
    if against is Against.OTHER:
        return mine, opposite
    rest = ~bad & ~good
    return mine, (rest & one.met if against is Against.MIDDLING else rest)


def _need(model: Model, name: str, sides: tuple[Mask, Mask]) -> None:
    exposed, others = (people_of(model.answers.person[side]) for side in sides)
    if min(exposed, others) < PEOPLE_LEAST:
        fields = {"touchpoint": name, "people": min(exposed, others), "needed": PEOPLE_LEAST}
        raise BadInput("double_few", fields=fields)


def _drawn(mine: Mask, others: Mask) -> Ints:
    """All the lines; where there are many, some of them drawn at random on each side."""
    rng = np.random.default_rng(SEED)
    exposed, compared = np.flatnonzero(mine), np.flatnonzero(others)
    if len(exposed) > EXPOSED_AT_MOST:
        exposed = rng.choice(exposed, EXPOSED_AT_MOST, replace=False)
    if len(compared) > PER_EXPOSED * len(exposed):
        compared = rng.choice(compared, PER_EXPOSED * len(exposed), replace=False)
    return np.sort(np.concatenate([exposed, compared]))


def _since(
    reading: Reading, asked: MomentsAsked, told: tuple[Model, Ints, int], mine: Mask
) -> Ints:
    """From when each line counts (µs): its first contact with the touchpoint in the days read, or
    one drawn."""
    model, chosen, code = told
    timeline, answers = reading.timeline, model.answers
    read = ~answers.barred & through(reading, asked.where)
    there = (np.asarray(timeline.codes("touchpoint")) == code) & (reading.felt.weight > 0) & read
    lines = (answers.person[chosen], answers.at[chosen], np.asarray(timeline.starts))
    reach, rng = asked.before_days * DAY_US, np.random.default_rng(SEED + 1)
    first = np.full(len(chosen), -1, dtype=np.int64)
    _meet(lines, (np.asarray(timeline.ts), there), reach, first)
    waits = (lines[1] - first)[mine & (first >= 0)]
    drawn = rng.choice(waits, len(chosen)) if len(waits) else np.zeros(len(chosen), dtype=np.int64)
    return np.where(first >= 0, first, lines[1] - drawn)


@njit(nogil=True, cache=True)
def _meet(lines, rows, reach, found):  # type: ignore[no-untyped-def]
    person, at, starts = lines
    ts, there = rows
    for line in range(len(person)):
        for row in range(starts[person[line]], starts[person[line] + 1]):
            if ts[row] >= at[line]:
                break
            if there[row] and ts[row] >= at[line] - reach:
                found[line] = ts[row]
                break
