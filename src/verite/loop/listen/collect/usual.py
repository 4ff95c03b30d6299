"""Usual events read at once: what a known user of an identified source does, many times over.

Everything else, and whatever is wrong with a usual one, is for `Reading` to read step by step; both
say the same of the same event.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from verite.loop.listen.collect.clock import Problem, time_of
from verite.loop.listen.collect.events import Event, encode
from verite.loop.listen.collect.own import judge, read_own
from verite.loop.listen.collect.packing import Kind, Packet
from verite.words.live import Mode

if TYPE_CHECKING:
    from verite.loop.listen.collect.bodies import Body, Broken
    from verite.loop.listen.collect.rows import Row
    from verite.loop.listen.collect.setting import Setting


def may_be_usual(packet: Packet) -> bool:
    """Whether a call may hold usual events at all."""
    is_known = packet.kind is Kind.SEGMENT and packet.mode is Mode.IDENTIFIED
    return is_known and (not packet.scopes or "track" in packet.scopes)


def take_usual(
    body: Body, setting: Setting, clock: tuple[int, int], into: tuple[list[Row], dict[str, int]]
) -> Iterator[tuple[int, Event | Broken]]:
    """Puts the rows of usual events down; hands out, in their turn, the events that are not.

    `clock` is what to add to the sender's times and when the call came, in microseconds; `into`
    are the rows and the counts of unknown names.
    """
    (rows, unknown), (offset_us, received_us) = into, clock
    user_of, segments, meaning_of = setting.user_of, setting.segments, setting.meanings.of
    for index, event in enumerate(body.events):
        if type(event) is not Event or not _is_usual(event):
            yield index, event
            continue
        identity = user_of(str(event.user_id))
        meaning = meaning_of(event)
        if meaning is None and identity is not None:
            continue
        told = event.timestamp or event.original_timestamp
        at = time_of(told, offset_us=offset_us, received_us=received_us)
        own = read_own(event.properties or {})
        if identity is None or meaning is None or isinstance(at, Problem) or judge(own, at):
            yield index, event
            continue
        values, extras = own.values, own.extras
        if meaning.is_unknown and "touchpoint" not in values:
            unknown[meaning.event] += 1
        if own.has_segments:
            segments.fit(own)
        channel, touchpoint, kind = meaning.place(values)
        said = encode(extras).decode() if extras else None
        rows.append((str(event.message_id), identity, at, channel, touchpoint, kind, said, values))


def _is_usual(event: Event) -> bool:
    return bool(
        event.type == "track"
        and event.event
        and not event.event.isspace()
        and type(event.user_id) is str
        and event.anonymous_id is None
        and event.identity is None
        and event.traits is None
        and event.received_at is None
        and type(event.message_id) is str
        and event.message_id
        and not event.sent_at
    )
