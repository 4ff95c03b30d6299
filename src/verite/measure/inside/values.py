"""Values known by all staff: the share who know what each asks of them, by team and by site."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np

from verite.measure.inside.settings import ValuesSettings
from verite.measure.samples import group_rows
from verite.measure.scores import CSAT_SCALE, scored_rows
from verite.measure.study import EVERYTHING, Study, about, question
from verite.stats.equivalence import TEST_LEVEL, alike
from verite.stats.intervals import LEVEL, Interval, normal_quantile
from verite.stats.shares import Side, mover, wilson
from verite.stats.withholding import HIDDEN_UNDER, withhold, withhold_breakdown
from verite.words.asked import Filters
from verite.words.estimate import Better, Estimate, Status, Unit
from verite.words.identical import Alike
from verite.words.inside import Known, Value, ValueRow, Values
from verite.words.interaction import Polarity
from verite.words.items import VALUE_PREFIX

KNOWS_FROM: Final = 4.0  # the two best of five
DIMENSIONS: Final = ("team", "site")


@dataclass(frozen=True, slots=True)
class _Counted:
    """People who answered, and those who know."""

    n: int
    k: int

    @property
    def share(self) -> float:
        return self.k / self.n if self.n else 0.0

    def less(self, other: _Counted) -> _Counted:
        return _Counted(self.n - other.n, self.k - other.k)


def know_values(study: Study, settings: ValuesSettings, where: Filters = EVERYTHING) -> Values:
    """Every declared value: the whole, teams and sites, with verdicts. The last answer counts."""
    asked = question(study, where)
    rows: list[ValueRow] = []
    people: set[int] = set()
    left = 0
    for value in settings.values:
        found, others = _answers(study, value, asked.where)
        left += others
        people.update(study.timeline.person_index()[found].tolist())
        rows += _rows(study, value, found, settings)
    told = (f"note_values_scale: n={left}",) if left else ()
    return Values(
        about=about(study, "values", where, (*_notes(settings, len(people)), *told)),
        values=settings.values,
        rows=tuple(rows),
        verdicts=tuple((one.key, _verdict(rows, one.key)) for one in settings.values),
        threshold=100 * settings.threshold,
        margin=100 * settings.margin,
        answered=None if 0 < len(people) < HIDDEN_UNDER else len(people),
        staff=settings.staff,
    )


def _notes(settings: ValuesSettings, people: int) -> tuple[str, ...]:
    if not settings.values or people < HIDDEN_UNDER:
        return ()
    if settings.staff is None:
        return ("note_values_unasked",)
    share = min(100 * people / settings.staff, 100)
    return (f"note_values_response: share={share:.0f}, n={people}, staff={settings.staff}",)


def _answers(study: Study, value: Value, where: Filters) -> tuple[np.ndarray, int]:
    """The last answer of each person on the scale from 1 to 5; how many stand on another one."""
    timeline = study.timeline
    rows = scored_rows(timeline, VALUE_PREFIX + value.key)
    rows = rows[timeline.rows_of(where)[rows]]
    low, high = timeline.numbers("scale_min")[rows], timeline.numbers("scale_max")[rows]
    kept = (low == CSAT_SCALE[0]) & (high == CSAT_SCALE[1])
    others = int((~kept).sum())
    rows = rows[kept]
    person = timeline.person_index()[rows]
    last = np.append(person[1:] != person[:-1], True)[: len(rows)]
    return rows[last], others


def _rows(
    study: Study, value: Value, found: np.ndarray, settings: ValuesSettings
) -> Iterable[ValueRow]:
    """The whole, then each team and site."""
    timeline = study.timeline
    score, labels = timeline.numbers("score")[found], timeline.labels("polarity")
    turned = labels.index(Polarity.GOOD_LOW.value) if Polarity.GOOD_LOW.value in labels else -2
    score = np.where(timeline.codes("polarity")[found] == turned, sum(CSAT_SCALE) - score, score)
    knows = score >= KNOWS_FROM
    whole = _Counted(len(found), int(knows.sum()))
    share = withhold(_share(whole))
    yield ValueRow(value=value.key, share=share, known=_known(share, settings))
    if share.status in (Status.HIDDEN, Status.UNKNOWN):
        return
    for dimension in DIMENSIONS:
        grouping = group_rows(timeline, found, (dimension,))
        units = {}
        for place, group in enumerate(grouping.groups):
            here = grouping.codes == place
            if here.any():
                units[group[0]] = _Counted(int(here.sum()), int(knows[here].sum()))
        yield from _units(value, dimension, units, settings)


def _units(
    value: Value, dimension: str, units: dict[str, _Counted], settings: ValuesSettings
) -> Iterable[ValueRow]:
    """Each team or site against the others, the largest first."""
    names = sorted(units, key=lambda name: (-units[name].n, name))
    total = _Counted(sum(one.n for one in units.values()), sum(one.k for one in units.values()))
    shown = withhold_breakdown([_share(units[name]) for name in names])
    for name, share in zip(names, shown, strict=True):
        gap, same = None, None
        others = total.less(units[name])
        if share.status in (Status.OK, Status.FEW) and others.n >= HIDDEN_UNDER:
            gap, same = _gap(units[name], others, settings.margin)
        yield ValueRow(
            value=value.key, dimension=dimension, unit=name, share=share,
            known=_known(share, settings), gap=gap, alike=same,
        )  # fmt: skip


def _share(counted: _Counted) -> Estimate:
    """The share who know, in per cent, with Wilson's interval: one answer a person."""
    if not counted.n:
        return Estimate(value=None, low=None, high=None, n=0, unit=Unit.PERCENT,
                        better=Better.HIGHER, method="wilson", status=Status.UNKNOWN)  # fmt: skip
    bounds = _wilson(counted, LEVEL).times(100)
    return Estimate(
        value=100 * counted.share, low=bounds.low, high=bounds.high, n=counted.n,
        people=counted.n, unit=Unit.PERCENT, better=Better.HIGHER, method="wilson",
    )  # fmt: skip


def _gap(here: _Counted, others: _Counted, margin: float) -> tuple[Estimate, Alike]:
    """Points here less those of the others (Newcombe's hybrid interval, 90 %), and the verdict."""
    before, after = (Side(one.share, _wilson(one, TEST_LEVEL)) for one in (others, here))
    bounds = mover(before, after)
    points = bounds.times(100)
    gap = Estimate(
        value=100 * (here.share - others.share), low=points.low, high=points.high, n=here.n,
        people=here.n, unit=Unit.PERCENT, better=Better.HIGHER, level=TEST_LEVEL,
        method="newcombe",
    )  # fmt: skip
    return withhold(gap), alike(bounds, margin)


def _wilson(counted: _Counted, level: float) -> Interval:
    return wilson(counted.share, counted.n, normal_quantile(level))


def _known(share: Estimate, settings: ValuesSettings) -> Known | None:
    """Known: the whole interval at the threshold or above. Not: all of it below."""
    if share.low is None or share.high is None:
        return None
    if share.low >= 100 * settings.threshold:
        return Known.KNOWN
    return Known.NOT_KNOWN if share.high < 100 * settings.threshold else Known.UNDECIDED


def _verdict(rows: Iterable[ValueRow], key: str) -> Known | None:
    """By all: the whole knows, and no team or site is proven not to."""
    mine = [row for row in rows if row.value == key]
    whole = next(row.known for row in mine if not row.dimension)
    if any(row.known is Known.NOT_KNOWN for row in mine):
        return Known.NOT_KNOWN
    return whole
