"""Rules of event names, ready to be asked for each event of a source."""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from verite.text.contacts import FRANCE
from verite.words.events import EventRule

_HUMP: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_LONGEST: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The rules of a home. `secret` keys the tracers of audience sources: keep it per home, or
    the same visitor bears another tracer after each start."""

    rules: tuple[EventRule, ...] = ()
    country: str = FRANCE  # whose phones are meant when they name none
    segments: tuple[str, ...] = ()  # the columns of segments that the ledger bears already
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)

    def of(self, source: str) -> Mapping[str, EventRule]:
        """The rules that hold for a source, by folded name; its own come before those of all.

        >>> rules = Rules(rules=(EventRule(event="Chat Started", touchpoint="chat"),))
        >>> rules.of("site")[folded("chat started ")].touchpoint
        'chat'
        """
        general = {folded(rule.event): rule for rule in self.rules if not rule.source}
        own = {folded(rule.event): rule for rule in self.rules if rule.source == source}
        return {**general, **own}


@lru_cache(maxsize=8192)
def folded(event: str) -> str:
    """An event name as rules compare it: blanks at its ends and capitals make no difference."""
    return event.strip().casefold()


@lru_cache(maxsize=8192)
def readable_key(event: str) -> str:
    """A key of the map made from an event name that no rule knows.

    >>> readable_key("Order Completed"), readable_key("demandeRappelReçue"), readable_key("!")
    ('order_completed', 'demande_rappel_recue', 'event')
    """
    spaced = _HUMP.sub(" ", event)
    plain = unicodedata.normalize("NFKD", spaced).encode("ascii", "ignore").decode().lower()
    words = "".join(sign if sign.isalnum() else " " for sign in plain).split()
    return "_".join(words)[:_LONGEST].rstrip("_") or "event"
