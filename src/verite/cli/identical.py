"""`verite identical`: do comparable customers live the same?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from verite.cli.asking import Channels, Segments, Since, Touchpoints, Until, read_filters
from verite.cli.session import Session

if TYPE_CHECKING:
    from verite.cli.cells import Tongue
    from verite.rows import Row
    from verite.words.identical import Cell

COLUMNS = ("dimension", "value", "effect", "between", "n", "verdict", "on_target")


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command()(identical)


def identical(
    context: typer.Context,
    metric: Annotated[
        str, typer.Option(help="nps, csat, ces, a rating, or wait, handling_time, resolution.")
    ],
    delta: Annotated[
        float | None,
        typer.Option(help="Two are the same within so many points; times, in that ratio."),
    ] = None,
    over: Annotated[
        str | None, typer.Option(help="Among channel, team, agent, site, hour, week.")
    ] = None,
    rows: Annotated[
        str, typer.Option(help="Rows of the identity map: motive, touchpoint, team or site.")
    ] = "",
    check: Annotated[
        bool, typer.Option("--check", help="Try the interval on answers drawn from the model.")
    ] = False,
    since: Since = None,
    until: Until = None,
    channel: Channels = None,
    touchpoint: Touchpoints = None,
    segment: Segments = None,
) -> None:
    """The index of identical experience, where the gaps come from, the cells."""
    session: Session = context.obj
    where = read_filters(session, (since, until), channel, touchpoint, segment)
    compared = tuple(part for part in (over or "").split(",") if part)
    with session.open() as home:
        answer = home.identical(
            metric, delta=delta, over=compared, rows=rows, check=check, where=where
        )
        if session.as_json:
            session.print_document(answer.json(session.lang))
            return
        found, tongue = answer.result, session.tongue(home)
        lines = [_line(one, tongue) for one in (*found.cells, *found.map_cells)]
        session.print_rows(answer, lines, columns=COLUMNS)


def _line(one: Cell, tongue: Tongue) -> Row:
    from verite.sentences.names import dimension_name, value_name
    from verite.sentences.numbers import difference
    from verite.sentences.of_identical import identical_words

    lang = tongue.lang
    effect, between = difference(one.effect, lang)
    named = (
        tongue.touchpoint(label.value)
        if label.dimension == "touchpoint"
        else value_name(label.dimension, label.value, lang)
        for label in one.by
    )
    return {
        "dimension": " × ".join(dimension_name(label.dimension, lang) for label in one.by),
        "value": " × ".join(named),
        "effect": effect,
        "between": between,
        "n": one.effect.n,
        "verdict": identical_words(f"alike.{one.alike.value}", lang) if one.alike else None,
        "on_target": one.on_target,
    }
