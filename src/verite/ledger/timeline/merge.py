"""Extending an older timeline by new files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from verite.ledger.timeline.build import Sources


def extend(sources: Sources, parent: Path) -> Path | None:
    """The folder extended from an older one, or nothing when there is none to extend."""
    return None
