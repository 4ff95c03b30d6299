"""`verite unify`: people from identities, and the decisions about them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from verite.cli.session import Session, now

if TYPE_CHECKING:
    from verite.answer import Answer
    from verite.home import Home
    from verite.rows import Row
    from verite.words.people import Decided, Unified

COLUMNS = ("id", "reason", "identities", "people", "interactions", "shared_cases")
MERGED = ("id", "reason", "identities", "at")
Ids = list[str] | None
Two = tuple[str, str] | None


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command()(unify)


def unify(
    context: typer.Context,
    review: Annotated[
        bool, typer.Option("--review", help="Show what waits for a decision.")
    ] = False,
    accept: Annotated[Ids, typer.Option(help="One person: the id of what waits.")] = None,
    reject: Annotated[Ids, typer.Option(help="Not one person: the id of what waits.")] = None,
    undo: Annotated[Ids, typer.Option(help="Undo a merge, by its id.")] = None,
    merge: Annotated[Two, typer.Option(help="Join two identities.")] = None,
    part: Annotated[Two, typer.Option(help="Take two identities apart.")] = None,
    propose: Annotated[
        bool, typer.Option("--propose", help="Look for customers who are alike, to be reviewed.")
    ] = False,
) -> None:
    """People from identities."""
    session: Session = context.obj
    asked = [("accept", one) for one in accept or ()]
    asked += [("reject", one) for one in reject or ()]
    asked += [("undo", one) for one in undo or ()]
    with session.open() as home:
        decided = [_decide(home, verb, one) for verb, one in asked]
        decided += [home.merge(*merge, at=now())] if merge else []
        decided += [home.part(*part, at=now())] if part else []
        found = home.propose(at=now()) if propose else None
        if found is not None and not session.as_json:
            session.print_rows(found, [], columns=())
        _print(session, home.unify(), decided, review=review or propose)


def _decide(home: Home, verb: str, asked: str) -> Answer[Decided]:
    if verb == "accept":
        return home.accept(asked, at=now())
    return home.reject(asked, at=now()) if verb == "reject" else home.undo(asked, at=now())


def _print(
    session: Session,
    answer: Answer[Unified],
    decided: Sequence[Answer[Decided]],
    *,
    review: bool,
) -> None:
    if session.as_json:
        document = answer.json(session.lang)
        if decided:
            document["decided"] = [one.json(session.lang) for one in decided]
        session.print_document(document)
        return
    for one in decided:
        session.print_rows(one, [], columns=())
    if decided and not review:
        return
    if review:
        session.print_rows(answer, _doubts(answer, session.lang), columns=COLUMNS)
    else:
        session.print_rows(answer, _merges(answer, session.lang), columns=MERGED)


def _doubts(answer: Answer[Unified], lang: str) -> list[Row]:
    from verite.sentences.names import name_in

    return [{**row, "reason": name_in("doubt", str(row["reason"]), lang)} for row in answer.rows()]


def _merges(answer: Answer[Unified], lang: str) -> list[Row]:
    from verite.sentences.dates import instant
    from verite.sentences.names import name_in

    zone = ZoneInfo(answer.zone or "UTC")
    return [
        {
            "id": one.id,
            "reason": name_in("link", one.reason, lang),
            "identities": list(one.identities),
            "at": instant(one.at.astimezone(zone), lang),
        }
        for one in answer.result.merges[:10]
    ]
