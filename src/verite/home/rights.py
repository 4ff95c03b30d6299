"""The rights of a person: everything exported, everything erased."""

from __future__ import annotations

from verite.home.door import Door


class Rights(Door):
    """Export and erasure of a person."""
