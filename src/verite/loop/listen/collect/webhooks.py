"""Signed webhooks of other systems as events: their type is the name that rules map."""

from __future__ import annotations

from typing import Final

import msgspec

from verite.loop.listen.collect.cloudevents import with_people
from verite.loop.listen.collect.events import Event, Json

_TYPES: Final = ("type", "event", "event_type", "eventType", "topic", "action")
_TIMES: Final = ("timestamp", "time", "at", "occurred_at", "created_at", "createdAt", "date")
_DATA: Final = ("data", "payload", "properties", "object")
_decode: Final = msgspec.json.Decoder(Json).decode


def read_webhook(raw: bytes, *, message_id: str = "") -> Event:
    """One webhook; `message_id` is the one of its headers, before that of its body.

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
    own = f"hook {given}" if isinstance(given, str | int) and given else None
    event = Event(
        type="track",
        event=name,
        message_id=f"hook {message_id}" if message_id else own,
        timestamp=told,
        properties=data,
    )
    return with_people(event, {**body, **data})
