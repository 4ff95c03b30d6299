"""`verite experience`: what experience does to loyalty."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from verite.cli.session import Session

if TYPE_CHECKING:
    from verite.cli.cells import Tongue
    from verite.rows import Row
    from verite.words.experience import Reply, Told

COLUMNS = ("question", "figure", "value", "between", "n", "rung", "verdict")


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command()(experience)


def experience(
    context: typer.Context,
    question: Annotated[
        str | None,
        typer.Argument(
            help="dissonance, kept, cost, makes_up, service, strengths, appreciated or "
            "word_of_mouth; all of them when absent."
        ),
    ] = None,
) -> None:
    """Experience and loyalty: who stays, what bad experience costs, strengths, dissonance."""
    from verite.words.errors import WrongUse
    from verite.words.experience import Topic

    session: Session = context.obj
    if question is not None and question not in set(Topic):
        known = ", ".join(Topic)
        raise WrongUse("experience_question", fields={"question": question, "known": known})
    with session.open() as home:
        answer = home.experience()
        asked = [Topic(question)] if question else list(Topic)
        if session.as_json:
            told = answer.json(session.lang)
            left = [topic.value for topic in Topic if topic not in asked]
            session.print_document({key: told[key] for key in told if key not in left})
            return
        tongue = session.tongue(home)
        for topic in asked:
            _print(session, answer.result.of(topic), tongue)


def _print(session: Session, reply: Reply, tongue: Tongue) -> None:
    from verite.cli.table import print_table
    from verite.sentences.of_experience import experience_words, how_found, say_reply, topic_of

    title = experience_words(f"title.{topic_of(reply).value}", session.lang)
    typer.echo(f"{title}\n{say_reply(reply, session.lang)}")
    print_table([_line(reply, one, tongue) for one in reply.figures], columns=COLUMNS[1:],
                lang=session.lang)  # fmt: skip
    typer.echo("" if reply.reason else f"· {how_found(reply, session.lang)}\n")


def _line(reply: Reply, one: Told, tongue: Tongue) -> Row:
    from verite.sentences.of_experience import figure_name, figure_told, verdict_told
    from verite.sentences.of_moments import moments_words

    shown, bounds = figure_told(reply, one, tongue.lang)
    return {
        "figure": figure_name(reply, one, tongue.lang, tongue.touchpoint),
        "value": shown,
        "between": bounds,
        "n": one.estimate.n,
        "rung": moments_words(f"rung.{one.rung.value}", tongue.lang),
        "verdict": verdict_told(reply, one, tongue.lang),
    }
