"""Segments: where a touchpoint moves the outcome more, or less, than it does elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Final

import numpy as np

from verite.loop.moments.circumstances import Segment, segment_of
from verite.loop.moments.model import Model
from verite.loop.moments.port import Floats, Ints, Reading
from verite.stats.families import believed
from verite.stats.pooling import pool
from verite.words.errors import BadInput
from verite.words.measured import Label
from verite.words.moments import Ranged, SegmentEffect


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """What was found over the whole family, and how many segments were too small."""

    rows: tuple[SegmentEffect, ...]
    too_small: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tried:
    """One touchpoint in one segment against the same elsewhere."""

    segment: Segment
    place: int
    code: int
    difference: float
    error: float
    n: int
    p: float


ALL: Final = "segment"  # every key


def differ(reading: Reading, model: Model, asked: str) -> Differences:
    """Each touchpoint × segment with enough answers on both sides, drawn towards none; told apart
    after Benjamini-Hochberg over all those tried, and never with an interval that holds 0."""
    known = reading.timeline.segments
    if asked not in known and (asked != ALL or not known):
        raise BadInput("unknown_dimension", fields={"dimension": f"segment.{asked}"})
    keys = known if asked == ALL and asked not in known else (asked,)
    needed, too_small = reading.settings.needed, 0
    tried: list[_Tried] = []
    for key in keys:
        found = segment_of(reading, model.answers, model.before, key)
        counts = np.bincount(found.codes[found.codes >= 0], minlength=len(found.labels))
        too_small += int(((counts > 0) & (counts < needed)).sum())
        tried += _try(model, found, _pairs(model, found, needed))
    count = believed([one.p for one in tried], reading.settings.false_rate)
    bar = sorted(one.p for one in tried)[count - 1] if count else -1.0
    families = dict.fromkeys((one.segment.key, one.place) for one in tried)
    rows = [
        row
        for key, place in families
        for row in _pooled(
            model, [one for one in tried if (one.segment.key, one.place) == (key, place)], bar
        )
    ]
    return Differences(rows=tuple(sorted(rows, key=lambda row: row.p)), too_small=too_small)


def _pairs(model: Model, found: Segment, needed: int) -> list[tuple[int, int]]:
    pairs = []
    for place, one in enumerate(model.touchpoints):
        for code in range(len(found.labels)):
            here = one.met & (found.codes == code)
            there = one.met & (found.codes != code) & (found.codes >= 0)
            if min(here.sum(), there.sum()) >= needed:
                pairs.append((place, code))
    return pairs


def _try(model: Model, found: Segment, pairs: list[tuple[int, int]]) -> list[_Tried]:
    """The column met × segment added to the model beside the segment itself, so that who is there
    never passes for what is lived there (Frisch, Waugh & Lovell)."""
    from scipy.special import stdtr

    if not pairs:
        return []
    chosen = model.matrix.model[:-1]
    root = np.sqrt(model.answers.weight)
    columns = model.matrix.columns[:, chosen] * root[:, None]
    inverse = np.linalg.pinv(columns.T @ columns, hermitian=True)
    left = model.answers.y * root - columns @ model.line.coefficients
    tried = []
    for place, code in pairs:
        lines = model.touchpoints[place].met & (found.codes == code)
        own = np.where(lines, root, 0.0)
        own = own - columns @ (inverse @ (columns.T @ own))
        here = np.where(found.codes == code, root, 0.0)
        here = _unit(here - columns @ (inverse @ (columns.T @ here)), here)
        own, rest = own - here * float(here @ own), left - here * float(here @ left)
        size = float(own @ own)
        if size < 1e-6 * float(lines.sum()):
            continue  # the segment is all who met it
        difference = float(own @ rest) / size
        error = _error(own, rest - difference * own, model.group) / size
        t = difference / error if error > 0 else 0.0
        p = 2.0 * float(stdtr(model.line.freedom, -abs(t)))
        n = int(lines.sum())
        tried.append(
            _Tried(
                segment=found, place=place, code=code, difference=difference, error=error, n=n, p=p
            )
        )
    return tried


def _unit(left: Floats, whole: Floats) -> Floats:
    """A column of length 1, or of zeros when nothing of it is left."""
    size = float(left @ left)
    return left / sqrt(size) if size > 1e-6 * float(whole @ whole) else np.zeros_like(left)


def _error(own: Floats, left: Floats, group: Ints) -> float:
    sums = np.bincount(group, weights=own * left)
    return sqrt(len(sums) / max(len(sums) - 1, 1) * float(sums @ sums))


def _pooled(model: Model, tried: list[_Tried], bar: float) -> list[SegmentEffect]:
    pooled = pool(
        np.array([one.difference for one in tried]),
        np.array([max(one.error, 1e-9) for one in tried]),
    )
    return [
        SegmentEffect(
            touchpoint=model.touchpoints[one.place].name,
            segment=Label(
                dimension=f"segment.{one.segment.key}", value=one.segment.labels[one.code]
            ),
            difference=Ranged(value=mean, low=bounds.low or 0.0, high=bounds.high or 0.0),
            n=one.n, p=one.p, told_apart=one.p <= bar and bounds.excludes(0.0),
        )
        for one, (mean, bounds) in zip(tried, pooled, strict=True)
    ]  # fmt: skip
