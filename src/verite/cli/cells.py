"""Cells of the text tables: names in place of codes, durations in place of seconds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from verite.rows import Json, Row
    from verite.words.estimate import Estimate
    from verite.words.journey import DesignedMap, LivedMap, Node

Names = tuple[tuple[str, str], ...]  # by language
FIGURES: Final = frozenset({"value", "low", "high", "now", "target"})
FEWEST: Final = 5  # people behind a figure that is shown
_CODES: Final = {"status": "status", "unit": "unit", "better": "better", "method": "method"}
_DIMENSIONS: Final = frozenset({"channel", "hour", "day", "month", "weekday", "outcome"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Tongue:
    """The language of a table, and the names that designed maps give to touchpoints."""

    lang: str
    names: Mapping[str, Names] = field(default_factory=dict)

    def touchpoint(self, key: str) -> str:
        """A touchpoint as people call it."""
        from verite.sentences.names import touchpoint_name

        return touchpoint_name(key, self.names.get(key, ()), self.lang)


def names_in(designs: Sequence[DesignedMap]) -> dict[str, Names]:
    """The names of touchpoints; the first map that names one has the last word."""
    return {point.key: point.names for one in reversed(designs) for point in one.touchpoints}


def told_rows(rows: Sequence[Row], tongue: Tongue) -> list[Row]:
    """The rows with every code named and every figure printed in its unit."""
    return [{name: _told(name, row, tongue) for name in row} for row in rows]


def _told(name: str, row: Row, tongue: Tongue) -> Json:
    from verite.sentences.names import metric_name, name_in, value_name

    cell = row[name]
    if isinstance(cell, str):
        named: dict[str, Callable[[], str]] = {
            "touchpoint": lambda: tongue.touchpoint(cell),
            "metric": lambda: metric_name(cell, tongue.lang),
            "nps_kind": lambda: name_in("kind_of_nps", cell, tongue.lang),
            "kind": lambda: _kind(cell, tongue.lang),
        }
        if name in named:
            return named[name]()
        if name in _CODES:
            return name_in(_CODES[name], cell, tongue.lang)
        return value_name(name, cell, tongue.lang) if name in _DIMENSIONS else cell
    unit = row.get("unit")
    if isinstance(cell, int | float) and isinstance(unit, str) and name in FIGURES | {"gap"}:
        return _figure(name, float(cell), unit, row, tongue.lang)
    return cell


def _kind(key: str, lang: str) -> str:
    """A departure from a designed map, or a kind of interaction."""
    from verite.sentences.names import kind_name, name_in

    departed = key in {"skipped", "added", "repeated"}
    return name_in("deviation", key, lang) if departed else kind_name(key, lang)


def _figure(name: str, x: float, unit: str, row: Row, lang: str) -> str:
    from verite.sentences.numbers import figure_for, fine_enough, gap, print_figure
    from verite.words.estimate import Unit

    low, high, middle = row.get("low"), row.get("high"), row.get("value", row.get("now"))
    known = isinstance(low, int | float) and isinstance(high, int | float)
    width = float(high) - float(low) if known else None  # type: ignore[arg-type]
    if name == "gap":
        return gap(x, Unit(unit), lang, width)
    size = float(middle) if isinstance(middle, int | float) and name != "target" else x
    shown = figure_for(Unit(unit), size, None if name == "target" else width, lang)
    return print_figure(x, fine_enough(x, shown, lang), lang)


def node_rows(lived: LivedMap, tongue: Tongue) -> list[Row]:
    """One row per touchpoint of a lived map, its estimates with their intervals."""
    return [_node(node, tongue) for node in lived.nodes]


def _node(node: Node, tongue: Tongue) -> Row:
    return {
        "touchpoint": tongue.touchpoint(node.touchpoint),
        "count": node.count,
        "people": node.people,
        "cases": node.cases,
        "entries": node.entries,
        "exits": node.exits,
        "rework": node.rework,
        "median_stay_s": _length(node.median_stay_s, node.people, tongue.lang),
        "median_wait_s": _length(node.median_wait_s, node.people, tongue.lang),
        "drop_off": _estimate(node.drop_off, tongue.lang),
        "feeling": _estimate(node.feeling, tongue.lang),
    }


def _length(seconds: float | None, people: int, lang: str) -> str | None:
    from verite.sentences.catalogue import phrase
    from verite.sentences.numbers import duration

    if seconds is None:
        return None
    return duration(seconds, lang) if people >= FEWEST else phrase("withheld.hidden", lang)


def _estimate(found: Estimate | None, lang: str) -> str | None:
    """`29 % [25 ; 33], n = 410`."""
    from verite.sentences.numbers import interval, number, value
    from verite.sentences.typography import THIN
    from verite.words.estimate import Status

    if found is None:
        return None
    told = " ".join(part for part in (value(found, lang), interval(found, lang)) if part)
    if found.status is not Status.OK or found.n is None:
        return told
    return f"{told}, n{THIN}={THIN}{number(found.n, lang)}"


def variant_rows(lived: LivedMap, tongue: Tongue) -> list[Row]:
    """One row per exact path, the most frequent first."""
    from verite.sentences.numbers import share

    return [
        {
            "path": [tongue.touchpoint(key) for key in variant.path],
            "count": variant.count,
            "share": share(variant.share, tongue.lang, 1),
        }
        for variant in lived.variants
    ]
