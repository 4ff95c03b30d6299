"""`verite map`: lived journeys, and planned against lived."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from verite.cli.asking import Channels, Segments, Since, Touchpoints, Until, read_filters
from verite.cli.session import Session

if TYPE_CHECKING:
    from verite.answer import Answer
    from verite.home import Home
    from verite.words.journey import LivedMap

PATHS = ("count", "share", "path")
COLUMNS = (
    "touchpoint", "count", "people", "cases", "entries", "exits", "rework",
    "median_stay_s", "median_wait_s", "drop_off", "feeling",
)  # fmt: skip


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(name="map")(draw_map)


def draw_map(
    context: typer.Context,
    case: Annotated[str, typer.Option(help="person, case_id or gap:30d.")] = "person",
    top: Annotated[int, typer.Option(min=1, help="How many variants.")] = 20,
    design: Annotated[
        str | None, typer.Option(help="A designed map: a TOML file, or the key of a known one.")
    ] = None,
    since: Since = None,
    until: Until = None,
    channel: Channels = None,
    touchpoint: Touchpoints = None,
    segment: Segments = None,
) -> None:
    """Lived journeys."""
    session: Session = context.obj
    where = read_filters(session, (since, until), channel, touchpoint, segment)
    with session.open() as home:
        lived = home.map(case=case, top=top, where=where)
        conformance = (
            home.conform(home.find_design(design), case=case, where=where) if design else None
        )
        if session.as_json:
            planned = conformance.json(session.lang) if conformance else {}
            session.print_document({**lived.json(session.lang), **planned})
            return
        print_lived(session, lived, home)
        if conformance is not None:
            session.print(conformance, home=home)


def print_lived(session: Session, lived: Answer[LivedMap], home: Home) -> None:
    """The touchpoints, then the paths."""
    from verite.cli.cells import node_rows, variant_rows
    from verite.cli.table import print_table

    tongue = session.tongue(home)
    session.print_rows(lived, node_rows(lived.result, tongue), columns=COLUMNS)
    paths = variant_rows(lived.result, tongue)
    if paths:
        sys.stdout.write("\n")
    print_table(paths, columns=PATHS, lang=session.lang, most=len(paths))
