"""Detail events of Genesys Cloud conversations, as notifications or EventBridge carry them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import msgspec

from verite.loop.listen.files import Source, open_bytes
from verite.loop.listen.sheet import Unread
from verite.words.errors import BadInput

BYTES_AT_MOST: Final = 512 << 20
RAW_AT_MOST: Final = 4_000
_ERRORS: Final = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


class Detail(msgspec.Struct, rename="camel", gc=False):
    """The body of an event: what is read of it."""

    event_time: int
    conversation_id: str
    participant_id: str | None = None
    session_id: str | None = None
    media_type: str | None = None
    message_type: str | None = None
    direction: str | None = None
    ani: str | None = None
    address_from: str | None = None
    external_contact_id: str | None = None
    queue_id: str | None = None
    user_id: str | None = None
    flow_id: str | None = None
    flow_type: str | None = None
    disconnect_type: str | None = None
    exit_reason: str | None = None
    transfer_type: str | None = None
    acd_outcome: str | None = None
    connected_duration_ms: int | None = None
    interacting_duration_ms: int | None = None
    held_duration_ms: int | None = None


class Told(msgspec.Struct, gc=False):
    """One event: its kind (`acd.end`), its body, and where it stood."""

    kind: str
    detail: Detail
    line: int


class Log(msgspec.Struct):
    """The events of a file, and what in it is none."""

    events: list[Told]
    unread: list[Unread]


def read_log(source: Source) -> Log:
    """Every event of a file: a JSON list, an object with `events`, or one object a line."""
    with open_bytes(source) as stream:
        data = stream.read(BYTES_AT_MOST + 1)
    if len(data) > BYTES_AT_MOST:
        raise BadInput("file_too_large", fields={"file": source.name, "most": BYTES_AT_MOST})
    log = Log([], [])
    for line, raw in _documents(data.removeprefix(b"\xef\xbb\xbf"), source.name):
        try:
            log.events.append(_told(msgspec.json.decode(raw), line))
        except _ERRORS as error:
            text = raw[:RAW_AT_MOST].decode("utf-8", "replace")
            reason = "bad_json" if not isinstance(error, msgspec.ValidationError) else "bad_event"
            log.unread.append(Unread(line=line, reason=reason, detail=str(error)[:200], raw=text))
    return log


def _documents(data: bytes, name: str) -> Iterator[tuple[int, bytes]]:
    """(line or rank, text) of each event."""
    head = data.lstrip()[:1]
    whole = _whole(data, name) if head == b"[" or _is_one_object(data) else None
    if whole is not None:
        yield from ((rank, bytes(raw)) for rank, raw in enumerate(whole, start=1))
        return
    for line, raw in enumerate(data.split(b"\n"), start=1):
        if raw.strip():
            yield line, raw


def _is_one_object(data: bytes) -> bool:
    """Whether the file is one object: its first line alone is none, or it holds `events`."""
    first = data.lstrip().split(b"\n", 1)[0]
    try:
        return "events" in msgspec.json.decode(first, type=dict[str, msgspec.Raw])
    except _ERRORS:
        return True


def _whole(data: bytes, name: str) -> list[msgspec.Raw] | None:
    try:
        if data.lstrip()[:1] == b"[":
            return msgspec.json.decode(data, type=list[msgspec.Raw])
        found = msgspec.json.decode(data, type=dict[str, msgspec.Raw])
        if "events" in found:
            return msgspec.json.decode(found["events"], type=list[msgspec.Raw])
        return [msgspec.Raw(data)]
    except _ERRORS as error:
        if data.lstrip()[:1] == b"[":
            detail = str(error)[:200]
            raise BadInput("bad_genesys", fields={"file": name, "detail": detail}) from error
        return None


def _told(found: Any, line: int) -> Told:
    """The envelope opened: EventBridge's `detail`, a notification, or the body alone."""
    if not isinstance(found, dict):
        raise msgspec.ValidationError("not an object")
    detail: Any = found.get("detail")
    inner: dict[str, Any] = detail if isinstance(detail, dict) else found
    topic = inner.get("topicName") or found.get("detail-type") or inner.get("eventType")
    if not isinstance(topic, str):
        raise msgspec.ValidationError("no topicName")
    body = inner.get("eventBody") if isinstance(inner.get("eventBody"), dict) else inner
    kind = ".".join(topic.lower().replace(" ", ".").split(".")[-2:])
    return Told(kind, msgspec.convert(body, Detail), line)
