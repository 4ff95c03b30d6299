"""`verite promises`: what the company says it does, and how often it does."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from verite.cli.asking import Channels, Segments, Since, Touchpoints, Until, read_filters
from verite.cli.session import Session, now

if TYPE_CHECKING:
    from verite.answer import Answer
    from verite.home import Home
    from verite.words.promises import Promises

COLUMNS = ("promise", "kept", "between", "n", "target", "standing", "worst", "alarm")


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command()(promises)


def promises(
    context: typer.Context,
    set_file: Annotated[
        Path | None, typer.Option("--set", help="Replace the promises by those of a TOML file.")
    ] = None,
    since: Since = None,
    until: Until = None,
    channel: Channels = None,
    touchpoint: Touchpoints = None,
    segment: Segments = None,
) -> None:
    """Promises against deeds: the share kept, the worst hours, the drift."""
    session: Session = context.obj
    where = read_filters(session, (since, until), channel, touchpoint, segment)
    with session.open() as home:
        if set_file is not None:
            from verite.measure.promises import open_promises

            home.set_promises(open_promises(set_file), by="cli", at=now())
        _print(session, home, home.promises(where=where))


def _print(session: Session, home: Home, answer: Answer[Promises]) -> None:
    if session.as_json:
        session.print_document(answer.json(session.lang))
        return
    from verite.sentences.dates import day
    from verite.sentences.numbers import figure, interval, number, value
    from verite.sentences.of_promises import hours_told, promise_words
    from verite.words.estimate import Unit

    lang = session.lang
    rows = [
        {
            "promise": one.promise.name(lang),
            "kept": value(one.whole, lang),
            "between": interval(one.whole, lang),
            "n": None if one.whole.n is None else number(one.whole.n, lang),
            "target": figure(one.promise.target, Unit.PERCENT, lang),
            "standing": one.standing and promise_words(f"standing.{one.standing.value}", lang),
            "worst": hours_told(one.worst, lang) if one.worst else None,
            "alarm": day(one.alarm.since.date(), lang) if one.alarm else None,
        }
        for one in answer.result.rows
    ]
    session.print_rows(answer, rows, columns=COLUMNS)
