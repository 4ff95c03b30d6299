"""What makes a refused line the same line when it is told again: what its sender sent.

An event received live is kept under a header of ours that bears the time of receipt, and beside
the time of sending, which a client sets anew at each try: neither makes it another event.
"""

from __future__ import annotations

import hashlib
import json
from typing import Final

from verite.ledger.cutting import header_of
from verite.ledger.kept import Refusal

_LIVE: Final = '{"v":'  # how the header of a call begins
_NAMELESS: Final = "audience"  # the mode of a source whose visitors nobody names
_OF_RECEIPT: Final = frozenset({"ts_us", "end_us"})  # a sender's clock set right moves them
_SENT: Final = "sentAt"


def digest(refusal: Refusal) -> bytes:
    """Sixteen bytes that two tellings of one line share: source, reason, and id or else text."""
    parts = (refusal.reason, refusal.file, str(refusal.line), refusal.raw)
    if refusal.raw.startswith(_LIVE):
        parts = (refusal.reason, refusal.file, refusal.identity or "", _sent(refusal))
    elif refusal.is_live:
        parts = (refusal.reason, refusal.file, "live", _untimed(refusal.raw))
    text = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(text).digest()[:16]


def text_of(raw: str) -> str:
    r"""What the sender said: the text itself, or an event without our header and its times.

    >>> text_of('{"v":1,"at":"2026-01-05"}\n{"sentAt":"now","batch":[{"event": "A"}]}')
    '{"event":"A"}'
    >>> text_of(" a;b ")
    'a;b'
    """
    if not raw.startswith(_LIVE):
        return raw.strip()
    body = raw.partition("\n")[2]
    told = _read(body)
    if isinstance(told, dict) and isinstance(told.get("batch"), list):
        events = told["batch"]
        told = events[0] if len(events) == 1 else events
    if isinstance(told, dict):
        told = {name: value for name, value in told.items() if name != _SENT}
    return body.strip() if told is None else json.dumps(told, separators=(",", ":"))


def _sent(refusal: Refusal) -> str:
    """The id that the sender gave, where there is one; else the text."""
    header = header_of(refusal.raw.encode("utf-8", "surrogatepass"))
    text = text_of(refusal.raw)
    told = _read(text)
    if header.get("id"):  # of a webhook: one for all that it carries
        return f"id\x1f{header['id']}\x1f{refusal.line}"
    if isinstance(told, dict):
        names = ("source", "id") if header.get("kind") == "cloudevents" else ("messageId",)
        ids = [told.get(name) for name in names]
        if all(isinstance(one, str | int) and one != "" for one in ids):
            return "\x1f".join(["id", *map(str, ids)])
    if header.get("mode") == _NAMELESS:  # little is kept of it: others may look the same
        return f"{refusal.line}\x1f{text}"
    return text


def _untimed(raw: str) -> str:
    row = _read(raw)
    if not isinstance(row, dict):
        return raw
    return json.dumps({name: row[name] for name in sorted(row) if name not in _OF_RECEIPT})


def _read(text: str) -> object:
    try:
        found: object = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found
