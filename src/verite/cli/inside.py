"""`verite items`, `values`, `answers`: what to ask, what staff know, the same answer everywhere."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from verite.cli.asking import Channels, Since, Until, read_filters
from verite.cli.session import Session
from verite.words.errors import WrongUse

if TYPE_CHECKING:
    from verite.answer import Answer
    from verite.rows import Row
    from verite.words.inside import CheckContact, QuestionRow, ValueRow
    from verite.words.items import Items

ITEMS = ("column", "text", "topic", "audience", "scale")
VALUES = ("item", "group", "value", "between", "n", "known", "gap", "alike")
ANSWERS = ("question", "value", "between", "n", "within", "verdict", "answers")
CONTACTS = ("at", "channel", "group", "answer", "text")
FORMATS = ("csv", "excel")


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    app.command()(items)
    app.command()(values)
    app.command()(answers)


def items(
    context: typer.Context,
    format: Annotated[  # noqa: A002
        str | None, typer.Option(help="csv or excel: a file ready for any survey tool.")
    ] = None,
    output: Annotated[Path | None, typer.Option(help="The file to write; else stdout.")] = None,
) -> None:
    """Questions ready to be asked: staff, product, and whether staff know the values."""
    session: Session = context.obj
    if format not in (None, *FORMATS):
        raise WrongUse("unknown_items_format", fields={"format": format})
    with session.open() as home:
        answer = home.items()
    if format is not None:
        _write(answer, format, output, session.lang)
    elif session.as_json:
        session.print_document(answer.json(session.lang))
    else:
        session.print_rows(answer, _items(answer, session.lang), columns=ITEMS)


def values(context: typer.Context, since: Since = None, until: Until = None) -> None:
    """Values known by staff: the share who know each, by team and site, by all or not."""
    session: Session = context.obj
    where = read_filters(session, (since, until), None, None, None)
    with session.open() as home:
        answer = home.values(where=where)
        if session.as_json:
            session.print_document(answer.json(session.lang))
            return
        names = {one.key: one.name(session.lang) for one in answer.result.values}
        lines = [_value(one, names, session.lang) for one in answer.result.rows]
        session.print_rows(answer, lines, columns=VALUES)


def answers(
    context: typer.Context,
    question: Annotated[
        str | None, typer.Option(help="The contacts on which this question was asked.")
    ] = None,
    since: Since = None,
    until: Until = None,
    channel: Channels = None,
) -> None:
    """The same answer everywhere: whether a question gets one answer on every channel."""
    session: Session = context.obj
    where = read_filters(session, (since, until), channel, None, None)
    with session.open() as home:
        answer = home.answers(where=where)
        if session.as_json:
            session.print_document(answer.json(session.lang))
            return
        if question is None:
            lines = [_question(one, session.lang) for one in answer.result.rows]
            session.print_rows(answer, lines, columns=ANSWERS)
            return
        found = home.contacts_of(question, where=where)
        if not found:
            raise WrongUse("unknown_question", fields={"question": question})
        lines = [_contact(one, home.settings.zone, session.lang) for one in found]
        session.print_rows(answer, lines, columns=CONTACTS)


def _write(answer: Answer[Items], kind: str, output: Path | None, lang: str) -> None:
    """The file on stdout, or where asked; Excel's mark tells that the accents are UTF-8."""
    from verite.rows import write_csv, write_excel

    rows = answer.rows()
    made = (
        write_excel(rows, title="items")
        if kind == "excel"
        else ("\ufeff" + write_csv(rows, lang=lang)).encode()
    )
    if output is None:
        sys.stdout.buffer.write(made)
        sys.stdout.buffer.flush()
    else:
        output.write_bytes(made)


def _items(answer: Answer[Items], lang: str) -> list[Row]:
    from verite.sentences.of_inside import inside_words

    return [
        {
            "column": one.key,
            "text": one.wording(lang).text,
            "topic": inside_words(f"topic.{one.topic.value}", lang),
            "audience": inside_words(f"audience.{one.audience.value}", lang),
            "scale": f"{one.scale.low:g} = {one.wording(lang).low}, "
            f"{one.scale.high:g} = {one.wording(lang).high}",
        }
        for one in answer.result.items
    ]


def _value(one: ValueRow, names: dict[str, str], lang: str) -> Row:
    from verite.sentences.numbers import difference, interval, value
    from verite.sentences.of_inside import inside_words, known_words

    unit = inside_words(f"unit.{one.dimension}", lang, {"name": one.unit}) if one.unit else None
    return {
        "item": names[one.value],
        "group": unit,
        "value": value(one.share, lang),
        "between": interval(one.share, lang),
        "n": one.share.n,
        "known": known_words(one.known, lang),
        "gap": " ".join(difference(one.gap, lang)) if one.gap else None,
        "alike": inside_words(f"alike.{one.alike.value}", lang) if one.alike else None,
    }


def _question(one: QuestionRow, lang: str) -> Row:
    from verite.sentences.numbers import interval, value
    from verite.sentences.of_inside import heard_told, same_words

    return {
        "question": one.question,
        "value": value(one.agreement, lang),
        "between": interval(one.agreement, lang),
        "n": one.agreement.n,
        "within": value(one.within, lang),
        "verdict": same_words(one.verdict, lang),
        "answers": " | ".join(heard_told(heard, lang) for heard in one.channels),
    }


def _contact(one: CheckContact, zone: str, lang: str) -> Row:
    from zoneinfo import ZoneInfo

    from verite.sentences.dates import instant
    from verite.sentences.names import name_in

    return {
        "at": instant(one.at.astimezone(ZoneInfo(zone)), lang),
        "channel": name_in("channel", one.channel, lang),
        "group": " ".join(part for part in (one.team, one.site) if part),
        "answer": one.answer,
        "text": one.text,
    }
