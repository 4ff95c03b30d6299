"""Any SQL engine: it runs texts, this asks the questions and reads the answers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import replace

from verite.ledger.efforts import EffortRules, Losses, Lost
from verite.ledger.engines import questions
from verite.ledger.engines.effort_sql import KINDS, effort_tallies
from verite.ledger.engines.portable import Dialect
from verite.ledger.port import (
    Flow,
    Funnel,
    Gaps,
    Graph,
    Group,
    Need,
    PathCount,
    Paths,
    Repeat,
    Stop,
    Tallies,
    Tally,
    Walk,
)
from verite.ledger.timeline.clock import label_of, offsets
from verite.words.asked import Filters
from verite.words.columns import TIME_DIMENSIONS, dimension_column
from verite.words.errors import WrongUse

Row = tuple[object, ...]


class SqlEngine(ABC):
    """Asks every question of the port in portable SQL."""

    # How this engine spells labels joined in order of place; the only word that differs.
    joined = f"LISTAGG(label, '{questions.SEPARATOR}') WITHIN GROUP (ORDER BY place)"

    def __init__(self, *, zone: str = "UTC") -> None:
        self.zone = zone
        self._dialect: Dialect | None = None

    @abstractmethod
    def run(self, text: str) -> list[Row]:
        """The rows of a query over `interactions` and `people`."""

    @abstractmethod
    def columns(self) -> frozenset[str]:
        """The columns of `interactions`."""

    @property
    def dialect(self) -> Dialect:
        """What texts must know of the data."""
        if self._dialect is None:
            low, high = self.run("SELECT MIN(ts_us), MAX(ts_us) FROM interactions")[0]
            changes = offsets(self.zone, _integer(low), _integer(high))
            self._dialect = Dialect(columns=self.columns(), offsets=changes)
        return self._dialect

    def tally(self, needs: frozenset[Need], *, by: tuple[str, ...], where: Filters) -> Tallies:
        """Grouped counts of every need. `by=()` gives one group, `()`."""
        return {need: self._tally(need, by, where) for need in needs}

    def graph(self, walk: Walk) -> Graph:
        """Which label follows which, how often, after how long."""
        rows = questions.walked(self.dialect, walk)
        stays = {str(row[0]): _gaps(row[1:]) for row in self.run(questions.stays(rows))}
        stops = sorted(
            (_stop(row, stays.get(str(row[0]))) for row in self.run(questions.stops(rows))),
            key=lambda stop: stop.label,
        )
        flows = sorted(
            (_flow(row) for row in self.run(questions.flows(rows))),
            key=lambda flow: (flow.source, flow.target),
        )
        return Graph(
            cases=sum(stop.starts for stop in stops),
            interactions=sum(stop.count for stop in stops),
            stops=tuple(stops),
            flows=tuple(flows),
        )

    def variants(self, walk: Walk, *, top: int) -> Paths:
        """Exact paths of cases, most frequent first."""
        found = self.run(
            questions.variants(questions.walked(self.dialect, walk), self.joined, max(top, 1))
        )
        return Paths(
            cases=_integer(found[0][2]) if found else 0,
            variants=_integer(found[0][3]) if found else 0,
            top=tuple(
                PathCount(
                    labels=tuple(str(row[0]).split(questions.SEPARATOR)), count=_integer(row[1])
                )
                for row in found[:top]
            ),
        )

    def funnel(self, walk: Walk, steps: tuple[str, ...], *, within_us: int) -> Funnel:
        """How many cases went through the steps in order within a window."""
        if not steps:
            raise WrongUse("funnel_without_steps")
        rows = questions.walked(self.dialect, walk)
        found = self.run(questions.funnel(rows, steps, within_us))[0]
        return Funnel(steps=steps, reached=tuple(_integer(n) for n in found))

    def repeats(
        self, repeat: Repeat, *, by: tuple[str, ...], where: Filters
    ) -> Mapping[Group, Tally]:
        """Per group, y = 1 for a contact that was followed by another one soon enough."""
        inner = questions.repeats(self.dialect, repeat, by, where)
        return self._read_tallies(questions.tallies(inner, len(by)), by)

    def effort(self, rules: EffortRules, *, by: tuple[str, ...], where: Filters) -> Losses:
        """Per kind and group, how often it happened and the seconds it took."""
        found: dict[str, dict[Group, Lost]] = {kind: {} for kind in KINDS}
        text = effort_tallies(questions.PEOPLE, self.dialect, rules, by, where)
        for row in self.run(text):
            for place, kind in enumerate(KINDS):
                sums = row[len(by) + 11 * place :][:11]
                if _integer(sums[0]):
                    found[kind][_group(by, row)] = _lost(sums)
        return found

    def _tally(self, need: Need, by: tuple[str, ...], where: Filters) -> dict[Group, Tally]:
        inner = questions.readings(self.dialect, need, by, where)
        found = self._read_tallies(questions.tallies(inner, len(by)), by)
        if not need.spread:
            return found
        spreads: dict[Group, dict[float, int]] = {}
        for row in self.run(questions.spread(inner, len(by))):
            group, value = _group(by, row), _number(row[len(by)])
            spreads.setdefault(group, {})[value] = _integer(row[len(by) + 1])
        return {group: replace(tally, spread=spreads[group]) for group, tally in found.items()}

    def _read_tallies(self, text: str, by: tuple[str, ...]) -> dict[Group, Tally]:
        size = len(by)
        return {
            _group(by, row): Tally(
                n=_integer(row[size]),
                people=_integer(row[size + 1]),
                sum_y=_number(row[size + 2]),
                sum_yy=_number(row[size + 3]),
                sum_ss=_number(row[size + 4]),
                sum_sm=_number(row[size + 5]),
                sum_mm=_number(row[size + 6]),
            )
            for row in self.run(text)
            if row[size] is not None
        }


def _lost(sums: Row) -> Lost:
    n, people, squares = (_number(value) for value in sums[:3])

    def tally(part: Row) -> Tally:
        total, squared, by_person, crossed = (_number(value) for value in part)
        return Tally(
            n=int(n), people=int(people), sum_y=total, sum_yy=squared,
            sum_ss=by_person, sum_sm=crossed, sum_mm=squares,
        )  # fmt: skip

    return Lost(spent=tally(sums[3:7]), paid=tally(sums[7:]))


def _group(by: tuple[str, ...], row: Row) -> Group:
    return tuple(_label(dimension, value) for dimension, value in zip(by, row, strict=False))


def _label(dimension: str, value: object) -> str:
    name = dimension_column(dimension)
    return label_of(name, _integer(value)) if name in TIME_DIMENSIONS else str(value)


def _flow(row: Row) -> Flow:
    return Flow(
        source=str(row[0]),
        target=str(row[1]),
        count=_integer(row[2]),
        cases=_integer(row[3]),
        gaps=_gaps(row[4:]),
    )


def _stop(row: Row, stay: Gaps | None) -> Stop:
    return Stop(
        label=str(row[0]),
        count=_integer(row[1]),
        cases=_integer(row[2]),
        rework=_integer(row[3]),
        starts=_integer(row[4]),
        ends=_integer(row[5]),
        stay=stay,
    )


def _gaps(row: Row) -> Gaps:
    total, median, ninth = (_number(value) / 1e6 for value in row)
    return Gaps(sum_s=total, median_s=median, p90_s=ninth)


def _integer(value: object) -> int:
    return int(value) if value is not None else 0  # type: ignore[call-overload]


def _number(value: object) -> float:
    return float(value) if value is not None else 0.0  # type: ignore[arg-type]
