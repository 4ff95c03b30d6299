"""Which dimensions are compared, which differences between customers are taken away first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from verite.measure.agents import AGENT
from verite.measure.identical.answers import Answers
from verite.measure.identical.arrays import Codes
from verite.measure.identical.counting import distinct
from verite.measure.identical.dimensions import Dimension
from verite.measure.identical.lone import TOGETHER, lone, together
from verite.words.errors import BadInput, WrongUse
from verite.words.identical import CONTROLLABLE

FEWEST: Final = 5  # units of a dimension whose variance can be told
MOST: Final = 4000  # units beside those of the largest dimension
_LEVELS: Final = 40  # of one difference between customers; the rarest stand together
_RARE: Final = 10
_ALONE: Final = 0.9  # of a touchpoint's answers come from the channel that it lives in


@dataclass(frozen=True, slots=True, kw_only=True)
class Mix:
    """`varied` have five units or more. `small` have fewer; those of them that another dimension
    refines (each team in one site) are `coarse`, told apart from the model of the index."""

    varied: tuple[Dimension, ...]
    small: tuple[Dimension, ...]
    coarse: tuple[Dimension, ...]
    left_out: tuple[tuple[str, str], ...]
    alone: tuple[str, ...]  # dimensions with units that are one agent, set apart
    customers: tuple[Dimension, ...]  # differences that are not the company's doing
    gaps: tuple[Dimension, ...]  # whether each dimension is told of an answer at all

    @property
    def fixed(self) -> tuple[Dimension, ...]:
        """What is taken away as it is in the model of the index."""
        return (*self.customers, *self.gaps, *self.small)


def mix(answers: Answers, over: Sequence[str], *, agents: bool) -> Mix:
    """The dimensions of a comparison; nothing asked means all there are."""
    wanted = tuple(dict.fromkeys(over)) or CONTROLLABLE
    told: list[Dimension] = []
    left_out: list[tuple[str, str]] = []
    alone: list[str] = []
    behind = answers.agents()
    for name in wanted:
        if name == AGENT and not agents:
            if name in over:
                raise WrongUse("agent_figures_off")
            left_out.append((name, "not_allowed"))  # its column is not compared
            continue
        codes, labels = answers.coded(name)
        met = Dimension(name=name, codes=codes, labels=labels)
        found = met if name == AGENT else _of_agents(met, behind, agents=agents)
        if TOGETHER in found.labels:
            alone.append(name)
        reason = _useless(found, told)
        if reason:
            left_out.append((name, reason))
        else:
            told.append(found)
    if not told:
        raise BadInput("identical_one_unit", fields={"dimensions": ", ".join(wanted)})
    varied = [one for one in told if len(one.labels) >= FEWEST]
    again = len(answers.people) > distinct(answers.people)
    varied, dropped = _affordable(varied, again=again)
    few = [one for one in told if len(one.labels) < FEWEST]
    coarse = tuple(one for one in few if any(_refines(other, one) for other in varied))
    return Mix(
        varied=tuple(varied), small=tuple(one for one in few if one not in coarse), coarse=coarse,
        left_out=(*left_out, *dropped), alone=tuple(alone), customers=_customers(answers),
        gaps=tuple(gap for one in told for gap in _gap(one)),
    )  # fmt: skip


def _of_agents(one: Dimension, behind: Codes, *, agents: bool) -> Dimension:
    """The dimension whose units that are one agent are told as such, or stand together."""
    if not agents:
        return together(one, behind)
    found = np.flatnonzero(lone(one.codes, behind, len(one.labels)))
    return replace(one, agents=frozenset(found.tolist()))


def _useless(found: Dimension, told: Sequence[Dimension]) -> str:
    """Why a dimension says nothing; empty when it does."""
    if not found.labels:
        return "absent"
    if len(found.labels) == 1:
        return "one_agent" if TOGETHER in found.labels else "one_unit"
    for other in told:
        if _refines(found, other) and _refines(other, found):
            return f"same_as:{other.name}"
    return ""


def _refines(fine: Dimension, coarse: Dimension) -> bool:
    """Whether each unit of one lies in a single unit of the other."""
    if len(fine.labels) < len(coarse.labels):
        return False
    wide = len(coarse.labels) + 1
    both = (fine.codes + 1).astype(np.int64) * wide + coarse.codes + 1
    met = np.bincount(both, minlength=(len(fine.labels) + 1) * wide).reshape(-1, wide) > 0
    return bool((met.sum(axis=1) <= 1).all())


def _gap(one: Dimension) -> tuple[Dimension, ...]:
    """Answers of which a dimension is not told differ by more than that dimension."""
    absent = one.codes < 0
    if not absent.any():
        return ()
    codes = absent.astype(np.int32)
    return (Dimension(name=f"{one.name}?", codes=codes, labels=("told", "untold")),)


def _affordable(
    varied: list[Dimension], *, again: bool
) -> tuple[list[Dimension], list[tuple[str, str]]]:
    """The dimensions that can be told together: all but the largest weigh by their units; all of
    them where people answer several times (`again`), for then people are the largest."""
    kept = sorted(varied, key=lambda one: len(one.labels))
    dropped: list[tuple[str, str]] = []
    free = 0 if again else 1
    while sum(len(one.labels) for one in kept[: len(kept) - free]) > MOST:
        dropped.append((kept.pop(len(kept) - 1 - free).name, "too_many"))
    return [one for one in varied if one in kept], dropped


def _customers(answers: Answers) -> tuple[Dimension, ...]:
    """Why they came, and every segment that they are told by."""
    found = []
    for name, (codes, labels) in (
        ("motive", answers.coded("motive")),
        ("touchpoint", _beside_main(answers)),
    ):
        found.append(Dimension(name=name, codes=codes, labels=labels))
    for key in answers.timeline.segments:
        codes, labels = answers.coded(f"segment.{key}")
        found.append(Dimension(name=f"segment.{key}", codes=codes, labels=labels))
    merged = (_merged(one) for one in found)
    return tuple(one for one in merged if len(one.labels) > 1)


def _beside_main(answers: Answers) -> tuple[Codes, tuple[str, ...]]:
    """The touchpoint, but one level for the main touchpoint of every channel.

    A call and a chat about the same thing are comparable: they tell the channel. A complaint, a
    delivery or a failed transfer is another moment. Main: of the touchpoints that live in one
    channel alone, the one with the most answers.
    """
    codes, labels = answers.coded("touchpoint")
    if not labels:
        return codes, labels
    channel, channels = answers.coded("channel")
    both = (codes >= 0) & (channel >= 0)
    counts = np.zeros((len(labels), max(len(channels), 1)), np.int64)
    np.add.at(counts, (codes[both], channel[both]), 1)
    alone = counts >= _ALONE * counts.sum(axis=1, keepdims=True)
    held = np.where(alone & (counts > 0), counts, 0)
    main = sorted({int(held[:, k].argmax()) for k in range(held.shape[1]) if held[:, k].any()})
    place = np.arange(1, len(labels) + 1, dtype=np.int32)
    place[main] = 0
    return np.where(codes < 0, -1, place[codes]).astype(np.int32), ("main", *labels)


def _merged(one: Dimension) -> Dimension:
    """Levels with enough answers, those not told being a level too; the rarest stand together."""
    counts = np.bincount(one.codes + 1, minlength=len(one.labels) + 1)
    often = np.argsort(-counts, kind="stable")[:_LEVELS]
    often = often[counts[often] >= _RARE]
    place = np.full(len(counts), len(often), np.int32)
    place[often] = np.arange(len(often))
    codes = place[one.codes + 1]
    names = tuple("" if code == 0 else one.labels[code - 1] for code in often.tolist())
    others = ("…",) if (codes == len(often)).any() else ()
    return Dimension(name=one.name, codes=codes.astype(np.int32), labels=(*names, *others))
