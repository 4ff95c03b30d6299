"""`verite feeling`: the model of the running feeling, and its fit."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from verite.cli.session import Session, now

COLUMNS = ("way", "value", "low", "high", "gain", "gain_low", "gain_high", "beaten")


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command()(feeling)


def feeling(
    context: typer.Context,
    fit: Annotated[bool, typer.Option("--fit", help="Fit the model again first.")] = False,
    outcome: Annotated[
        str, typer.Option(help="What it foretells: churn, repurchase or score.")
    ] = "churn",
    days: Annotated[int, typer.Option(help="Within how many days.")] = 30,
) -> None:
    """The running feeling: how it was fitted, and how good it is."""
    from verite.sentences.of_feeling import feeling_words
    from verite.words.errors import WrongUse
    from verite.words.feeling import FeelingAsked, FeelingOutcome
    from verite.words.member import console

    session: Session = context.obj
    if outcome not in set(FeelingOutcome):
        known = ", ".join(FeelingOutcome)
        raise WrongUse("bad_feeling_outcome", fields={"outcome": outcome, "known": known})
    asked = FeelingAsked(outcome=FeelingOutcome(outcome), days=days)
    with session.open() as home:
        if fit:
            answer = home.fit_feeling(asked, by=console("cli"), at=now(), progress=_progress)
        else:
            answer = home.feeling()
        if session.as_json:
            session.print_document(answer.json(session.lang))
            return
        rows = [
            {**row, "way": feeling_words(f"way.{row['way']}", session.lang)}
            for row in answer.rows()
        ]
        session.print_rows(answer, rows, columns=COLUMNS)


def _progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{done}/{total}" + ("\n" if done == total else ""))
        sys.stderr.flush()
