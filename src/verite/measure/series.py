"""Series: the evidence of one metric, group by group, however it was counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import reduce
from itertools import pairwise
from operator import add
from typing import TYPE_CHECKING

from verite.ledger.port import Group, Tallies, Tally
from verite.measure.evidence import Evidence, Followed, Kind, Shape, complement, counted
from verite.measure.metrics import BESIDE, COUNTED, FOLLOWED, METRICS, Beside, Read
from verite.measure.remembered import read_once
from verite.measure.samples import Grouping, Sample, group_rows, of_question, tally_groups
from verite.measure.scores import Branch, Scale, rating
from verite.measure.study import Question
from verite.stats.survival import kaplan_meier
from verite.words.errors import WrongUse
from verite.words.measured import Label

if TYPE_CHECKING:
    import numpy as np

Groups = Mapping[Group, Evidence]
Key = tuple[str, str | None, Scale | None]
SPREADING = (Shape.MEDIAN, Shape.P90)
NPS_KINDS = {"nps_relational": "relational", "nps_transactional": "transactional"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """A companion's evidence by group."""

    name: str
    kind: Kind
    groups: Groups


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A metric (or one kind or scale of it): evidence by group, companions beside."""

    metric: str
    kind: Kind
    groups: Groups
    nps_kind: str | None = None
    labels: tuple[Label, ...] = ()
    asides: tuple[Aside, ...] = ()
    branch: Branch | None = field(default=None, compare=False)

    @property
    def scale(self) -> Scale | None:
        """The scale its answers were given on, where a metric may have several."""
        return self.branch.scale if self.branch else None

    @property
    def key(self) -> Key:
        """What makes it the same series in another window: scales never mix."""
        return (self.metric, self.nps_kind, self.scale)

    @property
    def rows(self) -> int:
        """How many rows all its groups hold."""
        return sum(found.n for found in self.groups.values())


def gather(asked: Question, metrics: tuple[str, ...]) -> list[Series]:
    """The series of every metric asked, in the order asked; one engine call for all of them."""
    branches = {metric: branches_of(asked, metric) for metric in metrics if metric not in FOLLOWED}
    needs = frozenset(n for found in branches.values() for one in found for n in one.needs)
    tallies = asked.study.engine.tally(needs, by=asked.by, where=asked.where) if needs else {}
    found: list[Series] = []
    for metric in metrics:
        if metric in FOLLOWED:
            found.append(_followed(asked, metric))
        else:
            found += [_counted(asked, branch, tallies) for branch in branches[metric]]
    return found


def branches_of(asked: Question, metric: str) -> tuple[Branch, ...]:
    """What the engine counts for a metric; a name that nobody ever rated is refused."""
    if metric in COUNTED:
        return COUNTED[metric](asked)
    if metric in NPS_KINDS:
        return tuple(b for b in COUNTED["nps"](asked) if b.nps_kind == NPS_KINDS[metric])
    known = asked.study.timeline.labels("metric")
    if metric not in known:
        names = sorted({*METRICS, *known})
        raise WrongUse("unknown_metric", fields={"metric": metric, "known": ", ".join(names)})
    return rating(asked, metric)


def _counted(asked: Question, branch: Branch, tallies: Tallies) -> Series:
    groups: dict[Group, list[Tally]] = {}
    for need in branch.needs:
        for group, tally in tallies.get(need, {}).items():
            groups.setdefault(group, []).append(tally)
    tallied = {group: reduce(add, parts) for group, parts in groups.items()}
    if branch.complement:
        tallied = {group: complement(tally) for group, tally in tallied.items()}
    return Series(
        metric=branch.metric,
        kind=branch.kind,
        groups={g: counted(t, branch.shape) for g, t in tallied.items() if t.n},
        nps_kind=branch.nps_kind,
        labels=branch.labels,
        asides=_asides(asked, branch.metric, tallied),
        branch=branch,
    )


def _followed(asked: Question, metric: str) -> Series:
    recipe = FOLLOWED[metric]
    sample = sample_of(asked, metric)
    grouping = group_rows(asked.study.timeline, sample.rows, asked.by)
    spread = any(one.sample is None for one in BESIDE.get(metric, ()))
    groups = grouped(asked, sample, grouping, recipe.shape)
    asides = (
        _survival_asides(asked, sample, grouping)
        if recipe.shape is Shape.SURVIVAL
        else _asides(
            asked,
            metric,
            tally_groups(asked.study.timeline, sample, grouping, spread=True) if spread else {},
        )
    )
    return Series(metric=metric, kind=recipe.kind, groups=groups, asides=asides)


def sample_of(asked: Question, metric: str) -> Sample:
    """The sample of a followed metric within the question."""
    recipe = FOLLOWED[metric]
    return _taken(asked, recipe.sample, recipe.filters_itself)


def _taken(asked: Question, read: Read, filters_itself: bool) -> Sample:
    return read(asked) if filters_itself else of_question(read_once(read, asked), asked)


def grouped(asked: Question, sample: Sample, grouping: Grouping, shape: Shape) -> Groups:
    """The evidence of each group of a sample."""
    import numpy as np

    timeline = asked.study.timeline
    if shape is not Shape.SURVIVAL or sample.ended is None:
        tallies = tally_groups(timeline, sample, grouping, spread=shape in SPREADING)
        return {group: counted(tally, shape) for group, tally in tallies.items()}
    people = timeline.person_index()[sample.rows]
    order = np.argsort(grouping.codes, kind="stable")
    edges = np.searchsorted(grouping.codes[order], np.arange(len(grouping.groups) + 1))
    found: dict[Group, Evidence] = {}
    for group, (low, high) in zip(grouping.groups, pairwise(edges.tolist()), strict=True):
        here = order[low:high]
        if len(here):
            found[group] = _survival(sample.only(here), people[here])
    return found


def _survival(sample: Sample, people: np.ndarray) -> Followed:
    import numpy as np

    assert sample.ended is not None
    curve = kaplan_meier(sample.y, sample.ended, people)
    return Followed(curve, len(sample.rows), len(np.unique(people)))


def _asides(asked: Question, metric: str, tallied: Mapping[Group, Tally]) -> tuple[Aside, ...]:
    return tuple(
        Aside(
            name=one.name,
            kind=one.kind,
            groups={g: counted(t, one.shape) for g, t in tallied.items() if t.n}
            if one.sample is None
            else _own(asked, metric, one),
        )
        for one in BESIDE.get(metric, ())
    )


def _own(asked: Question, metric: str, one: Beside) -> Groups:
    """A companion with rows of its own, such as the wait summed over a journey."""
    assert one.sample is not None
    sample = _taken(asked, one.sample, metric in FOLLOWED and FOLLOWED[metric].filters_itself)
    return grouped(
        asked, sample, group_rows(asked.study.timeline, sample.rows, asked.by), one.shape
    )


def _survival_asides(asked: Question, sample: Sample, grouping: Grouping) -> tuple[Aside, ...]:
    """Mean of the resolved cases, share still open, time with bots."""
    assert sample.ended is not None
    timeline, found = asked.study.timeline, []
    for one in BESIDE["resolution"]:
        if one.sample is not None:
            groups = _own(asked, "resolution", one)
        elif one.shape is Shape.SHARE:
            still_open = replace(sample, y=(~sample.ended).astype(float))
            groups = grouped(asked, still_open, grouping, one.shape)
        else:
            done = sample.only(sample.ended)
            groups = grouped(asked, done, group_rows(timeline, done.rows, asked.by), one.shape)
        found.append(Aside(name=one.name, kind=one.kind, groups=groups))
    return tuple(found)


def fullest(series: Iterable[Series]) -> Series | None:
    """The series with the most rows, where a single figure must stand for a metric."""
    filled = [one for one in series if one.groups]
    return max(filled, key=lambda one: one.rows, default=None)
