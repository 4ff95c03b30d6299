"""The questions take seconds: they are worked out behind the page."""

from __future__ import annotations

from verite.home import Home
from verite.web.lately import Lately, latest
from verite.words.experience import Experience


def latest_experience(home: Home) -> Lately[Experience]:
    """All the questions; asked anew once the data or the active map change."""
    design = next(iter(home.designs()), None)
    drawn = None if design is None else (design.key, design.version)
    return latest(("experience", drawn), lambda: home.experience().result)
