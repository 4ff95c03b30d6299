"""`verite customer`: the story so far of one person."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from verite.cli.session import Session

if TYPE_CHECKING:
    from verite.rows import Row
    from verite.words.customer import Beat, Customer

COLUMNS = ("at", "channel", "touchpoint", "kind", "agent", "wait_s", "outcome", "step", "marks")
TOLD_AT_MOST = 40  # the last interactions of a long life


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command()(customer)


def customer(
    context: typer.Context,
    identity: Annotated[
        str, typer.Argument(metavar="ID", help="An identity, or the number shown on their page.")
    ],
    case: Annotated[
        str | None, typer.Option(help="Tell this case, not the one that matters now.")
    ] = None,
) -> None:
    """The story so far of one customer."""
    session: Session = context.obj
    with session.open() as home:
        answer = home.customer(identity, case=case)
        if session.as_json:
            session.print_document(answer.json(session.lang))
            return
        from verite.sentences.zones import in_zone

        there: Customer = in_zone(answer.result, home.settings.zone)  # type: ignore[assignment]
        sys.stdout.write(answer.sentence(session.lang) + "\n")
        print_card(there, session.lang, session.tongue(home).touchpoint)


def print_card(there: Customer, lang: str, place: Callable[[str], str]) -> None:
    """The card, then the last interactions."""
    from verite.cli.table import print_table
    from verite.sentences.card import tell_card

    colon = "\u202f: " if lang == "fr" else ": "
    for name, told in tell_card(there, lang):
        sys.stdout.write(f"  {name}{colon}{told}\n")
    rows = [_line(beat, place, lang) for beat in there.timeline[-TOLD_AT_MOST:]]
    print_table(rows, columns=COLUMNS, lang=lang, most=TOLD_AT_MOST)
    left = len(there.timeline) - len(rows)
    if left:
        sys.stdout.write(
            f"… et {left} interactions plus anciennes (--json)\n"
            if lang == "fr"
            else f"… and {left} earlier interactions (--json)\n"
        )


def _line(beat: Beat, place: Callable[[str], str], lang: str) -> Row:
    from verite.sentences.card import mark_names
    from verite.sentences.dates import instant
    from verite.sentences.names import channel_name, kind_name, name_in
    from verite.sentences.numbers import duration

    return {
        "at": instant(beat.at, lang),
        "channel": channel_name(beat.channel, lang) if beat.channel else None,
        "touchpoint": place(beat.touchpoint) if beat.touchpoint else None,
        "kind": kind_name(beat.kind, lang) if beat.kind else None,
        "agent": beat.agent,
        "wait_s": duration(beat.wait_s, lang) if beat.wait_s is not None else None,
        "outcome": name_in("outcome", beat.outcome, lang) if beat.outcome else None,
        "step": name_in("step", beat.step, lang) if beat.step else None,
        "marks": mark_names(beat.marks, lang) or None,
    }
