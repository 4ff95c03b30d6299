"""Mapping: lived journeys, designed maps, one against the other."""

from __future__ import annotations

from verite.loop.map.conforming import conform
from verite.loop.map.differing import diff_designs
from verite.loop.map.laying import lay
from verite.loop.map.living import live
from verite.loop.map.reading import read_design, read_design_file
from verite.loop.map.shipped import shipped, shipped_design
from verite.loop.map.writing import write_design

__all__ = [
    "conform",
    "diff_designs",
    "lay",
    "live",
    "read_design",
    "read_design_file",
    "shipped",
    "shipped_design",
    "write_design",
]
