"""The events of one conversation told as interactions: menus, waits, agents, transfers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from verite.loop.listen.sources.genesys.events import Detail, Told

KNOWN: Final = frozenset({
    "customer.start", "customer.end", "flow.start", "flow.end", "acd.start", "acd.end",
    "user.start", "user.end", "voicemail.start", "voicemail.end",
})  # fmt: skip
COLUMNS: Final = (
    "message_id", "identity", "aliases", "at", "channel", "touchpoint", "kind", "direction",
    "case_id", "agent", "team", "wait_s", "duration_s", "menus", "outcome", "properties.flow",
)  # fmt: skip
_MENUS: Final = ("INBOUNDCALL", "OUTBOUNDCALL", "SECURECALL", "INBOUNDCHAT", "INBOUNDEMAIL",
                 "INBOUNDSHORTMESSAGE", "VOICE")  # fmt: skip
_BOTS: Final = ("BOT", "DIGITALBOT")
_MEDIA: Final = {"VOICE": "phone", "CALLBACK": "phone", "CHAT": "chat", "EMAIL": "email",
                 "MESSAGE": "chat", "COBROWSE": "chat", "VIDEO": "chat"}  # fmt: skip
_SOCIAL: Final = ("TWITTER", "FACEBOOK", "LINE", "WHATSAPP", "INSTAGRAM", "APPLE", "LINKEDIN")
_FAILED: Final = ("ERROR", "TRANSPORT_FAILURE", "TIMEOUT", "SESSION_EXPIRED", "SYSTEM")
_LEFT: Final = ("ENDPOINT", "CLIENT", "PEER")
Cells = dict[str, str]


@dataclass(slots=True)
class Call:
    """A conversation while its events go by."""

    first: Detail
    identity: str = ""
    aliases: str = ""
    channel: str = "phone"
    opened: dict[str, Detail] = field(default_factory=dict)  # session → where it began
    queued: Detail | None = None  # answered, its agent not yet heard
    waited_s: float | None = None
    is_passed: bool = False  # an agent passed the customer on


def tell_conversation(events: Iterable[Told]) -> Iterator[tuple[Cells, int]]:
    """(cells, line) of each interaction of one conversation, in order of time.

    What has begun and not ended in the file is told by a later one.
    """
    call: Call | None = None
    for told in sorted(events, key=lambda one: (one.detail.event_time, _RANK.get(one.kind, 9))):
        call = call or Call(told.detail)
        _meet(call, told)
        thing, _, moment = told.kind.partition(".")
        if moment == "start":
            call.opened[f"{thing} {told.detail.session_id}"] = told.detail
        elif moment == "end":
            began = call.opened.pop(f"{thing} {told.detail.session_id}", None)
            cells = _ended(call, thing, began, told.detail)
            if cells is not None:
                yield cells, told.line


# Of equal times, what ends comes before what begins.
_RANK: Final = {"flow.end": 0, "acd.end": 1, "user.end": 2, "customer.start": 3, "flow.start": 4,
                "acd.start": 5, "user.start": 6, "customer.end": 8}  # fmt: skip


def _meet(call: Call, told: Told) -> None:
    """Who it is, and on which channel."""
    detail = told.detail
    media, message = (detail.media_type or "").upper(), (detail.message_type or "").upper()
    if media:
        call.channel = _MEDIA.get(media, "other")
        if media == "MESSAGE":
            call.channel = {"SMS": "sms"}.get(message, "social" if message in _SOCIAL else "chat")
    is_inbound = (detail.direction or "INBOUND").upper() != "OUTBOUND"
    address = detail.ani or detail.address_from or ""
    if not call.identity and is_inbound and told.kind.startswith(("customer", "flow")):
        call.identity = _identity(address)
    if detail.external_contact_id:
        contact = f"genesys:{detail.external_contact_id}"
        if not call.identity:
            call.identity = contact
        elif call.identity != contact:
            call.aliases = contact


def _identity(address: str) -> str:
    """`tel:+336…`, `sip:+336…@…` or a mail as one of our identities."""
    scheme, _, rest = address.partition(":")
    if scheme in {"tel", "sip", "sips"}:
        number = rest.partition("@")[0].partition(";")[0]
        return f"phone:{number}" if number.lstrip("+").isdigit() else ""
    return f"email:{address}" if "@" in address else address


def _ended(call: Call, thing: str, began: Detail | None, end: Detail) -> Cells | None:
    if thing == "flow":
        return _menu(call, began, end)
    if thing == "acd":
        return _queue(call, began, end)
    if thing in {"user", "voicemail"}:
        return _agent(call, began, end) if thing == "user" else _voicemail(call, began, end)
    return None


def _menu(call: Call, began: Detail | None, end: Detail) -> Cells | None:
    """A menu or a bot; music in a queue is part of the wait."""
    kind = (end.flow_type or (began.flow_type if began else "") or "").upper()
    if kind not in (*_MENUS, *_BOTS):
        return None
    is_bot = kind in _BOTS
    reason = (end.exit_reason or "").upper()
    outcome = {"TRANSFER": "transferred", "FLOW_DISCONNECT": "done", "FLOW_EXIT": "done"}.get(
        reason, "unresolved"
    )
    cells = _cells(call, "flow", began or end, "bot" if is_bot else "ivr", "other")
    cells["duration_s"] = _seconds(began, end, end.connected_duration_ms)
    cells["outcome"] = outcome
    cells["properties.flow"] = end.flow_id or ""
    if is_bot:
        return {**cells, "channel": "bot", "kind": "contact"}
    return {**cells, "menus": "1"} if call.channel == "phone" else cells


def _queue(call: Call, began: Detail | None, end: Detail) -> Cells | None:
    """A wait; its row is the agent's when one answers, unless the customer was passed on."""
    outcome = (end.acd_outcome or "").upper()
    waited = _seconds(began, end, end.connected_duration_ms)
    is_passed, call.is_passed = call.is_passed, False
    if outcome == "ANSWERED" and not is_passed:
        call.queued, call.waited_s = began or end, float(waited or 0)
        return None
    left = outcome == "ABANDON" or (end.disconnect_type or "").upper() in _LEFT
    touchpoint, kind = ("transfer", "handover") if is_passed else (_desk(call), "contact")
    cells = _cells(call, "acd", began or end, touchpoint, kind)
    cells["wait_s"], cells["team"] = waited, end.queue_id or ""
    if outcome == "ANSWERED":
        return {**cells, "outcome": "done"}
    if left and outcome != "FLOW_OUT":
        return {**cells, "outcome": "abandoned"}
    return {**cells, "outcome": "transfer_failed" if is_passed else "unresolved"}


