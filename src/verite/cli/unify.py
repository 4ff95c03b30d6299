"""`verite unify`: people from identities, and the decisions about them."""

from __future__ import annotations

from typing import Annotated

import typer

from verite.cli.session import Session

COLUMNS = ("id", "reason", "identities", "people", "interactions", "shared_cases")


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command()(unify)


def unify(
    context: typer.Context,
    review: Annotated[
        bool, typer.Option("--review", help="Show what waits for a decision.")
    ] = False,
) -> None:
    """People from identities."""
    session: Session = context.obj
    with session.open() as home:
        answer = home.unify()
        if session.as_json or review:
            session.print(answer, columns=COLUMNS)
        else:
            session.print_rows(answer, [], columns=())
