"""Listening: files of other systems become interactions."""

from __future__ import annotations

from verite.loop.listen.guessing import guess
from verite.loop.listen.listen import listen
from verite.loop.listen.mapping import Branch, Filling, Mapping
from verite.loop.listen.mapping_text import write_mapping
from verite.loop.listen.mapping_toml import read_mapping
from verite.loop.listen.previewing import preview
from verite.loop.listen.replaying import replay
from verite.loop.listen.request import KINDS, Preview, Request

__all__ = [
    "KINDS",
    "Branch",
    "Filling",
    "Mapping",
    "Preview",
    "Request",
    "guess",
    "listen",
    "preview",
    "read_mapping",
    "replay",
    "write_mapping",
]
