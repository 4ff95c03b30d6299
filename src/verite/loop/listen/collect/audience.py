"""What an audience source may leave: nothing that names a visitor or joins them to anything."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

import msgspec

from verite.loop.listen.collect.events import UNREADABLE, encode
from verite.loop.listen.collect.own import Own, read_own
from verite.text.mask import mask

# Ours that say how a visit went, never who came or which order it was about.
_COLUMNS: Final = frozenset({
    "touchpoint", "channel", "kind", "direction", "outcome", "wait_s", "duration_s", "menus",
    "metric", "score", "scale_min", "scale_max", "polarity", "language", "end_us",
})  # fmt: skip
_EXTRAS: Final = frozenset({"path", "title", "category", "name", "referrer"})
_TOLD: Final = ("type", "event", "name", "category", "timestamp", "originalTimestamp", "messageId")

_SAID: Final = ("event", "name", "category")


def bare(own: Own) -> Own:
    """Only what measuring an audience needs.

    >>> bare(read_own({"path": "/offres", "order": "C-12", "case_id": "C-12"})).extras
    {'path': '/offres'}
    """
    extras = {name: value for name, value in own.extras.items() if name in _EXTRAS}
    referrer = extras.pop("referrer", None)
    if isinstance(referrer, str) and (host := _host(referrer)):
        extras["referrer"] = host
    values = {name: value for name, value in own.values.items() if name in _COLUMNS}
    texts: dict[str, object] = {
        name: value for name, value in extras.items() if isinstance(value, str)
    }
    return Own(values=values, extras=texts)


def scrubbed(raw: bytes) -> bytes:
    """The text of a refused event without its people; nothing of one that cannot be read."""
    try:
        told: object = msgspec.json.decode(raw)
        if not isinstance(told, dict):
            return b""
        kept = {name: told[name] for name in _TOLD if isinstance(told.get(name), str | int)}
        kept |= {name: mask(kept[name]) for name in _SAID if isinstance(kept.get(name), str)}
        properties = told.get("properties")
        if isinstance(properties, Mapping):
            found = bare(read_own(properties))
            kept["properties"] = {**found.extras, **found.values}
        return encode(kept)
    except UNREADABLE:
        return b""


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
