"""Circumstances: who the person was and when they answered, held fixed in every comparison."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from verite.loop.moments.answers import Answers
from verite.loop.moments.port import Floats, Ints, Reading

LINES_LEAST: Final = 30
ASKED_ABOUT: Final = "asked_about"
COLUMNS_AT_MOST: Final = 40  # of segments
VALUES_AT_MOST: Final = 20  # a key with more (a postcode) says who, not what kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A segment key, and the code of its value for each line, −1 = unknown."""

    key: str
    codes: Ints
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """Columns of 0 and 1, and the names of what they hold fixed."""

    columns: Floats
    names: tuple[str, ...]
    of: tuple[str, ...]  # what each column holds fixed


def segment_of(reading: Reading, answers: Answers, before: Ints, key: str) -> Segment:
    """The last value known at the answer. Before any was told, unknown: what was told after the
    answer is read only of a key that never changes within any person."""
    timeline = reading.timeline
    codes = np.asarray(timeline.codes(f"segment_{key}"))
    known = np.flatnonzero(codes >= 0)
    starts = np.asarray(timeline.starts)
    first, end = starts[answers.person], starts[answers.person + 1]
    place = np.searchsorted(known, before) - 1
    found = np.full(len(before), -1, dtype=np.int64)
    tries = (place + 1, place) if _is_lasting(codes, known, starts) else (place,)
    for chosen in tries:  # the last one known wins
        inside = (chosen >= 0) & (chosen < len(known))
        row = known[np.clip(chosen, 0, max(len(known) - 1, 0))] if len(known) else chosen
        inside &= (row >= first) & (row < end)
        found[inside] = codes[row[inside]]
    return Segment(key=key, codes=found, labels=timeline.labels(f"segment_{key}"))


def _is_lasting(codes: Ints, known: Ints, starts: Ints) -> bool:
    """Whether nobody was ever told under two values."""
    person = np.searchsorted(starts, known, side="right")
    return not bool(((np.diff(person) == 0) & (np.diff(codes[known]) != 0)).any())


def circumstances(reading: Reading, answers: Answers, before: Ints) -> Circumstances:
    """Months of the answer, then segments, the commonest value of each left as what is compared
    to; values of fewer than 30 lines stand with it. A key is held whole or not at all."""
    columns, room = _columns(_months(answers.at)), COLUMNS_AT_MOST
    of = ["month"] * len(columns)
    for key in reading.timeline.segments:
        found = segment_of(reading, answers, before, key)
        added = _columns(found.codes) if len(found.labels) <= VALUES_AT_MOST else []
        if added and len(added) <= room:
            columns, room = [*columns, *added], room - len(added)
            of += [f"segment.{key}"] * len(added)
    whole = np.column_stack(columns) if columns else np.empty((len(answers.y), 0))
    return Circumstances(columns=whole, names=tuple(dict.fromkeys(of)), of=tuple(of))


def with_asked_about(held: Circumstances, own: Ints) -> Circumstances:
    """Beside those, the touchpoint that each answer is about: answers are compared with others
    about the same one. `own` is its code per line, −1 = none; a dozen or two of them at most."""
    added = _columns(own)
    if not 0 < len(added) <= VALUES_AT_MOST:
        return held
    return Circumstances(
        columns=np.column_stack([held.columns, *added]), names=(*held.names, ASKED_ABOUT),
        of=(*held.of, *([ASKED_ABOUT] * len(added))),
    )  # fmt: skip


def _columns(codes: Ints) -> list[Floats]:
    values, counts = np.unique(codes, return_counts=True)
    order = np.argsort(-counts, kind="stable")[1:]
    kept = values[order][counts[order] >= LINES_LEAST]
    return [(codes == value).astype(np.float64) for value in kept]


def _months(at: Ints) -> Ints:
    """Months since 1970, in UTC: a few hours at a month's end change nothing here."""
    return np.asarray(at.astype("datetime64[us]").astype("datetime64[M]").astype(np.int64))
