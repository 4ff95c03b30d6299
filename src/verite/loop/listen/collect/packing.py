"""What the inbox stores of one call: a header line of JSON, then the body exactly as received."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final

import msgspec

from verite.words.errors import BadInput
from verite.words.live import Mode

_VERSION: Final = 1


class Kind(StrEnum):
    """The language that a body speaks."""

    SEGMENT = "segment"
    CLOUDEVENTS = "cloudevents"
    WEBHOOK = "webhook"


@dataclass(frozen=True, slots=True, kw_only=True)
class Packet:
    """One call as received. `call` is the word of its path (`batch`, `track`…): a hand-written
    caller leaves `type` out of its body; `message_id` is the id that a webhook's headers gave;
    `scopes` is what the source may send, empty when that is everything in this body; `sender` is
    the source whose numbering the ids of webhooks and CloudEvents are."""

    kind: Kind
    call: str
    at: datetime
    mode: Mode
    body: bytes
    message_id: str = ""
    scopes: frozenset[str] = frozenset()
    sender: str = ""


class _Header(msgspec.Struct, omit_defaults=True):
    v: int
    kind: Kind
    at: datetime
    mode: Mode
    call: str = ""
    id: str = ""
    scopes: list[str] = []
    sender: str = ""


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(_Header)


def pack(packet: Packet) -> bytes:
    r"""The payload of the inbox.

    >>> noon = datetime(2026, 1, 5, 12, tzinfo=UTC)
    >>> pack(Packet(kind=Kind.SEGMENT, call="track", at=noon, mode=Mode.IDENTIFIED, body=b"{}"))
    b'{"v":1,"kind":"segment","at":"2026-01-05T12:00:00Z","mode":"identified","call":"track"}\n{}'
    """
    header = _Header(
        v=_VERSION,
        kind=packet.kind,
        at=packet.at.astimezone(UTC),
        mode=packet.mode,
        call=packet.call,
        id=packet.message_id,
        scopes=sorted(packet.scopes),
        sender=packet.sender,
    )
    return b"%b\n%b" % (_encoder.encode(header), packet.body)


def unpack(payload: bytes) -> Packet:
    """The call behind a payload of the inbox; raises `BadInput` when it is none of ours.

    >>> noon = datetime(2026, 1, 5, 12, tzinfo=UTC)
    >>> one = Packet(kind=Kind.WEBHOOK, call="webhook", at=noon, mode=Mode.AUDIENCE, body=b"[]")
    >>> unpack(pack(one)) == one
    True
    """
    line, _, body = payload.partition(b"\n")
    try:
        header = _decoder.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadInput("bad_packet", fields={"detail": error}) from error
    if header.v != _VERSION or header.at.tzinfo is None:
        raise BadInput("bad_packet", fields={"detail": f"v={header.v}"})
    return Packet(
        kind=header.kind,
        call=header.call,
        at=header.at.astimezone(UTC),
        mode=header.mode,
        body=body,
        message_id=header.id,
        scopes=frozenset(header.scopes),
        sender=header.sender,
    )
