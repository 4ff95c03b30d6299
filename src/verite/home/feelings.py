"""The running feeling: fitted, validated, asked for one customer."""

from __future__ import annotations

from verite.home.door import Door


class Feelings(Door):
    """What all contacts so far have left."""
