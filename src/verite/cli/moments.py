"""`verite moments`: the touchpoints that move an outcome; one of them in depth."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from verite.cli.asking import Channels, Segments, Since, Touchpoints, Until, read_filters
from verite.cli.session import Session
from verite.words.errors import WrongUse

if TYPE_CHECKING:
    from verite.answer import Answer
    from verite.home import Home
    from verite.rows import Row
    from verite.sentences.moments_drawn import M
    from verite.words.moments import Moment, MomentsAsked

COLUMNS = (
    "touchpoint", "kind_of_moment", "ranks", "importance", "points", "between", "bad", "good",
    "performance", "disproportion", "n", "declared",
)  # fmt: skip

ASSUME = (
    "What you are ready to assume, to call it estimated (the first two are needed): "
    "no_unseen (nothing unseen here changes both this experience and the answer); "
    "no_mediator (nothing held alike comes of this experience); no_reverse (the "
    "customer's opinion did not change this experience); no_spill (one customer's "
    "experience does not change another's answer). May be given several times."
)


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command()(moments)


def moments(
    context: typer.Context,
    one: Annotated[
        str | None, typer.Argument(metavar="[TOUCHPOINT]", help="This moment alone, in depth.")
    ] = None,
    double: Annotated[
        bool, typer.Option("--double", help="Its effect by double machine learning.")
    ] = False,
    outcome: Annotated[
        str, typer.Option(help="nps, csat, ces, a rating's name, churn, repurchase or repeat.")
    ] = "nps",
    by: Annotated[str | None, typer.Option(help="A segment, as segment.KEY.")] = None,
    before: Annotated[int, typer.Option(help="Days of experience read before an answer.")] = 90,
    draws: Annotated[int, typer.Option(help="Draws of customers for the intervals.")] = 1000,
    assume: Annotated[list[str] | None, typer.Option(help=ASSUME)] = None,
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
    if double and one is None:
        raise WrongUse("double_touchpoint")
    asked = MomentsAsked(
        outcome=outcome,
        before_days=before,
        segment=by.removeprefix("segment.") if by else None,
        where=read_filters(session, (since, until), channel, touchpoint, segment),
        draws=draws,
        assume=tuple(assume or ()),
    )
    with session.open() as home:
        if one is not None:
            _tell_one(session, home, one, asked, double=double)
            return
        answer = home.moments(asked)
        if session.as_json:
            session.print_document(answer.json(session.lang))
            return
        place = session.tongue(home).touchpoint
        rows = [_line(row, place, session.lang) for row in answer.result.rows]
        named = replace(answer, result=with_names(answer.result, place))
        session.print_rows(named, rows, columns=COLUMNS)


def _between(row: Moment, lang: str) -> str | None:
    """The bounds of the points, to gain or to keep."""
    from verite.sentences.of_moments import moments_words, range_of

    if row.stake is None:
        return None
    return f"{range_of(row.stake, lang)} {moments_words(f'aim.{row.aim.value}', lang)}"


def _tell_one(
    session: Session, home: Home, touchpoint: str, asked: MomentsAsked, *, double: bool
) -> None:
    if double:
        _print_one(session, home, home.moment_effect(touchpoint, asked, progress=_progress))
    else:
        _print_one(session, home, home.moment(touchpoint, asked))


def _print_one(session: Session, home: Home, answer: Answer[M]) -> None:
    """The sentence of one moment, or its whole document."""
    from verite.sentences.moments_drawn import with_names

    if session.as_json:
        session.print_document(answer.json(session.lang))
        return
    place = session.tongue(home).touchpoint
    named = replace(answer, result=with_names(answer.result, place))
    sys.stdout.write(named.sentence(session.lang) + "\n")
    for note in answer.notes(session.lang):
        sys.stdout.write(f"· {note}\n")


def _progress(done: int, total: int) -> None:
    """A line on a terminal: the guesses made, and in all."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{done}/{total}" + ("\n" if done == total else ""))
        sys.stderr.flush()


def _line(row: Moment, place: Callable[[str], str], lang: str) -> Row:
    """A touchpoint as people read it."""
    from verite.sentences.numbers import number, share
    from verite.sentences.of_moments import moments_words, value_of

    lacks = ", ".join(moments_words(f"lack.{lack.value}", lang) for lack in row.lacks)
    ranks = (row.rank_low, row.rank_high)
    return {
        "touchpoint": place(row.touchpoint),
        "kind_of_moment": moments_words(f"kind.{row.kind.value}", lang),
        "ranks": "–".join(str(rank) for rank in dict.fromkeys(ranks)),
        "importance": share(row.importance.value, lang, 1),
        "points": None if row.stake is None else value_of(row.stake, lang),
        "between": _between(row, lang),
        "bad": None if row.penalty is None else value_of(row.penalty, lang, signed=True),
        "good": None if row.reward is None else value_of(row.reward, lang, signed=True),
        "performance": number(row.performance.value, lang, 1),
        "disproportion": f"× {number(row.disproportion, lang, 1)}",
        "n": row.n,
        "declared": lacks or moments_words("declared", lang),
    }
