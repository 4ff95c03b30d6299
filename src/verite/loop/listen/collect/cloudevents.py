"""CloudEvents 1.0 as events: `type` is the name, `data` the properties."""

from __future__ import annotations

import base64
from collections.abc import Mapping

import msgspec

from verite.loop.listen.collect.events import UNREADABLE, Event, decode_cloud
from verite.loop.listen.collect.who import PREFIXES

_VERSIONS = ("1.0", "0.3")


def read_cloud(raw: bytes, *, sender: str = "") -> Event:
    """One CloudEvent; its id is unique within its own `source` and who sends it (`sender`).

    >>> read_cloud(b'{"specversion":"1.0","id":"1","source":"/crm","type":"case.opened"}').event
    'case.opened'
    """
    cloud = decode_cloud(raw)
    if cloud.specversion not in _VERSIONS:
        raise msgspec.ValidationError(f"specversion `{cloud.specversion}`")
    said = cloud.data if cloud.data_base64 is None else _opened(cloud.data_base64)
    data = said if isinstance(said, dict) else {}
    if data is not said and said is not None:
        data = {"data": said}
    event = Event(
        type="track",
        event=cloud.type,
        message_id=numbered("ce", sender, f"{cloud.source} {cloud.id}"),
        timestamp=cloud.time,
        properties=data,
    )
    subject = cloud.subject or ""
    return with_people(event, data, subject if subject.startswith(PREFIXES) else None)


def numbered(kind: str, sender: str, told: str) -> str:
    """An id that two senders who number alike do not share; without a sender, as it came.

    A name of a source holds no slash, so that no two pairs make one id.

    >>> numbered("hook", "help desk", "msg_1"), numbered("hook", "", "msg_1")
    ('hook/help desk/msg_1', 'hook msg_1')
    """
    return f"{kind}/{sender}/{told}" if sender else f"{kind} {told}"


def _opened(coded: str) -> object:
    """Data that travelled as base64: JSON inside is read, anything else is left out."""
    try:
        return msgspec.json.decode(base64.b64decode(coded, validate=True))
    except UNREADABLE:
        return None


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
