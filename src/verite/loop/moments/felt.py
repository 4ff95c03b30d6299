"""The valence of every row in one compiled pass: the same as `measure.feeling.valence.feel`, which
is its definition (a test holds them equal), without the copies that many rows would cost."""

from __future__ import annotations

import numpy as np
from numba import njit

from verite.measure.definitions import Definitions
from verite.measure.feeling.port import Mask, Runs
from verite.measure.feeling.valence import (
    COMPLAINT,
    ENDINGS,
    TOGETHER_US,
    WAIT,
    WAIT_ELSEWHERE_S,
    Felt,
)
from verite.words.interaction import Kind, Outcome, Polarity


def feel_fast(timeline: Runs, definitions: Definitions) -> Felt:
    """Valence, weight and whether the customer said it, of all the rows."""
    rows = timeline.rows
    valence, weight = np.empty(rows), np.empty(rows)
    said = np.empty(rows, dtype=np.bool_)
    scored = tuple(timeline.numbers(name) for name in ("score", "scale_min", "scale_max"))
    codes = tuple(timeline.codes(name) for name in ("kind", "outcome", "channel", "polarity"))
    _feel(
        (np.asarray(timeline.ts), np.asarray(timeline.starts)),
        (*codes, *scored, timeline.numbers("wait_s")),
        _tables(timeline, definitions),
        (valence, weight, said),
    )
    return Felt(valence=valence, weight=weight, said=said)


def _tables(timeline: Runs, definitions: Definitions):  # type: ignore[no-untyped-def]
    """By code, the last place standing for none: endings, promised waits, routed, turned."""
    kinds, outcomes = timeline.labels("kind"), timeline.labels("outcome")
    endings = np.full((len(kinds) + 1, len(outcomes) + 1), np.nan)
    for line, kind in enumerate(kinds):
        if kind == Kind.COMPLAINT.value:
            endings[line] = COMPLAINT
        known = ENDINGS.get(Kind(kind), {}) if kind in set(Kind) else {}
        for ending, felt in known.items():
            if ending.value in outcomes:
                endings[line, outcomes.index(ending.value)] = felt
    promised = dict(definitions.answer_within_s)
    waits = np.array(
        [promised.get(x, WAIT_ELSEWHERE_S) for x in timeline.labels("channel")] + [WAIT_ELSEWHERE_S]
    )
    bot = _marks(timeline, "channel", definitions.bot_channels)
    passes = _marks(timeline, "outcome", (Outcome.TRANSFERRED.value,))
    turned = _marks(timeline, "polarity", (Polarity.GOOD_LOW.value,))
    return endings, waits, bot, passes, turned


def _marks(timeline: Runs, column: str, values: tuple[str, ...]) -> Mask:
    return np.array([label in values for label in timeline.labels(column)] + [False])


@njit(nogil=True, cache=True)
def _feel(order, columns, tables, into):  # type: ignore[no-untyped-def]
    ts, starts = order
    kind, outcome, channel, polarity, score, low, high, wait = columns
    endings, waits, bot, passes, turned = tables
    valence, weight, said = into
    voices = 0
    for person in range(len(starts) - 1):
        first, last = -1, -1  # rows of the voice under way
        for row in range(starts[person], starts[person + 1]):
            span = high[row] - low[row]
            felt = (2.0 * score[row] - low[row] - high[row]) / span if span != 0.0 else np.nan
            said[row] = not np.isnan(felt)
            if said[row]:
                valence[row] = -felt if turned[polarity[row]] else felt
                if first >= 0 and ts[row] - ts[last] > TOGETHER_US:
                    _share(said, weight, (first, last, voices))
                    first = -1
                voices = 1 if first < 0 else voices + 1
                first, last = (row if first < 0 else first), row
                continue
            felt = endings[kind[row], outcome[row]]
            if bot[channel[row]] and passes[outcome[row]]:
                felt = np.nan
            waited = max(wait[row], 0.0) if not np.isnan(wait[row]) else 0.0
            felt += WAIT * np.log10(1.0 + waited / waits[channel[row]])
            valence[row] = min(max(felt, -1.0), 1.0) if not np.isnan(felt) else np.nan
            weight[row] = 0.0 if np.isnan(felt) else 1.0
        if first >= 0:
            _share(said, weight, (first, last, voices))


@njit(nogil=True, cache=True)
def _share(said, weight, voice):  # type: ignore[no-untyped-def]
    """One voice shared among the answers given together."""
    first, last, voices = voice
    for row in range(first, last + 1):
        if said[row]:
            weight[row] = 1.0 / voices
