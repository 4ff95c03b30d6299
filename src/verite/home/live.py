"""Live collection: sources, their keys, what waits in the inbox."""

from __future__ import annotations

from verite.home.door import Door


class Live(Door):
    """What is received live."""
