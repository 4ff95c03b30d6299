"""Planned against lived: how far journeys follow the designed path, and where they leave it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from verite.loop.map.aligning import Alignments, Lived, align
from verite.loop.map.notes import with_notes
from verite.loop.map.passages import Codes, Passages, Rows, select_passages
from verite.loop.map.paths import Paths, group_paths
from verite.words.asked import About, Filters
from verite.words.errors import WrongUse
from verite.words.journey import Conformance, DesignedMap, Deviation, DeviationKind

if TYPE_CHECKING:
    from verite.ledger.timeline.timeline import Timeline


def conform(
    timeline: Timeline, design: DesignedMap, *, case: str, where: Filters, about: About
) -> Conformance:
    """Mean fitness of the cases against the designed path, cases that fit it exactly, deviations.

    Every touchpoint lived counts, on the map or not: filter to the period, channel or touchpoints
    that the design is about.
    """
    if not design.path:
        raise WrongUse("design_without_path", fields={"design": design.key})
    passages = select_passages(timeline, case=case, where=where, as_of=about.as_of)
    return conform_passages(passages, design, about=about)


def conform_passages(passages: Passages, design: DesignedMap, *, about: About) -> Conformance:
    """The conformance of passages already selected."""
    labels, designed = _encode(passages.labels, design.path)
    paths = group_paths(passages)
    lived = _lay_out(passages, paths)
    found = align(designed, lived, len(labels))
    return Conformance(
        about=with_notes(about, passages),
        design=design,
        cases=passages.cases,
        fitness=float(found.fitness @ paths.count) / passages.cases if passages.cases else None,
        fitting_cases=int(paths.count[found.fitness == 1.0].sum()),
        deviations=_deviations(found, labels),
    )


def _encode(labels: tuple[str, ...], path: tuple[str, ...]) -> tuple[tuple[str, ...], Codes]:
    """The places of a designed path; touchpoints never lived get places of their own."""
    every = tuple(dict.fromkeys((*labels, *path)))
    place = {label: i for i, label in enumerate(every)}
    return every, np.array([place[step] for step in path], dtype=np.int32)


def _lay_out(passages: Passages, paths: Paths) -> Lived:
    """The places of every distinct path, end to end."""
    first: Rows = passages.starts[paths.example]
    length: Rows = passages.starts[paths.example + 1] - first
    starts = np.concatenate(([0], np.cumsum(length)))
    within = np.arange(starts[-1]) - np.repeat(starts[:-1], length)
    return Lived(
        place=passages.place[np.repeat(first, length) + within], starts=starts, count=paths.count
    )


def _deviations(found: Alignments, labels: tuple[str, ...]) -> tuple[Deviation, ...]:
    """Those that happened, in most cases first."""
    by_kind = (
        (DeviationKind.SKIPPED, found.skipped),
        (DeviationKind.ADDED, found.added),
        (DeviationKind.REPEATED, found.repeated),
    )
    deviations = (
        Deviation(kind=kind, touchpoint=labels[place], count=int(cases[place]))
        for kind, cases in by_kind
        for place in np.flatnonzero(cases)
    )
    return tuple(sorted(deviations, key=lambda d: (-d.count, d.kind.value, d.touchpoint)))
