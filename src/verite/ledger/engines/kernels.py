"""The engine of one machine: compiled passes over the timeline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from verite.ledger.efforts import EffortRules, Losses
from verite.ledger.engines.counting import group_rows, spreads, tally_rows
from verite.ledger.engines.funnels import followed, funnel_of
from verite.ledger.engines.losing import LostRows, lost_rows, tally_losses
from verite.ledger.engines.paths import paths_of
from verite.ledger.engines.rows import Rows
from verite.ledger.engines.walks import Run, graph_of
from verite.ledger.port import Funnel, Graph, Group, Need, Paths, Repeat, Tallies, Tally, Walk
from verite.ledger.timeline.timeline import Timeline
from verite.words.asked import Filters
from verite.words.columns import dimension_column

_NONE = np.empty(0, dtype=bool)
_NO_CODES = np.empty(0, dtype=np.int32)
_IN_PLACE = np.empty(0, dtype=np.int64)


class Kernels:
    """Counts over a timeline; every answer equals that of the portable SQL."""

    def __init__(self, timeline: Timeline) -> None:
        self.timeline = timeline
        self._rows = Rows(timeline)
        self._lost: dict[EffortRules, LostRows] = {}

    def tally(self, needs: frozenset[Need], *, by: tuple[str, ...], where: Filters) -> Tallies:
        """Grouped counts of every need. `by=()` gives one group, `()`."""
        groups = group_rows(self.timeline, by)
        chosen = self._mask(where)
        found: dict[Need, dict[Group, Tally]] = {}
        for need in needs:
            passing = self._rows.passing(need.where)
            mask = chosen if passing is None else passing & chosen if len(chosen) else passing
            y = self._rows.read(need)
            tallies = tally_rows(self.timeline.starts, groups, mask, y)
            if need.spread:
                spread = spreads(groups, mask, y, self.timeline.rows)
                tallies = {g: _with_spread(t, spread[g]) for g, t in tallies.items()}
            found[need] = tallies
        return found

    def graph(self, walk: Walk) -> Graph:
        """Which label follows which, how often, after how long."""
        return graph_of(self._run(walk), self._labels(walk))

    def variants(self, walk: Walk, *, top: int) -> Paths:
        """Exact paths of cases, most frequent first."""
        return paths_of(self._run(walk), self._labels(walk), top)

    def funnel(self, walk: Walk, steps: tuple[str, ...], *, within_us: int) -> Funnel:
        """How many cases went through the steps in order within a window."""
        places = {label: code for code, label in enumerate(self._labels(walk))}
        # No row bears -2: a step that never happens is reached by nobody.
        codes = tuple(places.get(step, -2) for step in steps)
        return Funnel(steps=steps, reached=funnel_of(self._run(walk), codes, within_us))

    def repeats(
        self, repeat: Repeat, *, by: tuple[str, ...], where: Filters
    ) -> Mapping[Group, Tally]:
        """Per group, y = 1 for a contact that was followed by another one soon enough."""
        line = self.timeline
        passing = self._rows.passing(repeat.contact)
        contact = np.ones(line.rows, dtype=bool) if passing is None else passing
        same = _NO_CODES if repeat.same is None else line.codes(dimension_column(repeat.same))
        marks = followed(line.starts, line.ts, contact, same, repeat.within_us)
        counted = contact & line.rows_of(where)
        if repeat.same is not None:
            counted &= same >= 0
        if repeat.until_us is not None:
            counted &= line.ts < repeat.until_us
        return tally_rows(line.starts, group_rows(line, by), counted, marks)

    def effort(self, rules: EffortRules, *, by: tuple[str, ...], where: Filters) -> Losses:
        """Per kind and group, how often it happened and the seconds it took."""
        if rules not in self._lost:
            self._lost[rules] = lost_rows(self.timeline, rules)
        return tally_losses(self.timeline, self._lost[rules], by=by, where=where)

    def _labels(self, walk: Walk) -> tuple[str, ...]:
        return self.timeline.labels(dimension_column(walk.column))

    def _run(self, walk: Walk) -> Run:
        cases = self.timeline.cases(walk.case)
        return Run(
            starts=np.asarray(cases.starts),
            order=_IN_PLACE if cases.in_place else np.asarray(cases.order),
            codes=np.asarray(self.timeline.codes(dimension_column(walk.column))),
            keep=self._mask(walk.where),
            ts=np.asarray(self.timeline.ts),
        )

    def _mask(self, where: Filters) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        return _NONE if where == Filters() else self.timeline.rows_of(where)


def _with_spread(tally: Tally, spread: Mapping[float, int]) -> Tally:
    return replace(tally, spread=spread)
