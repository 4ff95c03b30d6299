"""CloudEvents in binary content mode: attributes in `ce-` headers, the body is the data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import unquote

from verite.loop.listen.collect.answers import TurnedAway
from verite.loop.listen.collect.events import encode

_STRUCTURED: Final = "application/cloudevents"
_HEADER: Final = "ce-"
_REQUIRED: Final = ("specversion", "id", "source", "type")
_TOLD: Final = (*_REQUIRED, "subject", "time")
_JSON: Final = re.compile(r"(application|text)/json|[a-z0-9.-]+/[a-z0-9!#$&^_.+-]+\+json")
_ESCAPED: Final = re.compile(r"\\(.)")

Attributes = Mapping[str, str]


def attributes_of(headers: Mapping[str, str]) -> Attributes | None:
    """What the headers say of an event; None when the body says it all (structured, batched).

    >>> attributes_of({"ce-id": "1", "ce-type": "a%20b", "content-type": "application/json"})
    {'id': '1', 'type': 'a b'}
    >>> attributes_of({"content-type": "application/cloudevents+json", "ce-id": "1"})
    """
    if headers.get("content-type", "").strip().lower().startswith(_STRUCTURED):
        return None
    if not any(_HEADER + name in headers for name in _REQUIRED):
        return None
    told = {name: headers.get(_HEADER + name) for name in _TOLD}
    return {name: _plain(text) for name, text in told.items() if text is not None}


def check_json(headers: Mapping[str, str], body: bytes) -> None:
    """Raises `TurnedAway` when the data says that it is not JSON; nothing said means JSON."""
    told = headers.get("content-type", "").partition(";")[0].strip().lower()
    if body and told and not _JSON.fullmatch(told):
        raise TurnedAway("body_unreadable", fields={"detail": f"content-type {told[:60]}"})


def joined(attributes: Attributes, data: bytes) -> bytes:
    """The same event in structured mode; `data` is JSON that was looked through.

    >>> joined({"id": "1", "type": "sold"}, b'{"n": 2}')
    b'{"id":"1","type":"sold","data":{"n": 2}}'
    """
    head = encode({name: attributes[name] for name in _TOLD if name in attributes})
    return b'%b,"data":%b}' % (head[:-1], data)


def _plain(text: str) -> str:
    """A header's value as it was meant: quotes taken off, then percents, once each.

    >>> _plain("Euro%20%E2%82%AC%20%F0%9F%98%80"), _plain(r'"a \\"b\\""')
    ('Euro € 😀', 'a "b"')
    """
    told = text.strip()
    if len(told) > 1 and told[0] == told[-1] == '"':
        told = _ESCAPED.sub(r"\1", told[1:-1])
    return unquote(told)
