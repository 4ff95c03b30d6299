"""What the questions read: a study, settings, the stage of each touchpoint, what rows left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol, cast

import numpy as np

from verite.measure.experience.settings import ExperienceSettings
from verite.measure.feeling.outcomes import DAY_US, Lives, lives_of
from verite.measure.feeling.port import Floats, Ints, Mask, Runs, holds
from verite.measure.feeling.valence import Felt, feel
from verite.measure.scores import NPS_SCALE, scored_rows
from verite.measure.study import Study, microseconds
from verite.words.asked import About


@dataclass(frozen=True, kw_only=True)
class Reading:
    """Everything up to the date of the study; computed once, then shared by the questions."""

    study: Study
    about: About
    settings: ExperienceSettings = field(default_factory=ExperienceSettings)
    stages: Mapping[str, str] = field(default_factory=dict)  # touchpoint → stage, when designed

    @cached_property
    def runs(self) -> Runs:
        """The timeline, with the rows of each person."""
        return cast("Runs", self.study.timeline)

    @cached_property
    def until_us(self) -> int:
        """Nothing from this time on is read."""
        return microseconds(self.study.as_of)

    @cached_property
    def ts(self) -> Ints:
        """The time of each row."""
        return np.asarray(self.runs.ts)

    @cached_property
    def person(self) -> Ints:
        """The place of each row's person."""
        return np.repeat(np.arange(self.runs.people), np.diff(np.asarray(self.runs.starts)))

    @cached_property
    def felt(self) -> Felt:
        """The valence of every row."""
        everything = slice(0, self.runs.rows)
        return feel(self.runs, self.study.definitions, everything, self.person)

    @cached_property
    def relational(self) -> Ints:
        """Rows that are an NPS of the whole: on 0-10, about no touchpoint."""
        rows = scored_rows(self.runs, "nps")
        low, high = self.runs.numbers("scale_min")[rows], self.runs.numbers("scale_max")[rows]
        about = np.asarray(self.runs.codes("touchpoint"))[rows]
        kept = (about < 0) & (low == NPS_SCALE[0]) & (high == NPS_SCALE[1])
        return np.asarray(rows[kept & (self.ts[rows] < self.until_us)])

    @cached_property
    def lived(self) -> Mask:
        """Rows that left something, the answers about the whole excepted."""
        left = (self.felt.weight > 0) & (self.ts < self.until_us)
        left[self.relational] = False
        return np.asarray(left)

    @cached_property
    def lives(self) -> Lives:
        """Since when each person is a customer, until when, whether they left by choice."""
        return lives_of(self.runs, self.study.definitions, anyone=False)

    @cached_property
    def domains(self) -> tuple[str, np.ndarray, tuple[str, ...]]:
        """`stage` or `channel`, the code of each row's domain (−1 = none), the names."""
        if not self.stages:
            channels = self.runs.labels("channel")
            return "channel", np.asarray(self.runs.codes("channel")), channels
        names = tuple(dict.fromkeys(self.stages.values()))
        place = {name: code for code, name in enumerate(names)}
        touchpoints = self.runs.labels("touchpoint")
        codes = [place.get(self.stages.get(label, ""), -1) for label in touchpoints]
        table = np.array([*codes, -1])
        return "stage", table[np.asarray(self.runs.codes("touchpoint"))], names

    def kinds(self, *kinds: str) -> Mask:
        """Which rows are of these kinds."""
        return holds(self.runs, "kind", kinds, slice(0, self.runs.rows))


class Moments(Protocol):
    """Lines of (person, time), sorted by both."""

    @property
    def person(self) -> Ints: ...
    @property
    def at(self) -> Ints: ...


def window_sums(
    reading: Reading, lines: Moments, days: int, values: tuple[Floats, ...]
) -> list[Floats]:
    """For each line the sum of each value over the person's rows in the `days` before its time.

    Values are per row of the timeline; the row at the time itself is left out.
    """
    first, last = rows_before(reading, lines, days)
    found = []
    for value in values:
        sums = np.concatenate([[0.0], np.cumsum(value)])
        found.append(np.asarray(sums[last] - sums[first]))
    return found


def rows_before(reading: Reading, lines: Moments, days: int) -> tuple[Ints, Ints]:
    """For each line the rows of its person in the `days` before: from the first to the last, the
    last excluded."""
    origin = int(reading.ts.min(initial=0)) if len(reading.ts) == 0 else int(reading.ts.min())
    span = (int(reading.ts.max(initial=origin)) - origin) // 1000 + 2
    keys = reading.person * span + (reading.ts - origin) // 1000
    until = np.clip(-(-(lines.at - origin) // 1000), 0, span - 1)
    since = np.clip(-(-(lines.at - days * DAY_US - origin) // 1000), 0, span - 1)
    base = lines.person * span
    first, last = np.searchsorted(keys, base + since), np.searchsorted(keys, base + until)
    return np.asarray(first), np.asarray(last)
