"""Alerts told outside: what is new since the last look, as messages without personal data."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from verite.rows.alerts import alert_keys
from verite.words.alerts import Raised
from verite.words.webhooks import Message

if TYPE_CHECKING:
    from verite.home.home import Home

FRESH: Final = timedelta(hours=1)  # an older alert comes too late to call back
KIND: Final = "alert.raised"


def after_drain(home: Home, *, at: datetime) -> int:
    """Queues the alerts that new data raised, each once for each target; how many deliveries.

    `at` is now: what is told is what can still be acted on.
    """
    using = home.open_records()
    from verite.records.outgoing.records import has_targets
    from verite.records.outgoing.sending import queue_messages

    if not has_targets(using=using):
        return 0
    raised = home.fresh_alerts(at=at, within=FRESH)
    return queue_messages(using=using, messages=messages_of(raised, home.settings.address), at=at)


def messages_of(raised: Sequence[Raised], address: str) -> tuple[Message, ...]:
    """One message for each alert; its id is that of the contact, the same for ever."""
    return tuple(
        Message(
            id=f"alert_{one.alert.interaction}",
            kind=KIND,
            body=json.dumps(_body(one, address), separators=(",", ":")),
            person=one.person,
        )
        for one in raised
    )


def _body(one: Raised, address: str) -> dict[str, object]:
    link = f"{address}/customers/{one.person}"
    return {
        "type": KIND,
        "timestamp": one.alert.at.isoformat(),
        "data": {"person": one.person, "link": link, **alert_keys(one.alert)},
    }
