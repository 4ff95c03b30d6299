"""One payload read: its rows, its links, its refusals, its unknown names."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from verite.ledger.kept import Refusal
from verite.loop.listen.collect.audience import bare, scrubbed
from verite.loop.listen.collect.bodies import Broken, read_body
from verite.loop.listen.collect.clock import Problem, Told, offset_of, time_of
from verite.loop.listen.collect.events import Event, encode
from verite.loop.listen.collect.own import judge, read_own
from verite.loop.listen.collect.packing import Kind, Packet, pack
from verite.loop.listen.collect.people import Link, People, links_of, people_of
from verite.loop.listen.collect.private import kept_text
from verite.loop.listen.collect.rows import Row
from verite.loop.listen.collect.setting import Setting
from verite.loop.listen.collect.usual import may_be_usual, take_usual
from verite.loop.listen.collect.who import tracer
from verite.words.live import Mode

TYPES = frozenset({"track", "page", "screen", "identify", "alias", "group"})
_ROWS = frozenset({"track", "page", "screen"})
_NOBODY = People(None, None)


class Reading:
    """The events of one call, each taken once, in order; usual ones at once unless asked not to."""

    def __init__(self, packet: Packet, setting: Setting, *, at_once: bool = True) -> None:
        self.packet = packet
        self.setting = setting
        self.rows: list[Row] = []
        self.refusals: list[Refusal] = []
        self.links: dict[Link, None] = {}
        self.unknown: Counter[str] = Counter()
        self._received_us = round(packet.at.timestamp() * 1e6)
        self._is_audience = packet.mode is Mode.AUDIENCE
        self._names_somebody = packet.kind is Kind.SEGMENT
        self._body = body = read_body(packet)
        self._offset_us = offset_of(self._body.sent, received_us=self._received_us)
        at_once = at_once and may_be_usual(packet)
        for index, event in self._unusual() if at_once else enumerate(body.events):
            self._take(index, event)

    def _unusual(self) -> Iterator[tuple[int, Event | Broken]]:
        clock = (self._offset_us, self._received_us)
        return take_usual(self._body, self.setting, clock, (self.rows, self.unknown))

    def _take(self, index: int, event: Event | Broken) -> None:
        if isinstance(event, Broken):
            self._refuse(index, Problem(reason=event.reason, detail=event.detail), _NOBODY)
            return
        country = self.setting.country
        people = people_of(event, country)
        problem = self._problem_of(event, people)
        if problem is None and event.type in _ROWS:
            problem = self._keep(index, event, people)
        elif problem is None and event.type == "group":
            self.unknown["group"] += 1
        if problem is not None:
            self._refuse(index, problem, people)
        elif not self._is_audience and (people.anonymous or event.type != "track" or event.traits):
            self.links.update(dict.fromkeys(links_of(event, people, country)))

    def _problem_of(self, event: Event, people: People) -> Problem | None:
        """What the specification asks of every event, and what its source may send."""
        scopes = self.packet.scopes
        if scopes and event.type in TYPES and event.type not in scopes:
            return Problem(reason="event_out_of_scope", detail=event.type)
        if people.identity is None and self._names_somebody and event.type in TYPES:
            return Problem(reason="missing_identity")
        if event.type == "track":
            has_name = event.event and not event.event.isspace()
            return None if has_name else Problem(reason="missing_event")
        if event.type not in TYPES:
            return Problem(reason="unknown_event_type", detail=event.type[:60])
        if event.type == "alias" and event.previous_id in {None, ""}:
            return Problem(reason="missing_previous_id")
        return None

    def _keep(self, index: int, event: Event, people: People) -> Problem | None:
        """A row of its own, unless a rule ignores it or something is wrong with it."""
        meaning = self.setting.meanings.of(event)
        if meaning is None:
            return None
        at = self._time_of(event)
        if isinstance(at, Problem):
            return at
        own = read_own(event.properties or {})
        if self._is_audience:
            own = bare(own)
        problem = judge(own, at)
        if problem is not None:
            return problem
        message_id = self._message_id(index, event)
        identity = people.identity or f"anon:{message_id}"
        if self._is_audience:
            place = self.setting
            seen = people.anonymous or message_id
            identity = tracer(seen, source=place.source, at_us=at, secret=place.secret)
        if event.name and event.type != "track":
            own.extras.setdefault("name", kept_text(event.name[:200]))
        if meaning.is_unknown and "touchpoint" not in own.values:
            self.unknown[meaning.event] += 1
        if own.has_segments:
            self.setting.segments.fit(own)  # before the extras are written: it may add to them
        channel, touchpoint, kind = meaning.place(own.values)
        said = encode(own.extras).decode() if own.extras else None
        self.rows.append((message_id, identity, at, channel, touchpoint, kind, said, own.values))
        return None

    def _time_of(self, event: Event) -> int | Problem:
        told: Told = event.timestamp or event.original_timestamp
        offset = self._offset_us
        if event.received_at is not None and event.timestamp is not None:
            offset = 0  # from an archive: already set right
        elif event.sent_at:
            offset = offset_of(event.sent_at, received_us=self._received_us)
        return time_of(told, offset_us=offset, received_us=self._received_us)

    def _message_id(self, index: int, event: Event) -> str:
        """The sender's, or one made from what the event says: told again, it is the same.

        Without a time either, two equal events of one call are two.
        """
        if event.message_id not in {None, ""}:
            return str(event.message_id)
        told = event.timestamp or event.original_timestamp
        when = [told] if told else [self._received_us, index]
        who = [event.user_id, event.anonymous_id, event.identity, event.traits]
        said = [self.setting.source, event.type, event.event, event.name, who, event.properties]
        return "live:" + hashlib.md5(encode([said, when]), usedforsecurity=False).hexdigest()

    def _refuse(self, index: int, problem: Problem, people: People) -> None:
        raw = self._body.raw(index)
        if self._is_audience:
            raw = scrubbed(raw)
        self.refusals.append(
            Refusal(
                file=self.setting.source,
                line=index + 1,
                reason=problem.reason,
                detail=problem.detail,
                raw=self._packed(raw),
                identity=None if self._is_audience else people.identity,
            )
        )

    def _packed(self, raw: bytes) -> str:
        """The event as a call of its own, which a second try decodes like any other."""
        packet = self.packet
        if packet.kind is Kind.SEGMENT:
            sent = encode(self._body.sent)
            raw = b'{"sentAt":%b,"batch":[%b]}' % (sent, raw)
        return pack(replace(packet, body=raw)).decode("utf-8", "backslashreplace")
