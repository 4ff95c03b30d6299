"""Clairvoie, a made-up fibre operator with planted truths."""

from __future__ import annotations

from verite.demo.bulk import bulk as bulk
from verite.demo.generate import generate as generate
from verite.demo.planted import PLANTED as PLANTED
from verite.demo.planted import Planted as Planted
from verite.demo.promises import demo_promises as demo_promises
from verite.demo.targets import demo_targets as demo_targets

__all__ = ["PLANTED", "Planted", "bulk", "demo_promises", "demo_targets", "generate"]
