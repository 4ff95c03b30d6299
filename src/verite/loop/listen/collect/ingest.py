"""One call of the collector: judged, put down, answered once it is on the disk. No framework."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from verite.loop.listen.collect.answers import Reply, TurnedAway, accepted, broken, turned_away
from verite.loop.listen.collect.binary import attributes_of, check_json, joined
from verite.loop.listen.collect.calls import Call, call_of
from verite.loop.listen.collect.gate import Gate
from verite.loop.listen.collect.inflating import inflate
from verite.loop.listen.collect.limits import Limits
from verite.loop.listen.collect.origins import preflight, shared
from verite.loop.listen.collect.packing import Kind, Packet, pack
from verite.loop.listen.collect.parsing import Parsed, parse, types_of
from verite.loop.listen.collect.signing import check_signature
from verite.words.errors import VeriteError
from verite.words.live import Caller, Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A request as any server hands it over; the names of headers in lower case."""

    path: str
    headers: Mapping[str, str]
    body: bytes


def ingest(gate: Gate, asked: Received, at: datetime) -> Reply:
    """The answer to a call. One with `pending` may be sent only once that promise is kept."""
    try:
        caller, reply = _taken(gate, asked, at)
    except VeriteError as error:
        return refuse(gate, asked.headers, error)
    return shared(reply, asked.headers, caller.origins)


def refuse(gate: Gate, headers: Mapping[str, str], error: VeriteError) -> Reply:
    """The refusal of a call, readable by pages that some source lets send: none may be known."""
    reply = turned_away(error) if isinstance(error, TurnedAway) else broken(error)
    return shared(reply, headers, gate.origins) if headers.get("origin") else reply


def ask_first(gate: Gate, headers: Mapping[str, str]) -> Reply:
    """The answer to a call that is no POST: a browser's question for one of its pages, or none."""
    try:
        return preflight(gate, headers)
    except TurnedAway as error:
        return turned_away(error)


def _taken(gate: Gate, asked: Received, at: datetime) -> tuple[Caller, Reply]:
    call = call_of(asked.path)
    key = _key_in(asked.headers)
    # A wrong key is told before anything is inflated; clients may bear theirs in the body alone.
    caller = gate.caller(key) if key and call.kind is not Kind.WEBHOOK else None
    if call.kind is Kind.WEBHOOK:
        caller = gate.named(call.source)
    gate.relieve(at)
    limits = gate.limits if caller is not None else _unsigned(gate.limits)
    body = inflate(asked.body, asked.headers.get("content-encoding", ""), limits)
    message = ""
    if caller is not None and call.kind is Kind.WEBHOOK:
        message = check_signature(caller.secrets(at), asked.headers, body, at=at)
    parsed = _read(call, asked.headers, body)
    caller = caller or gate.caller(parsed.key)
    scopes = _scopes(caller, call, parsed)
    if not parsed.events:
        return caller, accepted(None)
    gate.slow(caller, parsed.events, at)
    packet = Packet(
        kind=call.kind,
        call=call.word,
        at=at,
        mode=caller.mode,
        body=parsed.body,
        message_id=message,
        scopes=scopes,
        sender=caller.name if caller.numbers_alone and call.kind is not Kind.SEGMENT else "",
    )
    return caller, accepted(gate.put_down(pack(packet), caller, at))


def _read(call: Call, headers: Mapping[str, str], body: bytes) -> Parsed:
    """The body looked through; an event whose attributes are headers, as one body."""
    told = attributes_of(headers) if call.kind is Kind.CLOUDEVENTS else None
    if told is None:
        return parse(body, call.kind, is_batch=call.scope is None)
    check_json(headers, body)
    data = parse(body or b"null", call.kind, is_batch=False)
    return Parsed(body=joined(told, data.body), events=1)


def _unsigned(limits: Limits) -> Limits:
    """Those of a body whose key is inside: it is read before anybody knows whose it is."""
    most = min(_UNSIGNED_AT_MOST, limits.body, limits.inflated)
    return replace(limits, body=most, inflated=most)


def _scopes(caller: Caller, call: Call, parsed: Parsed) -> frozenset[str]:
    """What the drain must still sort out of a mixed batch; nothing when all of it may come in."""
    if call.scope is not None:
        if call.scope not in caller.scopes:
            raise TurnedAway("out_of_scope", fields={"scope": call.scope})
        return frozenset()
    if caller.scopes >= _SEGMENT or not parsed.events:
        return frozenset()
    types = types_of(parsed.raw)
    strange = types.keys() & _SEGMENT - caller.scopes
    if strange and sum(types[one] for one in strange) == parsed.events:
        raise TurnedAway("out_of_scope", fields={"scope": ", ".join(sorted(strange))})
    return frozenset(caller.scopes) if strange else frozenset()


_UNSIGNED_AT_MOST = 1_000_000  # clients send half of that
_SEGMENT = frozenset(
    {Scope.TRACK, Scope.IDENTIFY, Scope.PAGE, Scope.SCREEN, Scope.GROUP, Scope.ALIAS}
)


def _key_in(headers: Mapping[str, str]) -> str:
    """The write key of Basic (as user name) or Bearer authorization.

    >>> _key_in({"authorization": "Basic " + base64.b64encode(b"key:").decode()})
    'key'
    >>> _key_in({"authorization": "Bearer key"}), _key_in({})
    ('key', '')
    """
    scheme, _, rest = headers.get("authorization", "").strip().partition(" ")
    if scheme.lower() == "bearer":
        return rest.strip()
    if scheme.lower() != "basic":
        return ""
    try:
        return base64.b64decode(rest.strip()).decode("utf-8", "replace").partition(":")[0]
    except (binascii.Error, ValueError):
        return ""
