"""What is known before a payload is opened: its source's meanings, the home's secret, its room."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from verite.loop.listen.collect.named import Meanings
from verite.loop.listen.collect.own import Own
from verite.loop.listen.collect.rules import Rules
from verite.loop.listen.collect.who import named
from verite.words.columns import SEGMENT_PREFIX, SEGMENTS_AT_MOST

_REMEMBERED: Final = 65_536


class Segments:
    """The segment columns of the ledger, and room for others up to forty.

    A write key may be public, and each new segment is a column of the ledger for ever.
    """

    def __init__(self, known: Iterable[str] = ()) -> None:
        self._known = set(known)

    def fit(self, own: Own) -> None:
        """Segments for which there is no room stay as extras.

        >>> own = Own(values={"segment_offer": "fibre", "segment_visit": "42"})
        >>> Segments({"segment_offer", *map(str, range(39))}).fit(own)
        >>> own.values, own.extras
        ({'segment_offer': 'fibre'}, {'segment.visit': '42'})
        """
        for column in [name for name in own.values if name.startswith(SEGMENT_PREFIX)]:
            if column in self._known:
                continue
            if len(self._known) < SEGMENTS_AT_MOST:
                self._known.add(column)
            else:
                key = column.removeprefix(SEGMENT_PREFIX)
                own.extras[f"segment.{key}"] = own.values.pop(column)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What one source's payloads are read by."""

    source: str
    meanings: Meanings
    secret: bytes
    country: str
    segments: Segments
    user_of: Callable[[str], str | None]  # the identity of a user's id; the same come again


class Settings:
    """The settings of every source of a home, each made once."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._segments = Segments(rules.segments)
        self._held: dict[str, Setting] = {}

    def of(self, source: str) -> Setting:
        """That of a source."""
        if source not in self._held:
            rules = self._rules
            self._held[source] = Setting(
                source=source,
                meanings=Meanings(rules.of(source)),
                secret=rules.secret,
                country=rules.country,
                segments=self._segments,
                user_of=_user_of(rules.country),
            )
        return self._held[source]


def _user_of(country: str) -> Callable[[str], str | None]:
    return lru_cache(_REMEMBERED)(lambda told: named(told, "user", country))
