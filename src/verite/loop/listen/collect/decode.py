"""Payloads of the inbox become rows, links between identities, and refusals with their text."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from verite.ledger.kept import Decoded
from verite.loop.listen.collect.packing import unpack
from verite.loop.listen.collect.reading import Reading
from verite.loop.listen.collect.rows import Rows
from verite.loop.listen.collect.rules import Rules
from verite.loop.listen.collect.setting import Settings

OnUnknown = Callable[[str, Mapping[str, int]], None]  # the source; event name → how many


def decode(rules: Rules, *, on_unknown: OnUnknown | None = None) -> Callable[[bytes, str], Decoded]:
    """A decoder for `Ledger.drain`. `on_unknown` hears of event names that no rule knows.

    It is called while the drain reads, before anything is kept: gather, and write afterwards.
    """
    settings = Settings(rules)

    def decoded(payload: bytes, source: str) -> Decoded:
        found = Reading(unpack(payload), settings.of(source))
        if found.unknown and on_unknown is not None:
            on_unknown(source, found.unknown)
        rows = Rows()
        rows.extend(found.rows)
        return Decoded(table=rows.table(), refusals=found.refusals, links=tuple(found.links))

    return decoded
