"""Valence: how good or bad each contact was, in [−1, 1], by its score or else by its signals.

A score is what the customer said; its scale and direction are known. Without one, how the contact
ended and how long it made wait speak for it, with the weights below: fixed in advance, the same in
every home, never fitted. Verbatims say nothing yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from verite.measure.definitions import Definitions
from verite.measure.feeling.port import Floats, Mask, Runs, holds
from verite.words.interaction import Kind, Outcome, Polarity

# What an ending leaves, by the kind of contact. Visits, exposures and routine uses leave nothing.
ENDINGS: Final[dict[Kind, dict[Outcome, float]]] = {
    Kind.CONTACT: {
        Outcome.RESOLVED: 0.4, Outcome.DONE: 0.2, Outcome.TRANSFERRED: -0.2,
        Outcome.UNRESOLVED: -0.5, Outcome.ESCALATED: -0.6, Outcome.ABANDONED: -0.6,
        Outcome.TRANSFER_FAILED: -0.8,
    },
    Kind.HANDOVER: {
        Outcome.RESOLVED: 0.2, Outcome.DONE: 0.1, Outcome.TRANSFERRED: -0.3,
        Outcome.UNRESOLVED: -0.6, Outcome.ESCALATED: -0.6, Outcome.ABANDONED: -0.8,
        Outcome.TRANSFER_FAILED: -0.8,
    },
    Kind.PROACTIVE: {Outcome.RESOLVED: 0.5, Outcome.DONE: 0.2, Outcome.UNRESOLVED: -0.4},
    Kind.PURCHASE: {Outcome.DONE: 0.3, Outcome.UNRESOLVED: -0.5},
    Kind.DELIVERY: {Outcome.DONE: 0.5, Outcome.UNRESOLVED: -0.7},
}  # fmt: skip
_ENDED: Final = {
    (kind.value, outcome.value): felt
    for kind, endings in ENDINGS.items()
    for outcome, felt in endings.items()
}
COMPLAINT: Final = -0.7  # whatever became of it: the answer is another contact
WAIT: Final = -0.2  # for each tenfold of the wait promised on the channel
WAIT_ELSEWHERE_S: Final = 300.0  # promised where the definitions say nothing
TOGETHER_US: Final = 3_600_000_000  # answers given within the hour are one voice


@dataclass(frozen=True, slots=True, kw_only=True)
class Felt:
    """Per row its valence (NaN = left nothing), its weight, and whether the customer said it."""

    valence: Floats
    weight: Floats
    said: Mask


def feel(runs: Runs, definitions: Definitions, rows: slice, person: np.ndarray) -> Felt:
    """The valence of the rows; `person` tells the rows of one person from those of the next."""
    said = _scores(runs, rows)
    spoken = ~np.isnan(said)
    valence = np.where(spoken, said, _signals(runs, definitions, rows))
    weight = np.where(np.isnan(valence), 0.0, 1.0)
    weight[spoken] = _shares(np.asarray(runs.ts[rows])[spoken], person[spoken])
    return Felt(valence=valence, weight=weight, said=spoken)


def _scores(runs: Runs, rows: slice) -> Floats:
    score = np.asarray(runs.numbers("score")[rows])
    low, high = runs.numbers("scale_min")[rows], runs.numbers("scale_max")[rows]
    with np.errstate(invalid="ignore", divide="ignore"):
        felt = (2 * score - low - high) / (high - low)
    turned = holds(runs, "polarity", (Polarity.GOOD_LOW.value,), rows)
    return np.asarray(np.where(turned, -felt, felt))


def _signals(runs: Runs, definitions: Definitions, rows: slice) -> Floats:
    felt = _table(runs)[
        np.asarray(runs.codes("kind")[rows]), np.asarray(runs.codes("outcome")[rows])
    ]
    # A menu or a bot that passes on has done what it is there for.
    routed = holds(runs, "channel", definitions.bot_channels, rows)
    routed &= holds(runs, "outcome", (Outcome.TRANSFERRED.value,), rows)
    felt = np.where(routed, np.nan, felt)
    promised = _promised(runs, definitions)[np.asarray(runs.codes("channel")[rows])]
    waited = np.nan_to_num(np.asarray(runs.numbers("wait_s")[rows]))
    felt += WAIT * np.log10(1 + np.maximum(waited, 0.0) / promised)
    return np.asarray(np.clip(felt, -1.0, 1.0))


def _table(runs: Runs) -> Floats:
    """Valence by the codes of kind and outcome; the last line and column stand for none."""
    kinds, outcomes = runs.labels("kind"), runs.labels("outcome")
    table = np.full((len(kinds) + 1, len(outcomes) + 1), np.nan)
    for line, kind in enumerate(kinds):
        if kind == Kind.COMPLAINT.value:
            table[line] = COMPLAINT
        for column, outcome in enumerate(outcomes):
            table[line, column] = _ENDED.get((kind, outcome), table[line, column])
    return table


def _promised(runs: Runs, definitions: Definitions) -> Floats:
    """Seconds promised by the code of the channel; the last one stands for none."""
    known = dict(definitions.answer_within_s)
    labels = runs.labels("channel")
    seconds = [known.get(label, WAIT_ELSEWHERE_S) for label in labels]
    return np.array([*seconds, WAIT_ELSEWHERE_S])


def _shares(ts: np.ndarray, person: np.ndarray) -> Floats:
    """One voice shared among the answers given together."""
    if len(ts) == 0:
        return np.empty(0)
    apart = np.append(True, (np.diff(ts) > TOGETHER_US) | (person[1:] != person[:-1]))
    group = np.cumsum(apart) - 1
    return np.asarray(1.0 / np.bincount(group)[group])
