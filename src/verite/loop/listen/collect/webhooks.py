"""Signed webhooks of other systems as events: their type is the name that rules map."""

from __future__ import annotations

from typing import Final

import msgspec

from verite.loop.listen.collect.cloudevents import numbered, with_people
from verite.loop.listen.collect.events import Event, Json

_TYPES: Final = ("type", "event", "event_type", "eventType", "topic", "action")
_TIMES: Final = ("timestamp", "time", "at", "occurred_at", "created_at", "createdAt", "date")
_DATA: Final = ("data", "payload", "properties", "object")
_decode: Final = msgspec.json.Decoder(Json).decode


def read_webhook(raw: bytes, *, message_id: str = "", sender: str = "") -> Event:
    """One webhook; `message_id` is the one of its headers, before that of its body.

    `sender` is the source within which that id is unique; empty: as sources before it were read.

    >>> read_webhook(b'{"type":"contact.updated","timestamp":"2026-10-06T16:04:00Z"}').event
    'contact.updated'
    """
    body = _decode(raw)
    name = next((body[key] for key in _TYPES if isinstance(body.get(key), str)), None)
    told = next((body[key] for key in _TIMES if isinstance(body.get(key), str | int | float)), None)
    data = next((body[key] for key in _DATA if isinstance(body.get(key), dict)), None)
    if data is None:
        data = {key: body[key] for key in body if key not in {*_TYPES, *_TIMES, "id"}}
    given = body.get("id")
    own = str(given) if isinstance(given, str | int) and given else ""
    known = message_id or own
    event = Event(
        type="track",
        event=name,
        message_id=numbered("hook", sender, known) if known else None,
        timestamp=told,
        properties=data,
    )
    return with_people(event, {**body, **data})
