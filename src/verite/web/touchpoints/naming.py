"""Touchpoints as people read them: the name on the designed map, else the key made readable."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from verite.home import Home
from verite.records.current import current_alias
from verite.records.map.records import owners
from verite.sentences.names import touchpoint_name
from verite.web.language import language
from verite.words.journey import Touchpoint
from verite.words.measured import Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """The touchpoints of the home's designed maps, by key, and those that customers met."""

    drawn: dict[str, Touchpoint]
    owned: dict[str, str]
    held: tuple[str, ...]

    def name(self, key: str) -> str:
        """The name to print."""
        point = self.drawn.get(key)
        return touchpoint_name(key, point.names if point else (), language())

    def key(self, label: Label) -> str:
        """The key behind a label whose touchpoint goes by its name."""
        if label.dimension != "touchpoint":
            return label.value
        found = (key for key in (*self.held, *self.drawn) if self.name(key) == label.value)
        return next(found, label.value)

    def owner(self, key: str) -> str | None:
        """Who answers for it: the owner named on the pages, else on the map."""
        point = self.drawn.get(key)
        return self.owned.get(key) or (point.owner if point else None)

    def url(self, key: str, query: str = "") -> str:
        """The touchpoint's page."""
        return f"/touchpoints/{quote(key, safe='')}" + (f"?{query}" if query else "")


def names_of(home: Home) -> Names:
    """The names of a home's touchpoints; the active map is read last, so it wins."""
    drawn = {p.key: p for design in reversed(home.designs()) for p in design.touchpoints}
    held = tuple(key for key, _ in home.status().result.touchpoints)
    return Names(drawn=drawn, owned=owners(using=current_alias()), held=held)
