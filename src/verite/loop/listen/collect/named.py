"""What the name of an event means: the touchpoint, the channel and the kind of its row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from verite.loop.listen.collect.events import ABSENT, Event
from verite.loop.listen.collect.own import Value
from verite.loop.listen.collect.rules import folded, readable_key
from verite.text.mask import mask
from verite.words.events import EventRule

_LONGEST: Final = 200
_REMEMBERED: Final = 8192


@dataclass(frozen=True, slots=True)
class Meaning:
    """A rule, or what stands in for one."""

    event: str
    rule: EventRule | None
    touchpoint: str  # made from the name
    channel: str
    kind: str

    @property
    def is_unknown(self) -> bool:
        """Whether nobody said yet what such an event is. Pages speak for themselves."""
        return self.rule is None and self.kind != "visit"

    def choose(self, name: str, values: dict[str, Value]) -> str:
        """A channel, touchpoint or kind: the rule's, else the event's own, else the usual one.

        What was the event's own is taken out of its values.
        """
        own = values.pop(name, None) if name in values else None
        ruled = getattr(self.rule, name) if self.rule is not None else ""
        if ruled or own is not None:
            return str(ruled or own)
        if name == "kind" and self.kind == "other" and "score" in values:
            return "feedback"
        return str(getattr(self, name))


class Meanings:
    """The meanings of a source's events, each found once."""

    def __init__(self, rules: Mapping[str, EventRule]) -> None:
        self._rules = rules
        self._tracked: dict[tuple[str, str], Meaning | None] = {}

    def of(self, event: Event) -> Meaning | None:
        """What an event means; None: a rule says to ignore it."""
        if event.type != "track":
            return self._visit(event)
        asked = (event.event or "", _channel(event))
        if asked not in self._tracked:
            if len(self._tracked) >= _REMEMBERED:
                self._tracked.clear()
            self._tracked[asked] = self._track(*asked)
        return self._tracked[asked]

    def _track(self, name: str, channel: str) -> Meaning | None:
        rule = self._rules.get(folded(name))
        if rule is not None and rule.ignored:
            return None
        shown = shown_name(name)
        return Meaning(shown, rule, readable_key(shown), channel, "other")

    def _visit(self, event: Event) -> Meaning | None:
        """A page or a screen: rules name it `page: Tarifs`, or `page` for all of them."""
        name = f"{event.type}: {event.name}" if event.name else event.type
        rule = self._rules.get(folded(name)) or self._rules.get(event.type)
        if rule is not None and rule.ignored:
            return None
        channel = "web" if event.type == "page" else "app"
        title = event.name or event.category
        key = readable_key(shown_name(title)) if title else f"{channel}_{event.type}"
        return Meaning(name, rule, key, channel, "visit")


@lru_cache(maxsize=8192)
def shown_name(name: str) -> str:
    """An event name without what a careless sender wrote into it."""
    return mask(name.strip().replace("\0", "")[:_LONGEST])


def _channel(event: Event) -> str:
    context = event.context
    if context is None:
        return "other"
    if context.page != ABSENT:
        return "web"
    return "other" if context.app == context.device == ABSENT else "app"
