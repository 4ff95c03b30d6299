"""Events as senders write them: typed structs, so that a body is read and checked in one pass."""

from __future__ import annotations

from typing import Any, Final

import msgspec

Id = str | int | float | None
Json = dict[str, Any]
ABSENT: Final = msgspec.Raw(b"null")  # what an explicit null looks like too


class Context(msgspec.Struct, rename="camel", gc=False):
    """What is read of the context of an event."""

    page: msgspec.Raw = ABSENT
    app: msgspec.Raw = ABSENT
    device: msgspec.Raw = ABSENT
    traits: Json | None = None  # RudderStack's clients put those of identify here


class Event(msgspec.Struct, rename="camel", gc=False):
    """One event of the Segment specification."""

    type: str = ""
    event: str | None = None
    user_id: Id = None
    anonymous_id: Id = None
    previous_id: Id = None
    group_id: Id = None
    message_id: Id = None
    identity: Id = None  # with its prefix, whatever it is: of CloudEvents and webhooks
    name: str | None = None
    category: str | None = None
    timestamp: Id = None
    original_timestamp: Id = None
    sent_at: Id = None
    received_at: Id = None
    properties: Json | None = None
    traits: Json | None = None
    context: Context | None = None


class Batch(msgspec.Struct, rename="camel", gc=False):
    """The body of a call with many events."""

    batch: list[Event] | None = None
    sent_at: Id = None


class RawBatch(msgspec.Struct, rename="camel", gc=False):
    """The same with events unread: where one of them is bad, each is read alone."""

    batch: list[msgspec.Raw]
    sent_at: msgspec.Raw = ABSENT


class CloudEvent(msgspec.Struct, gc=False):
    """One CloudEvent 1.0; `data` of another shape than an object stands under `data`."""

    id: str
    source: str
    type: str
    specversion: str
    subject: str | None = None
    time: str | None = None
    data: Any = None
    data_base64: str | None = None


decode_batch: Final = msgspec.json.Decoder(Batch).decode
decode_raw_batch: Final = msgspec.json.Decoder(RawBatch).decode
decode_event: Final = msgspec.json.Decoder(Event).decode
decode_cloud: Final = msgspec.json.Decoder(CloudEvent).decode
encode: Final = msgspec.json.Encoder().encode
# What msgspec raises on bytes that are no such document.
UNREADABLE: Final = (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ValueError)
