"""`verite webhooks`: who is told of alerts outside, and what became of each delivery."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from verite.cli.session import Session, now
from verite.words.errors import BadInput, WrongUse
from verite.words.member import console

if TYPE_CHECKING:
    from collections.abc import Callable

    from verite.home import Home
    from verite.rows import Json, Row
    from verite.words.webhooks import Delivery, Target

SHOWN = 20
BY = console("cli")


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command()(webhooks)


def webhooks(
    context: typer.Context,
    add: Annotated[
        tuple[str, str] | None,
        typer.Option(metavar="NAME URL", help="Name a target; its secret is shown once."),
    ] = None,
    drop: Annotated[str | None, typer.Option(metavar="NAME", help="Forget a target.")] = None,
    trial: Annotated[
        str | None, typer.Option("--try", metavar="NAME", help="Send a trial to a target.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask: forget it.")] = False,
    send: Annotated[
        bool, typer.Option("--send", help="Send what waits now, without a server.")
    ] = False,
) -> None:
    """Who is told of alerts outside, and the last deliveries."""
    session: Session = context.obj
    with session.open() as home:
        using = home.open_records()
        secret = _name(home, using, *add) if add else ""
        if drop:
            _drop(using, drop, sure=yes)
        if trial:
            _try(using, trial)
        if send or trial:
            _send(home, using)
        _print(session, home, using, secret)


def _name(home: Home, using: str, name: str, url: str) -> str:
    from verite.home.outgoing.addresses import read_place
    from verite.records.outgoing.actions import name_target

    read_place(url, home.settings.outgoing_allow)
    return name_target(using=using, by=BY, name=name, url=url, at=now()).secret


def _drop(using: str, name: str, *, sure: bool) -> None:
    from verite.records.outgoing.actions import drop_target

    target = _find(using, name)
    if not sure:
        raise WrongUse("not_sure", fields={"name": name})
    drop_target(using=using, by=BY, target=target.id, at=now())


def _try(using: str, name: str) -> None:
    from verite.records.outgoing.sending import queue_test

    queue_test(using=using, by=BY, target=_find(using, name).id, at=now())


def _send(home: Home, using: str) -> None:
    from verite.home.outgoing.client import Client
    from verite.home.outgoing.courier import deliver_due
    from verite.home.telling import after_drain

    after_drain(home, at=now())
    deliver_due(Client(allow=home.settings.outgoing_allow), using=using, clock=now)


def _find(using: str, name: str) -> Target:
    from verite.records.outgoing.records import list_targets

    for target in list_targets(using=using):
        if target.name == name:
            return target
    raise BadInput("unknown_target", fields={"target": name})


def _print(session: Session, home: Home, using: str, secret: str) -> None:
    from verite.cli.table import print_table
    from verite.records.outgoing.records import latest_deliveries, list_targets

    zone = None if session.as_json else ZoneInfo(home.settings.zone)
    targets = [_target(one, zone, session.lang) for one in list_targets(using=using)]
    last = latest_deliveries(using=using, limit=SHOWN)
    deliveries = [_delivery(one, zone, session.lang) for one in last]
    if session.as_json:
        document: dict[str, Json] = {
            "targets": [dict(one) for one in targets],
            "deliveries": [dict(one) for one in deliveries],
        }
        session.print_document({**document, **({"secret": secret} if secret else {})})
        return
    if secret:
        session.say(
            f"Secret de signature, montré cette seule fois : {secret}",
            f"Signing secret, shown this once: {secret}",
        )
    if not targets:
        session.say("Personne n'est prévenu.", "Nobody is told.")
    print_table(targets, columns=(), lang=session.lang)
    print_table(deliveries, columns=(), lang=session.lang)


def _target(one: Target, zone: ZoneInfo | None, lang: str) -> Row:
    from verite.sentences.of_deliveries import why_told

    return {
        "target": one.name,
        "url": one.url,
        "on": one.is_on,
        "failures": one.failures,
        "off_at": _when(one.off_at, zone, lang),
        "off_why": _told(why_told, one.off_why, zone, lang),
    }


def _delivery(one: Delivery, zone: ZoneInfo | None, lang: str) -> Row:
    from verite.sentences.of_deliveries import kind_told, state_told, why_told

    return {
        "at": _when(one.last_at or one.made_at, zone, lang),
        "target": one.target,
        "message": one.message,
        "kind": _told(kind_told, one.kind, zone, lang),
        "state": _told(state_told, one.state.value, zone, lang),
        "tries": one.tries,
        "status": one.status,
        "why": _told(why_told, one.why, zone, lang),
        "next_at": _when(one.next_at, zone, lang),
    }


def _told(
    words: Callable[[str, str], str], code: str, zone: ZoneInfo | None, lang: str
) -> str | None:
    """The code for programs, which have no zone; its words for people."""
    return (code if zone is None else words(code, lang)) if code else None


def _when(at: datetime | None, zone: ZoneInfo | None, lang: str) -> str | None:
    """ISO for programs; as people write it in the home's zone otherwise."""
    if at is None or zone is None:
        return None if at is None else at.isoformat()
    from verite.sentences.dates import instant

    return instant(at.astimezone(zone), lang)
