"""`verite sources`: what may send events as they happen, and its keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from verite.cli.session import Session, now
from verite.words.errors import WrongUse
from verite.words.live import Mode, Scope

if TYPE_CHECKING:
    from datetime import datetime

    from verite.home import Home
    from verite.records.listen.source_actions import Keys
    from verite.rows import Json
    from verite.words.live import LiveSource

COLUMNS = ("source", "mode", "scopes", "rate_per_s", "key", "origins", "made_at", "closed_at")
_RENEWED = "Another signing secret for this source; the old one is accepted for 24 hours more."
_ORIGINS = "Set which web pages (--origin) browsers let send to this source; none: no page."
_ORIGIN = "A web page’s origin, as https://shop.example; * for any page."


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command()(sources)


def sources(
    context: typer.Context,
    add: Annotated[str | None, typer.Option(help="Make a source of this name.")] = None,
    renew: Annotated[str | None, typer.Option(help="Another key for this source.")] = None,
    close: Annotated[str | None, typer.Option(help="Refuse this source's key.")] = None,
    mode: Annotated[Mode, typer.Option(help="audience is joined with nothing.")] = Mode.IDENTIFIED,
    scope: Annotated[list[Scope] | None, typer.Option(help="What it may send.")] = None,
    renew_secret: Annotated[str | None, typer.Option(help=_RENEWED)] = None,
    origins: Annotated[str | None, typer.Option(help=_ORIGINS)] = None,
    origin: Annotated[list[str] | None, typer.Option(help=_ORIGIN)] = None,
) -> None:
    """Lists live sources, or makes, renews or closes one; a key is printed once."""
    session: Session = context.obj
    asked = (add, renew, close, renew_secret, origins)
    if sum(name is not None for name in asked) > 1 or (origin and add is origins is None):
        raise WrongUse("one_source_at_a_time")
    with session.open() as home:
        keys: Keys | None = None
        if add is not None:
            keys = home.make_source(add, mode=mode, scopes=scope, origins=origin or (), at=now())
        elif renew is not None:
            keys = home.renew_source(renew, at=now())
        elif renew_secret is not None:
            keys = home.renew_secret(renew_secret, at=now())
        elif origins is not None:
            home.set_origins(origins, origin or (), at=now())
        elif close is not None:
            home.close_source(close, at=now())
        _tell(session, home, keys)


def _tell(session: Session, home: Home, keys: Keys | None) -> None:
    zone = None if session.as_json else ZoneInfo(home.settings.zone)
    rows = [_row(source, zone, session.lang) for source in home.sources()]
    backlog = home.backlog
    if session.as_json:
        document: dict[str, Json] = {"sources": [*rows], "inbox": backlog.batches}
        if keys is not None:
            document |= {
                "source": keys.source.name,
                "key": keys.key or None,
                "secret": keys.secret or None,
            }
        session.print_document(document)
        return
    if keys is not None:
        _tell_keys(session, keys, zone)
    session.say(
        f"Sources en direct : {len(rows)}. Lots qui attendent d’être rangés : {backlog.batches}.",
        f"Live sources: {len(rows)}. Batches waiting to be filed: {backlog.batches}.",
    )
    from verite.cli.table import print_table

    print_table(rows, columns=COLUMNS, lang=session.lang)


def _tell_keys(session: Session, keys: Keys, zone: ZoneInfo | None) -> None:
    name = keys.source.name
    if keys.key:
        session.say(
            f"Clé de {name}, affichée cette seule fois : {keys.key}",
            f"Key of {name}, shown this once: {keys.key}",
        )
    if keys.secret:
        session.say(f"Secret de signature : {keys.secret}", f"Signing secret: {keys.secret}")
    until = _when(keys.source.former_until, zone, session.lang)
    if keys.secret and until is not None:
        session.say(
            f"L’ancien secret est encore accepté jusqu’au {until}.",
            f"The old secret is still accepted until {until}.",
        )


def _row(source: LiveSource, zone: ZoneInfo | None, lang: str) -> dict[str, Json]:
    return {
        "source": source.name,
        "mode": source.mode.value,
        "scopes": ", ".join(scope for scope in Scope if scope in source.scopes),
        "rate_per_s": source.rate_per_s,
        "key": f"…{source.key_hint}",
        "signed": source.is_signed,
        "origins": ", ".join(source.origins),
        "made_at": _when(source.made_at, zone, lang),
        "closed_at": _when(source.closed_at, zone, lang),
    }


def _when(at: datetime | None, zone: ZoneInfo | None, lang: str) -> str | None:
    """ISO for programs; as people write it in the home's zone otherwise."""
    if at is None or zone is None:
        return None if at is None else at.isoformat(timespec="seconds")
    from verite.sentences.dates import instant

    return instant(at.astimezone(zone), lang)