def _agent(call: Call, began: Detail | None, end: Detail) -> Cells | None:
    """A conversation with an agent, from the moment the customer began to wait for it."""
    spoken = (end.interacting_duration_ms or 0) + (end.held_duration_ms or 0)
    if end.interacting_duration_ms is None:
        spoken = end.event_time - (began or end).event_time
    queued, call.queued = call.queued, None
    if spoken <= 0 and queued is None:
        return None  # rang, and another one answered
    cells = _cells(call, "user", queued or began or end, _desk(call), "contact")
    cells["agent"], cells["duration_s"] = end.user_id or "", f"{spoken / 1000:g}"
    cells["team"] = end.queue_id or (queued.queue_id if queued else "") or ""
    cells["wait_s"] = "" if call.waited_s is None else f"{call.waited_s:g}"
    call.waited_s = None
    ended = (end.disconnect_type or "").upper()
    call.is_passed = ended.endswith("TRANSFER")
    if ended:
        cells["outcome"] = (
            "transferred" if call.is_passed else "unresolved" if ended in _FAILED else "done"
        )
    return cells


def _voicemail(call: Call, began: Detail | None, end: Detail) -> Cells:
    cells = _cells(call, "voicemail", began or end, "voicemail", "contact")
    return {**cells, "duration_s": _seconds(began, end, end.connected_duration_ms)}


def _desk(call: Call) -> str:
    return "phone_agent" if call.channel == "phone" else call.channel


def _seconds(began: Detail | None, end: Detail, told_ms: int | None) -> str:
    if began is not None:
        return f"{max(end.event_time - began.event_time, 0) / 1000:g}"
    return "" if told_ms is None else f"{told_ms / 1000:g}"


def _cells(call: Call, thing: str, began: Detail, touchpoint: str, kind: str) -> Cells:
    outbound = (call.first.direction or "").upper() == "OUTBOUND"
    place = f"{began.conversation_id}:{thing}:{began.session_id or ''}:{began.event_time}"
    return {
        "message_id": f"genesys:{place}",
        "identity": call.identity or f"genesys_call:{began.conversation_id}",
        "aliases": call.aliases,
        "at": str(began.event_time),
        "channel": call.channel,
        "touchpoint": touchpoint,
        "kind": kind,
        "direction": "outbound" if outbound else "inbound",
        "case_id": began.conversation_id,
    }
