"""`verite measure`, `verite targets`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from verite.cli.asking import (
    Channels,
    OnlyMetric,
    Segments,
    Since,
    Touchpoints,
    Until,
    read_filters,
)
from verite.cli.session import Session, now

COLUMNS = ("metric", "nps_kind", "value", "low", "high", "n", "people", "unit", "status", "method")


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    app.command()(measure)
    app.command()(targets)


def measure(
    context: typer.Context,
    metrics: Annotated[list[str] | None, typer.Argument(help="Metrics; all when absent.")] = None,
    by: Annotated[str | None, typer.Option(help="Dimensions, separated by commas.")] = None,
    since: Since = None,
    until: Until = None,
    channel: Channels = None,
    touchpoint: Touchpoints = None,
    segment: Segments = None,
    metric: OnlyMetric = None,
) -> None:
    """KPIs with their intervals."""
    from verite.measure import METRICS

    session: Session = context.obj
    where = read_filters(session, (since, until), channel, touchpoint, segment)
    dimensions = tuple(part for part in (by or "").split(",") if part)
    asked = tuple(metrics or ([metric] if metric else METRICS))
    with session.open() as home:
        answer = home.measure(*asked, by=dimensions, where=where)
        session.print(answer, columns=(COLUMNS[0], *dimensions, *COLUMNS[1:]), home=home)


def targets(
    context: typer.Context,
    set_file: Annotated[
        Path | None, typer.Option("--set", help="Replace the targets by those of a TOML file.")
    ] = None,
    since: Since = None,
    until: Until = None,
    channel: Channels = None,
    segment: Segments = None,
) -> None:
    """KPI, now, target, gap, trend."""
    session: Session = context.obj
    where = read_filters(session, (since, until), channel, None, segment)
    with session.open() as home:
        if set_file is not None:
            from verite.measure.wishes import open_targets

            home.set_targets(open_targets(set_file), by="cli", at=now())
        session.print(home.targets(where=where), home=home)
