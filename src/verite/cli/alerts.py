"""`verite alerts`: contacts under way that should become a call."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import typer

from verite.cli.asking import Channels, Segments, Since, Until, read_filters
from verite.cli.session import Session

if TYPE_CHECKING:
    from verite.rows import Row
    from verite.words.alerts import Raised

COLUMNS = ("at", "state", "person", "channel", "reason", "why", "case_id", "abandoned")


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command()(alerts)


def alerts(
    context: typer.Context,
    since: Since = None,
    until: Until = None,
    channel: Channels = None,
    segment: Segments = None,
) -> None:
    """Contacts that should have become a call, open ones first."""
    session: Session = context.obj
    where = read_filters(session, (since, until), channel, None, segment)
    with session.open() as home:
        answer = home.alerts(where=where)
        if session.as_json:
            session.print_document(answer.json(session.lang))
            return
        zone = ZoneInfo(home.settings.zone)
        rows = [_told(row, zone, session.lang) for row in answer.result.rows]
        session.print_rows(answer, rows, columns=COLUMNS)


def _told(row: Raised, zone: ZoneInfo, lang: str) -> Row:
    """One line for people: names in place of codes, and what the alert rests on."""
    from verite.sentences.dates import instant
    from verite.sentences.names import channel_name
    from verite.sentences.of_alerts import alert_word, why

    return {
        "at": instant(row.alert.at.astimezone(zone), lang),
        "state": alert_word("state", row.state, lang),
        "person": row.person,
        "channel": channel_name(row.alert.channel, lang),
        "reason": alert_word("reason", row.alert.reason, lang),
        "why": why(row.alert, lang),
        "case_id": row.case_id,
        "abandoned": row.abandoned,
    }
