"""Cells and contrasts as lines of tables, each leading to the answers behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from verite.sentences.identity import identity_words, sign_of, verdict_of
from verite.sentences.names import dimension_name
from verite.sentences.numbers import difference, interval, number, value
from verite.web.identical.links import SquareLinks
from verite.web.identical.naming import value_told
from verite.web.language import language
from verite.web.touchpoints.naming import Names
from verite.web.wording import say
from verite.words.estimate import Estimate, Status
from verite.words.identical import Alike, Cell, Contrast, Identical

_ORDER: Final = {Alike.DIFFERENT: 0, Alike.UNDECIDED: 1, Alike.IDENTICAL: 2, None: 3}


@dataclass(frozen=True, slots=True, kw_only=True)
class CellLine:
    """One value or square: distance, interval, n, verdict, target, evidence."""

    group: str
    name: str
    effect: str
    interval: str
    n: str
    verdict: str
    is_different: bool
    expected: str
    target: str
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContrastLine:
    """Two values of a dimension with few of them."""

    group: str
    name: str
    difference: str
    interval: str
    verdict: str
    is_different: bool


def told_cells(found: Identical, cells: Sequence[Cell], links: SquareLinks) -> tuple[CellLine, ...]:
    """Lines of cells; weeks and hours are left to the charts, and agents under thirty to nobody."""
    kept = [cell for cell in cells if _is_listed(cell, found)]
    return tuple(_cell(found, cell, links) for cell in kept)


def _is_listed(cell: Cell, found: Identical) -> bool:
    dimensions = {label.dimension for label in cell.by}
    if dimensions & {"week", "hour"}:
        return False
    return "agent" not in dimensions or (cell.effect.n or 0) >= found.level_of_agents


def _cell(found: Identical, cell: Cell, links: SquareLinks) -> CellLine:
    lang, names = language(), links.names
    effect, bounds = figures_of(cell.effect)
    hidden = cell.effect.status is Status.HIDDEN
    metric = f"nps_{found.nps_kind}" if found.nps_kind else found.metric
    verdict = f"{sign_of(cell)} {verdict_of(cell, lang)}".strip()
    return CellLine(
        group=dimension_name(cell.by[0].dimension, lang),
        name=" · ".join(value_told(one.dimension, one.value, names) for one in cell.by),
        effect=effect,
        interval=bounds,
        n="" if cell.effect.n is None else number(cell.effect.n, lang),
        verdict=verdict,
        is_different=cell.alike is Alike.DIFFERENT,
        expected="" if cell.level is None else number(cell.level, lang, 2),
        target=_target(cell),
        evidence="" if hidden else links.row(metric, cell.by) or "",
    )


def figures_of(effect: Estimate) -> tuple[str, str]:
    """A distance and its interval, or what stands in their place."""
    if effect.value is None:
        return value(effect, language()), interval(effect, language())
    return difference(effect, language())


def _target(cell: Cell) -> str:
    if cell.target is None:
        return ""
    key = {True: "reached", False: "missed", None: "undecided"}[cell.on_target]
    return say(f"identical.target_{key}", target=number(cell.target, language(), 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Squares:
    """The map as a table: its channels, and a line per row."""

    rows_are: str
    columns: tuple[str, ...]
    lines: tuple[tuple[str, tuple[str, ...]], ...]


def told_squares(found: Identical, links: SquareLinks) -> Squares:
    """Every square, also those for which the picture has no room."""
    held = {(cell.by[0].value, cell.by[1].value): cell for cell in found.map_cells}
    rows, columns = (tuple(dict.fromkeys(key[place] for key in held)) for place in (0, 1))
    lang = language()
    return Squares(
        rows_are=dimension_name(found.map_rows, lang),
        columns=tuple(value_told("channel", column, links.names) for column in columns),
        lines=tuple(
            (
                value_told(found.map_rows, row, links.names),
                tuple(_told_square(held.get((row, one))) for one in columns),
            )
            for row in rows
        ),
    )


def _told_square(cell: Cell | None) -> str:
    if cell is None:
        return ""
    (effect, bounds), lang = figures_of(cell.effect), language()
    n = ""
    if cell.effect.value is not None and cell.effect.n is not None:
        n = say("identical.square_n", n=cell.effect.n)
    return " ".join(part for part in (effect, bounds, verdict_of(cell, lang), n) if part)


def by_verdict(cells: Sequence[Cell]) -> list[Cell]:
    """The cells that differ first, then those undecided; the furthest first among equals.

    Agents come last, by name: nobody's work is ranked.
    """

    def place(cell: Cell) -> tuple[bool, int, float, str]:
        if cell.by[0].dimension == "agent":
            return True, 0, 0.0, cell.by[0].value
        return False, _ORDER[cell.alike], -abs(cell.effect.value or 0.0), cell.by[0].value

    return sorted(cells, key=place)


def told_contrasts(found: Identical, names: Names) -> tuple[ContrastLine, ...]:
    """Lines of the contrasts that could be told, those that differ first."""
    told = [one for one in found.contrasts if one.difference.low is not None]
    ranked = sorted(told, key=lambda one: _ORDER[one.alike])
    return tuple(_contrast(one, names) for one in ranked)


def _contrast(one: Contrast, names: Names) -> ContrastLine:
    lang = language()
    told, bounds = figures_of(one.difference)
    pair = [value_told(one.dimension, key, names) for key in (one.first, one.second)]
    verdict = "" if one.alike is None else identity_words(f"verdict.{one.alike}", lang)
    return ContrastLine(
        group=dimension_name(one.dimension, lang),
        name=say("identical.pair", first=pair[0], second=pair[1]),
        difference=told,
        interval=bounds,
        verdict=verdict,
        is_different=one.alike is Alike.DIFFERENT,
    )
