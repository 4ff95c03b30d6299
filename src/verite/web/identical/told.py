"""The page of identical experience as it is printed: never the index alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from verite.home import Home
from verite.pictures.identity_map import map_of
from verite.sentences.dates import period
from verite.sentences.explain import explain_note
from verite.sentences.identity import (
    identity_words,
    range_of,
    say_furthest,
    share_and_range,
    units_of,
)
from verite.sentences.names import dimension_name, metric_name
from verite.sentences.numbers import number, span
from verite.sentences.of_identical import (
    decimals,
    dimensions_of,
    heaviest,
    on_target_counts,
)
from verite.sentences.reading import how_to_read
from verite.sentences.say import say as say_result
from verite.sentences.telling import listed
from verite.sentences.zones import in_zone
from verite.web.identical.charts import (
    ChartsTold,
    FunnelTold,
    told_charts,
    told_funnel,
)
from verite.web.identical.kept import KeptTold, told_kept
from verite.web.identical.links import SquareLinks
from verite.web.identical.looking import Found
from verite.web.identical.tables import (
    CellLine,
    ContrastLine,
    Squares,
    by_verdict,
    told_cells,
    told_contrasts,
    told_squares,
)
from verite.web.identical.wanted import Wanted
from verite.web.language import language
from verite.web.pictured import Drawn, drawn
from verite.web.touchpoints.naming import Names
from verite.web.wording import say
from verite.words.identical import Alike, Decomposition, Identical, IdentityMap, LevelUp

FIRST: Final = 8  # values shown without asking
LISTED: Final = 20  # values listed in all: the files have every one
ADJUSTED: Final = "note_identical_adjusted"  # its fields are dimensions: told by their names


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexTold:
    """The index, its interval, what it means, its formula; beside it what is on target."""

    value: str
    interval: str
    means: str
    formula: str
    on_target: str
    on_target_told: str
    has_target: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class IdenticalPage:
    """Everything the page prints."""

    title: str
    finding: str
    index: IndexTold
    shares: Drawn | None
    share_lines: tuple[tuple[str, str, str], ...]
    level_up: str
    map_title: str
    map_reading: str
    map_picture: Drawn
    squares: Squares
    source: str
    first_cells: tuple[CellLine, ...]
    more_cells: tuple[CellLine, ...]
    has_targets: bool
    left_cells: int
    contrasts: tuple[ContrastLine, ...]
    charts: tuple[ChartsTold, ...]
    funnel: FunnelTold | None
    kept: KeptTold | None
    notes: tuple[str, ...]


def told_identical(home: Home, found: Found, wanted: Wanted, names: Names) -> IdenticalPage:
    """The page for one score."""
    lang = language()
    result = in_zone(found.identical, home.settings.zone)
    if not isinstance(result, Identical):  # the same result, its days in the home's zone
        raise TypeError(type(result))
    shown = _named(map_of(result), names)
    parts = Decomposition(about=result.about, shares=result.shares)
    links = SquareLinks(asked=wanted.dated, names=names)
    cells = told_cells(result, by_verdict(result.cells), links)
    return IdenticalPage(
        title=_title(result),
        finding=_finding(result, shown),
        index=_index(result),
        shares=drawn(parts) if result.shares else None,
        share_lines=tuple(
            (dimension_name(one.dimension, lang), units_of(one, lang), share_and_range(one, lang))
            for one in result.shares
        ),
        level_up=_level_up(result.level_up, result),
        map_title=say_result(shown, lang),
        map_reading=how_to_read(shown, lang),
        map_picture=drawn(shown, links),
        squares=told_squares(result, links),
        source=_source(result),
        first_cells=cells[:FIRST],
        more_cells=cells[FIRST:LISTED],
        has_targets=any(cell.target for cell in cells[:LISTED]),
        left_cells=max(0, len(cells) - LISTED),
        contrasts=told_contrasts(result, names),
        charts=told_charts(home, found, wanted, names),
        funnel=told_funnel(home, found.funnel, wanted.dated, names),
        kept=told_kept(result, wanted.dated),
        notes=_notes(result),
    )


def _named(found: IdentityMap, names: Names) -> IdentityMap:
    """The map with its touchpoints by their names."""
    if found.rows != "touchpoint":
        return found
    cells = tuple(
        replace(cell, by=(replace(cell.by[0], value=names.name(cell.by[0].value)), *cell.by[1:]))
        for cell in found.cells
    )
    return replace(found, cells=cells)


def _title(found: Identical) -> str:
    """What a reader could repeat aloud, no more than the verdicts bear."""
    verdicts = Counter(cell.alike for cell in (*found.map_cells, *found.cells))
    if verdicts[Alike.DIFFERENT]:
        return say("identical.different")
    judged = verdicts[Alike.IDENTICAL] + verdicts[Alike.UNDECIDED]
    if judged and not verdicts[Alike.UNDECIDED]:
        return say("identical.same")
    return say("identical.unknown")


def _finding(found: Identical, shown: IdentityMap) -> str:
    lang = language()
    first = heaviest(found)
    told = say("identical.no_heaviest")
    if first is not None and len(found.shares) > 1:
        told = say(
            "identical.heaviest",
            dimension=identity_words(f"the.{first.dimension}", lang),
            share=share_and_range(first, lang),
        )
    return f"{told} {say_furthest(shown, lang)}".strip()


def _index(found: Identical) -> IndexTold:
    lang, index = language(), found.index
    digits = max(decimals(found.delta), 1)
    delta = number(found.delta, lang, digits)
    proven, possible = on_target_counts(found)
    if index.value is None:
        means = say("identical.no_index")
    else:
        of = dimensions_of(found, lang)
        means = say("identical.means", of=of, value=number(index.value, lang), delta=delta)
    return IndexTold(
        value="" if index.value is None else number(index.value, lang),
        interval=_bounds((index.low, index.high)),
        means=means,
        formula=_formula(found, delta),
        on_target=say("identical.on_target_of", proven=proven, judged=found.judged),
        on_target_told=say(
            "identical.on_target_told", proven=proven, possible=possible, judged=found.judged
        ),
        has_target=found.on_target_share is not None,
    )


def _bounds(bounds: Sequence[float | None]) -> str:
    low, high = bounds
    if low is None or high is None:
        return ""
    told = [number(bound, language()) for bound in (low, high)]
    return say("identical.bounds", low=told[0], high=told[1])


def _formula(found: Identical, delta: str) -> str:
    lang, gap, sigma = language(), found.gap, found.sigma_between
    scale = f"{found.lowest:g}-{found.highest:g}"
    if gap.value is None or sigma.value is None:
        return say("identical.formula_alone", delta=delta, scale=scale)
    return say(
        "identical.formula",
        gap=number(gap.value, lang, 2),
        gap_range=range_of(gap, lang, digits=2),
        sigma=number(sigma.value, lang, 2),
        delta=delta,
        scale=scale,
    )


def _source(found: Identical) -> str:
    """Window, levels, equality of customers, version."""
    window = found.about.window
    return say(
        "identical.source",
        period="" if window is None else period(window, language()),
        n=found.n,
        people=found.people,
        version=found.about.ledger_version,
    )


def _notes(found: Identical) -> tuple[str, ...]:
    """What to know, dimensions by their names."""
    lang = language()
    told = [explain_note(note, lang) for note in found.about.notes if not note.startswith(ADJUSTED)]
    named = [dimension_name(key, lang) for key in found.adjusted_for]
    if named:
        told.insert(0, say("identical.adjusted", dimensions=listed(named, lang)))
    return tuple(told)


def _level_up(found: LevelUp | None, result: Identical) -> str:
    """What raising what is below its target would do; lowering is never simulated."""
    lang = language()
    metric = metric_name(result.metric, lang)
    if found is None:
        return say("identical.level_up_no_target", metric=metric)
    if not found.raised:
        return say("identical.level_up_none")
    now, then = found.index_now, found.index
    return say(
        "identical.level_up",
        count=found.raised,
        mean_now=number(found.mean_now, lang, 2),
        mean=number(found.mean, lang, 2),
        mean_range=span(found.mean_low, found.mean_high, lang, 2),
        index_now=number(now.value or 0.0, lang),
        index=number(then.value or 0.0, lang),
        range=range_of(then, lang),
    )
