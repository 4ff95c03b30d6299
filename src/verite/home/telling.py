"""Alerts told outside: what is new since the last look, as messages without personal data."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from verite.rows.alerts import alert_keys
from verite.words.alerts import Raised
from verite.words.promises import PromiseAlarm, PromiseKept
from verite.words.webhooks import Message

if TYPE_CHECKING:
    from verite.home.home import Home

FRESH: Final = timedelta(hours=1)  # an older alert comes too late to call back
KIND: Final = "alert.raised"
DRIFTS: Final = "promise.drifts"


def after_drain(home: Home, *, at: datetime) -> int:
    """Queues the alerts that new data raised, each once for each target; how many deliveries.

    `at` is now: what is told is what can still be acted on.
    """
    using = home.open_records()
    from verite.records.outgoing.records import has_targets
    from verite.records.outgoing.sending import queue_messages

    if not has_targets(using=using):
        return 0
    address = home.settings.address
    raised = home.fresh_alerts(at=at, within=FRESH)
    messages = (*messages_of(raised, address), *drifts_told(home.fresh_drifts(at=at), address))
    return queue_messages(using=using, messages=messages, at=at)


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


def drifts_told(drifting: Sequence[PromiseKept], address: str) -> tuple[Message, ...]:
    """One message for each promise that drifts and the week since when: the same for ever."""
    return tuple(
        Message(
            id=f"promise_{one.promise.key}_{one.alarm.since.date()}",
            kind=DRIFTS,
            body=json.dumps(_drift(one, one.alarm, address), separators=(",", ":")),
        )
        for one in drifting
        if one.alarm is not None
    )


def _drift(one: PromiseKept, alarm: PromiseAlarm, address: str) -> dict[str, object]:
    key = one.promise.key
    return {
        "type": DRIFTS,
        "timestamp": alarm.since.isoformat(),
        "data": {
            "promise": key,
            "link": f"{address}/promises?promise={key}",
            "since": alarm.since.date().isoformat(),
            "how": alarm.how.value,
            "value": round(alarm.value, 1),
            "mean": round(alarm.mean, 1),
            "target": one.promise.target,
        },
    }


def _body(one: Raised, address: str) -> dict[str, object]:
    link = f"{address}/customers/{one.person}"
    return {
        "type": KIND,
        "timestamp": one.alert.at.isoformat(),
        "data": {"person": one.person, "link": link, **alert_keys(one.alert)},
    }
