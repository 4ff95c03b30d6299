"""The words that go with the figures: masked verbatims written at a touchpoint.

Who speaks of it is found by the touchpoint that the interaction bears; what a front-line agent
reports (written by us, not by the customer) counts as words too, and is marked.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

import numpy as np

from verite.loop.moments.port import Ints, Journal, Reading
from verite.measure.feeling.port import holds
from verite.words.interaction import Direction
from verite.words.moments import MomentKind, Quote

SHOWN: Final = 5
SHORT: Final = 12  # letters: a shorter text is quoted only where there is none other
LEAST: Final = 2
LONG: Final = 300
_OURS: Final = (Direction.OUTBOUND.value, Direction.PROACTIVE.value)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def words_of(reading: Reading, codes: dict[str, int]) -> dict[str, Ints]:
    """The rows with words, by touchpoint."""
    timeline = reading.timeline
    rows = np.asarray(timeline.rows_with_text())
    rows = rows[np.asarray(timeline.ts)[rows] < reading.until_us]
    at = np.asarray(timeline.codes("touchpoint"))[rows]
    return {name: rows[at == code] for name, code in codes.items()}


def quotes_of(timeline: Journal, rows: Ints, kind: MomentKind) -> tuple[Quote, ...]:
    """A few of the words: with the lowest scores for what takes away, the highest for what gives;
    then the newest; never twice the same."""
    if len(rows) == 0:
        return ()
    low, high = timeline.numbers("scale_min")[rows], timeline.numbers("scale_max")[rows]
    with np.errstate(invalid="ignore", divide="ignore"):
        level = (np.asarray(timeline.numbers("score")[rows]) - low) / (high - low)
    turned = holds_rows(timeline, "polarity", ("good_low",), rows)
    level = np.where(turned, 1.0 - level, level)
    sign = -1.0 if kind is MomentKind.DELIGHT else 1.0
    ranks = np.where(np.isnan(level), 0.5, sign * level + (1.0 if sign < 0 else 0.0))
    order = np.lexsort((-np.asarray(timeline.ts)[rows], ranks))
    chosen = rows[order[: 20 * SHOWN]]
    ours = holds_rows(timeline, "direction", _OURS, chosen)
    found: dict[str, tuple[int, bool]] = {}
    for row, text, is_ours in zip(chosen, timeline.texts(chosen), ours, strict=True):
        if text is not None and len(text.strip()) >= LEAST:
            found.setdefault(text, (int(row), bool(is_ours)))
    texts = [text for text in found if len(text.strip()) >= SHORT] or list(found)
    return tuple(
        _quote(timeline, found[text][0], text, is_staff=found[text][1]) for text in texts[:SHOWN]
    )


def holds_rows(timeline: Journal, column: str, values: tuple[str, ...], rows: Ints) -> np.ndarray:
    """Which of some rows hold one of these values."""
    whole = holds(timeline, column, values, slice(0, timeline.rows))
    return np.asarray(whole[rows])


def _quote(timeline: Journal, row: int, text: str, *, is_staff: bool) -> Quote:
    score = float(timeline.numbers("score")[row])
    short = text.strip()
    return Quote(
        text=short if len(short) <= LONG else short[: LONG - 1].rstrip() + "…",
        at=_EPOCH + timedelta(microseconds=int(timeline.ts[row])),
        interaction_id=timeline.ids([row])[0],
        score=None if score != score else score,
        is_staff=is_staff,
    )
