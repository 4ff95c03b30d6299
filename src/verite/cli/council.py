"""`verite council`: the works council's consultation, which opens figures per agent."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from verite.cli.session import Session, now
from verite.words.errors import BadInput

if TYPE_CHECKING:
    from verite.words.council import Consulted

COLUMNS = ("number", "consulted_on", "informed_on", "note", "by", "at", "withdrawn_by",
           "withdrawn_at")  # fmt: skip


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command()(council)


def council(
    context: typer.Context,
    record: Annotated[bool, typer.Option("--record", help="Record a consultation.")] = False,
    consulted: Annotated[
        str | None, typer.Option(metavar="DATE", help="When the works council was consulted.")
    ] = None,
    informed: Annotated[
        str | None, typer.Option(metavar="DATE", help="When staff were informed.")
    ] = None,
    note: Annotated[str, typer.Option(help="Where the minutes are, for instance.")] = "",
    withdraw: Annotated[
        bool, typer.Option("--withdraw", help="Withdraw the consultation in force.")
    ] = False,
) -> None:
    """The works council's consultation: without one, nothing is computed per agent."""
    from verite.words.member import console

    session: Session = context.obj
    with session.open() as home:
        if withdraw:
            answer = home.withdraw_council(by=console("cli"), at=now())
        elif record:
            told = read_consulted(consulted or "", informed or "", note)
            answer = home.record_council(told, by=console("cli"), at=now())
        else:
            answer = home.council()
        session.print(answer, columns=COLUMNS)


def read_consulted(consulted: str, informed: str, note: str) -> Consulted:
    """The consultation as typed; raises `BadInput` when a date is missing or is none."""
    from verite.words.council import Consulted

    try:
        days = date.fromisoformat(consulted), date.fromisoformat(informed)
    except ValueError as error:
        raise BadInput("council_days_missing") from error
    return Consulted(consulted_on=days[0], informed_on=days[1], note=note.strip())
