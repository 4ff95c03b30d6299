"""`verite effort`: what repetition costs the whole company."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from verite.cli.asking import Channels, Segments, Since, Touchpoints, Until, read_filters
from verite.cli.session import Session

if TYPE_CHECKING:
    from verite.rows import Row
    from verite.words.effort import EffortLost, LossRow

FIRST, LAST = ("loss",), ("n", "people", "time_lost", "between", "share", "time_paid", "money")


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command()(effort)


def effort(
    context: typer.Context,
    by: Annotated[
        str | None, typer.Option(help="Dimensions, separated by commas; never agent.")
    ] = None,
    since: Since = None,
    until: Until = None,
    channel: Channels = None,
    touchpoint: Touchpoints = None,
    segment: Segments = None,
) -> None:
    """Time and money lost to repetition."""
    session: Session = context.obj
    where = read_filters(session, (since, until), channel, touchpoint, segment)
    dimensions = tuple(part for part in (by or "").split(",") if part)
    with session.open() as home:
        answer = home.effort(by=dimensions, where=where)
        if session.as_json:
            session.print_document(answer.json(session.lang))
            return
        place = session.tongue(home).touchpoint
        from verite.sentences.of_effort import work_unit

        lost = answer.result
        tongue = _Tongue(lang=session.lang, place=place, unit=work_unit(lost.rows))
        rows = [_line(row, lost, tongue) for row in lost.rows]
        session.print_rows(answer, rows, columns=(*FIRST, *dimensions, *LAST))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tongue:
    """How the table is told: its language, names of touchpoints, its unit of time."""

    lang: str
    place: Callable[[str], str]
    unit: float


def _line(row: LossRow, lost: EffortLost, told: _Tongue) -> Row:
    from verite.sentences.names import value_name
    from verite.sentences.numbers import share
    from verite.sentences.of_effort import loss_name, money, work_between, work_time
    from verite.words.estimate import Status

    lang, unit = told.lang, told.unit
    named = {
        label.dimension: told.place(label.value)
        if label.dimension == "touchpoint"
        else value_name(label.dimension, label.value, lang)
        for label in row.by
    }
    is_hidden = row.spent.status is Status.HIDDEN
    return {
        "loss": loss_name(row.loss, lang),
        **named,
        "n": row.spent.n,
        "people": row.spent.people,
        "time_lost": work_time(row.spent.value, lang, unit) or None,
        "between": None if is_hidden else work_between(row.spent, lang, unit),
        "share": None if row.share is None else share(row.share, lang),
        "time_paid": work_time(row.paid.value, lang, unit) or None,
        "money": money(row.money(lost.cost_per_minute)[0], lost.currency, lang) or None,
    }
