"""`verite control` and `verite funnel`: what leaves ordinary variation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from verite.cli.asking import Channels, Segments, Since, Touchpoints, Until, read_filters
from verite.cli.session import Session

if TYPE_CHECKING:
    from verite.answer import Answer
    from verite.home import Home
    from verite.rows import Row
    from verite.words.control import Controls, Funnel
    from verite.words.estimate import Unit

FIGURES = frozenset({"value", "low", "high", "lower", "upper", "smoothed", "low_95", "high_95",
                     "low_998", "high_998"})  # fmt: skip
CHART_LAST = ("value", "low", "high", "n", "lower", "upper", "broken", "drifts")
FUNNEL_LAST = ("value", "low", "high", "n", "z", "low_998", "high_998", "outside_998")
Metric = Annotated[str, typer.Argument(help="nps, csat, ces or a rating of your own.")]
By = Annotated[str, typer.Option(help="channel, team, site, touchpoint or motive; never agent.")]


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    for command in (control, funnel):
        app.command()(command)


def control(
    context: typer.Context,
    metric: Metric,
    by: By = "team",
    until: Until = None,
    channel: Channels = None,
    touchpoint: Touchpoints = None,
) -> None:
    """Control charts: each channel or team over the weeks or months."""
    session: Session = context.obj
    where = read_filters(session, (None, until), channel, touchpoint, None)
    with session.open() as home:
        _print(session, home, home.controls(metric, by=by, where=where), CHART_LAST)


def funnel(
    context: typer.Context,
    metric: Metric,
    by: By = "team",
    since: Since = None,
    until: Until = None,
    segment: Segments = None,
) -> None:
    """A funnel: each channel or team against what chance allows at its size."""
    session: Session = context.obj
    where = read_filters(session, (since, until), None, None, segment)
    with session.open() as home:
        _print(session, home, home.funnel(metric, by=by, where=where), FUNNEL_LAST)


def _print(
    session: Session, home: Home, answer: Answer[Controls] | Answer[Funnel], last: tuple[str, ...]
) -> None:
    """The document, or the sentence and a table whose figures are in the metric's unit."""
    if session.as_json:
        session.print_document(answer.json(session.lang))
        return
    from verite.cli.cells import told_rows

    result, tongue = answer.result, session.tongue(home)
    first = ("period",) if hasattr(result, "period") else ()
    rows = [_told(row, result.unit, session.lang) for row in answer.rows()]
    session.print_rows(answer, told_rows(rows, tongue), columns=(result.dimension, *first, *last))


def _told(row: Row, unit: Unit, lang: str) -> Row:
    from verite.sentences.numbers import figure, number
    from verite.sentences.of_control import control_words

    told = dict(row)
    for name, cell in row.items():
        if isinstance(cell, int | float) and name in FIGURES:
            told[name] = figure(cell, unit, lang)
    if isinstance(z := row.get("z"), float):
        told["z"] = number(z, lang, 1)
    broken = row.get("broken")
    if isinstance(broken, list):
        told["broken"] = ", ".join(control_words(f"rule.{rule}", lang) for rule in broken) or None
    for name in ("outside_95", "outside_998"):
        if name in row:
            told[name] = control_words(f"side.{row[name]}", lang)
    return told
