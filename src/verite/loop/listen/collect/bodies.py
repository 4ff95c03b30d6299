"""A body as events, whichever language it speaks; those that cannot be read stand as they came."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

import msgspec

from verite.loop.listen.collect.clock import Told
from verite.loop.listen.collect.cloudevents import read_cloud
from verite.loop.listen.collect.events import (
    UNREADABLE,
    Event,
    Id,
    decode_batch,
    decode_event,
    decode_raw_batch,
)
from verite.loop.listen.collect.packing import Kind, Packet
from verite.loop.listen.collect.webhooks import read_webhook

_SINGLE = frozenset({"track", "identify", "page", "screen", "group", "alias"})


class Broken(msgspec.Struct):
    """What stands where an event should, and what is wrong with it."""

    reason: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """The events of one call, in order; `raw` gives the text of one of them."""

    events: Sequence[Event | Broken]
    raw: Callable[[int], bytes]
    sent: Told = None


def read_body(packet: Packet) -> Body:
    """The events of a call; a body that is no JSON is one broken event."""
    if packet.kind is Kind.SEGMENT:
        return _read_segment(packet)
    return _read_listed(packet)


def _read_segment(packet: Packet) -> Body:
    try:
        batch = decode_batch(packet.body)
    except UNREADABLE:
        return _one_by_one(packet)
    if batch.batch is None:
        return _single(packet)
    if packet.call in _SINGLE:
        _type(batch.batch, packet.call)
    return Body(events=batch.batch, raw=_raw_of(packet.body), sent=batch.sent_at)


def _type(events: Sequence[Event | Broken], call: str) -> None:
    """Hand-written callers leave out what the address already says."""
    for event in events:
        if isinstance(event, Event) and not event.type:
            event.type = call


def _one_by_one(packet: Packet) -> Body:
    """Some event of the batch is bad, or the batch itself."""
    try:
        found = decode_raw_batch(packet.body)
    except UNREADABLE:
        return _single(packet)
    sent: Told = None
    with suppress(*UNREADABLE):
        sent = msgspec.json.decode(found.sent_at, type=Id)
    events = [_event(bytes(raw)) for raw in found.batch]
    if packet.call in _SINGLE:
        _type(events, packet.call)
    return Body(events=events, raw=lambda index: bytes(found.batch[index]), sent=sent)


def _single(packet: Packet) -> Body:
    event = _event(packet.body)
    _type([event], packet.call if packet.call in _SINGLE else "")
    sent = event.sent_at if isinstance(event, Event) else None
    return Body(events=[event], raw=lambda index: packet.body, sent=sent)


def _event(raw: bytes) -> Event | Broken:
    try:
        return decode_event(raw)
    except UNREADABLE as error:
        return Broken(reason="bad_event", detail=str(error)[:200])


def _raw_of(body: bytes) -> Callable[[int], bytes]:
    """Reads the body a second time, when the text of an event is asked for."""
    found: list[msgspec.Raw] = []

    def raw(index: int) -> bytes:
        if not found:
            found.extend(decode_raw_batch(body).batch)
        return bytes(found[index])

    return raw


def _read_listed(packet: Packet) -> Body:
    """CloudEvents and webhooks: one object, or a list of them."""
    try:
        listed = packet.body.lstrip()[:1] == b"["
        raws = msgspec.json.decode(packet.body, type=list[msgspec.Raw]) if listed else [packet.body]
    except UNREADABLE as error:
        broken = Broken(reason="bad_body", detail=str(error)[:200])
        return Body(events=[broken], raw=lambda index: packet.body)
    texts = [bytes(raw) for raw in raws]
    events: list[Event | Broken] = []
    for number, text in enumerate(texts):
        try:
            if packet.kind is Kind.CLOUDEVENTS:
                events.append(read_cloud(text, sender=packet.sender))
            else:
                given = packet.message_id and f"{packet.message_id}:{number}"
                event = read_webhook(text, message_id=given, sender=packet.sender)
                events.append(event)
        except UNREADABLE as error:
            events.append(Broken(reason="bad_event", detail=str(error)[:200]))
    return Body(events=events, raw=lambda index: texts[index])
