"""A batch of the inbox without the events of one person; the other events stay as they came."""

from __future__ import annotations

import json
from dataclasses import dataclass

from verite.text.traces import Traces

_Json = dict[str, object] | list[object] | str | float | bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """What is left of a batch (None: nothing), and how many events went."""

    payload: bytes | None
    events: int


def cut(payload: bytes, traces: Traces) -> Cut:
    r"""The batch without the events that name a person; whole when none does.

    A first line that is a JSON object of its own is the header of what follows.

    >>> traces = Traces(["user:4071"])
    >>> body = b'{"batch": [{"userId": "4071"}, {"userId": "12"}]}'
    >>> cut(b'{"v":1}\n' + body, traces)
    Cut(payload=b'{"v":1}\n{"batch":[{"userId":"12"}]}', events=1)
    >>> cut(b'{"userId": "12"}', traces).events, cut(b"user:4071, unreadable", traces)
    (0, Cut(payload=None, events=1))
    """
    text = payload.decode("utf-8", "replace")
    if not traces.are_in(text):
        return Cut(payload=payload, events=0)
    head, line, body = text.partition("\n")
    if not line or not isinstance(_read(head), dict):
        head, line, body = "", "", text
    found = _read(body)
    batch = found.get("batch") if isinstance(found, dict) else found
    if not isinstance(batch, list):
        return Cut(payload=None, events=1)
    left = [event for event in batch if not traces.are_in(_write(event))]
    whole = {**found, "batch": left} if isinstance(found, dict) else left
    if not left or traces.are_in(head + _write(whole)):  # also named beside its events
        return Cut(payload=None, events=len(batch))
    return Cut(payload=(head + line + _write(whole)).encode(), events=len(batch) - len(left))


def header_of(payload: bytes) -> dict[str, object]:
    r"""What the first line says of the batch, when it is a JSON object of its own.

    >>> header_of(b'{"v":1,"mode":"audience"}\n[]'), header_of(b'{"userId":"12"}')
    ({'v': 1, 'mode': 'audience'}, {})
    """
    line, end, _ = payload.partition(b"\n")
    found = _read(line.decode("utf-8", "replace")) if end else None
    return found if isinstance(found, dict) else {}


def _read(text: str) -> _Json:
    try:
        return json.loads(text)  # type: ignore[no-any-return]
    except (ValueError, RecursionError):
        return None


def _write(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
