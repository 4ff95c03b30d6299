"""What the name of an event means: the touchpoint, the channel and the kind of its row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from verite.loop.listen.collect.events import ABSENT, Event
from verite.loop.listen.collect.own import Value
from verite.loop.listen.collect.rules import folded, readable_key
from verite.text.mask import mask
from verite.words.events import EventRule

_LONGEST: Final = 200
_REMEMBERED: Final = 8192
_PLACED: Final = frozenset({"channel", "touchpoint", "kind", "score"})


@dataclass(frozen=True, slots=True)
class Meaning:
    """Where the rows of an event stand: by a rule, or by its name."""

    event: str
    channel: str
    touchpoint: str
    kind: str
    ruled: frozenset[str] = frozenset()  # what a rule says; the event's own words give way
    is_unknown: bool = False

    def place(self, values: dict[str, Value]) -> tuple[str, str, str]:
        """Channel, touchpoint and kind; those among the event's own values are taken out."""
        if _PLACED.isdisjoint(values):
            return self.channel, self.touchpoint, self.kind
        told = {"channel": self.channel, "touchpoint": self.touchpoint, "kind": self.kind}
        if self.kind == "other" and "score" in values and "kind" not in self.ruled:
            told["kind"] = "feedback"
        for name in told:
            if name in values:
                own = values.pop(name)
                if name not in self.ruled:
                    told[name] = str(own)
        return told["channel"], told["touchpoint"], told["kind"]


def _ruled(usual: Meaning, rule: EventRule) -> Meaning:
    said = {name: getattr(rule, name) for name in ("channel", "touchpoint", "kind")}
    filled = {name: text for name, text in said.items() if text}
    return replace(usual, **filled, ruled=frozenset(filled), is_unknown=False)


class Meanings:
    """The meanings of a source's events, each found once."""

    def __init__(self, rules: Mapping[str, EventRule]) -> None:
        self._rules = rules
        self._tracked: dict[tuple[str, str], Meaning | None] = {}

    def of(self, event: Event) -> Meaning | None:
        """What an event means; None: a rule says to ignore it."""
        if event.type != "track":
            return self._visit(event)
        asked = ((event.event or "")[:_LONGEST], _channel(event))
        try:
            return self._tracked[asked]
        except KeyError:
            if len(self._tracked) >= _REMEMBERED:
                self._tracked.clear()
            found = self._tracked[asked] = self._track(*asked)
            return found

    def _track(self, name: str, channel: str) -> Meaning | None:
        rule = self._rules.get(folded(name))
        if rule is not None and rule.ignored:
            return None
        shown = shown_name(name)
        usual = Meaning(shown, channel, readable_key(shown), "other", is_unknown=True)
        return usual if rule is None else _ruled(usual, rule)

    def _visit(self, event: Event) -> Meaning | None:
        """A page or a screen: rules name it `page: Tarifs`, or `page` for all of them."""
        name = f"{event.type}: {event.name[:_LONGEST]}" if event.name else event.type
        rule = self._rules.get(folded(name)) or self._rules.get(event.type)
        if rule is not None and rule.ignored:
            return None
        channel = "web" if event.type == "page" else "app"
        title = (event.name or event.category or "")[:_LONGEST]
        key = readable_key(shown_name(title)) if title else f"{channel}_{event.type}"
        usual = Meaning(name, channel, key, "visit")
        return usual if rule is None else _ruled(usual, rule)


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
