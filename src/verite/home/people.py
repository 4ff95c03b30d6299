"""People: identities joined, reviewed, joined no longer."""

from __future__ import annotations

from verite.home.door import Door


class People(Door):
    """Who is who."""
