"""`verite moments`: the touchpoints that move an outcome."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from verite.cli.asking import Channels, Segments, Since, Touchpoints, Until, read_filters
from verite.cli.session import Session

if TYPE_CHECKING:
    from verite.rows import Row
    from verite.words.moments import Moment

COLUMNS = (
    "touchpoint", "kind_of_moment", "ranks", "importance", "points", "between", "bad", "good",
    "performance", "disproportion", "n", "declared",
)  # fmt: skip


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command()(moments)


def moments(
    context: typer.Context,
    outcome: Annotated[
        str, typer.Option(help="nps, csat, ces, a rating's name, churn, repurchase or repeat.")
    ] = "nps",
    by: Annotated[str | None, typer.Option(help="A segment, as segment.KEY.")] = None,
    before: Annotated[int, typer.Option(help="Days of experience read before an answer.")] = 90,
    draws: Annotated[int, typer.Option(help="Draws of customers for the intervals.")] = 1000,
    assume: Annotated[
        list[str] | None, typer.Option(help="What you are ready to assume, to call it estimated.")
    ] = None,
    since: Since = None,
    until: Until = None,
    channel: Channels = None,
    touchpoint: Touchpoints = None,
    segment: Segments = None,
) -> None:
    """Moments of truth: which touchpoints move an outcome, how much, how surely."""
    from verite.sentences.moments_drawn import with_names
    from verite.words.moments import MomentsAsked

    session: Session = context.obj
    asked = MomentsAsked(
        outcome=outcome,
        before_days=before,
        segment=by.removeprefix("segment.") if by else None,
        where=read_filters(session, (since, until), channel, touchpoint, segment),
        draws=draws,
        assume=tuple(assume or ()),
    )
    with session.open() as home:
        answer = home.moments(asked)
        if session.as_json:
            session.print_document(answer.json(session.lang))
            return
        place = session.tongue(home).touchpoint
        rows = [_line(row, place, session.lang) for row in answer.result.rows]
        named = replace(answer, result=with_names(answer.result, place))
        session.print_rows(named, rows, columns=COLUMNS)


def _line(row: Moment, place: Callable[[str], str], lang: str) -> Row:
    """A touchpoint as people read it."""
    from verite.sentences.numbers import number, share
    from verite.sentences.of_moments import moments_words, range_of

    lacks = ", ".join(moments_words(f"lack.{lack.value}", lang) for lack in row.lacks)
    ranks = (row.rank_low, row.rank_high)
    return {
        "touchpoint": place(row.touchpoint),
        "kind_of_moment": moments_words(f"kind.{row.kind.value}", lang),
        "ranks": "–".join(str(rank) for rank in dict.fromkeys(ranks)),
        "importance": share(row.importance.value, lang, 1),
        "points": number(row.points.value, lang, 1),
        "between": f"{range_of(row.points, lang)} {moments_words(f'aim.{row.aim.value}', lang)}",
        "bad": None if row.penalty is None else number(row.penalty.value, lang, 1, signed=True),
        "good": None if row.reward is None else number(row.reward.value, lang, 1, signed=True),
        "performance": number(row.performance.value, lang, 1),
        "disproportion": f"× {number(row.disproportion, lang, 1)}",
        "n": row.n,
        "declared": lacks or moments_words("declared", lang),
    }
