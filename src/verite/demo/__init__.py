"""Clairvoie, a made-up fibre operator with planted truths."""

from __future__ import annotations

from verite.demo.generate import generate as generate

__all__ = ["generate"]
