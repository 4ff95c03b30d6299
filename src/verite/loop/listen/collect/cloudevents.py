"""CloudEvents 1.0 as events: `type` is the name, `data` the properties."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from verite.loop.listen.collect.events import Event, decode_cloud
from verite.loop.listen.collect.who import PREFIXES

_VERSIONS = ("1.0", "0.3")


def read_cloud(raw: bytes) -> Event:
    """One CloudEvent; its id is unique within its source only, so both make the id.

    >>> read_cloud(b'{"specversion":"1.0","id":"1","source":"/crm","type":"case.opened"}').event
    'case.opened'
    """
    cloud = decode_cloud(raw)
    if cloud.specversion not in _VERSIONS:
        raise msgspec.ValidationError(f"specversion `{cloud.specversion}`")
    data = cloud.data if isinstance(cloud.data, dict) else {}
    if data is not cloud.data and cloud.data is not None:
        data = {"data": cloud.data}
    event = Event(
        type="track",
        event=cloud.type,
        message_id=f"ce {cloud.source} {cloud.id}",
        timestamp=cloud.time,
        properties=data,
    )
    subject = cloud.subject or ""
    return with_people(event, data, subject if subject.startswith(PREFIXES) else None)


def with_people(event: Event, data: Mapping[str, object], identity: object = None) -> Event:
    """The event with the people that its data names."""
    event.identity = _id(data.get("identity")) or _id(identity)
    event.user_id = _first(data, ("userId", "user_id"))
    event.anonymous_id = _first(data, ("anonymousId", "anonymous_id"))
    event.traits = {name: data[name] for name in ("email", "phone") if data.get(name)} or None
    return event


def _first(data: Mapping[str, object], names: tuple[str, ...]) -> str | int | float | None:
    return next((told for name in names if (told := _id(data.get(name))) is not None), None)


def _id(told: object) -> str | int | float | None:
    is_id = isinstance(told, str | int | float) and not isinstance(told, bool)
    return told if is_id else None  # type: ignore[return-value]
