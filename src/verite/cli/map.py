"""`verite map`: lived journeys, and planned against lived."""

from __future__ import annotations

from typing import Annotated

import typer

from verite.cli.asking import Channels, Segments, Since, Touchpoints, Until, read_filters
from verite.cli.session import Session

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
        if design is None:
            session.print(lived, columns=COLUMNS)
            return
        conformance = home.conform(home.find_design(design), case=case, where=where)
        if session.as_json:
            session.print_document({**lived.json(), **conformance.json()})
            return
        session.print(lived, columns=COLUMNS)
        session.print(conformance)
