"""Listening: files of other systems become interactions."""

from __future__ import annotations

from verite.loop.listen.listen import listen
from verite.loop.listen.mapping import Branch, Filling, Mapping
from verite.loop.listen.request import KINDS, Preview, Request

__all__ = ["KINDS", "Branch", "Filling", "Mapping", "Preview", "Request", "listen"]
