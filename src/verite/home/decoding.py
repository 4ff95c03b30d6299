"""How this home reads what it receives live: its rules, its secret, the names it does not know."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Final

from verite.home.beside import Beside
from verite.home.door import SETTINGS
from verite.ledger.kept import Decoded
from verite.loop.listen.collect.many import Found, Many
from verite.loop.listen.collect.rules import Rules
from verite.text.contacts import FRANCE, country_of
from verite.words.settings import read_settings

if TYPE_CHECKING:
    from verite.ledger.decoding import Group
    from verite.ledger.inbox import Batch

_AT_ONCE: Final = 50  # batches whose rows make one table
_WORTH_A_PROCESS: Final = 12_000_000  # bytes: about 30,000 events


class Reader:
    """Decodes batches of the inbox; after the drain, `settle` writes down unknown event names."""

    def __init__(
        self,
        path: Path,
        *,
        using: str,
        segments: tuple[str, ...] = (),
        beside: Beside | None = None,
    ) -> None:
        self._using = using
        self._beside = beside
        self._unknown: Counter[tuple[str, str]] = Counter()
        self._rules = replace(_rules(path, using=using), segments=segments)
        self._many = Many(self._rules)

    def __call__(self, payload: bytes, source: str) -> Decoded:
        """What a batch says.

        A body that trips the decoder waits in quarantine with its text: a batch that failed at
        every drain would hold up all that come after it, for ever.
        """
        found = self._many.read(source, [payload])
        for failed in found.failed:
            raise failed.error()
        return self._heard(source, found)

    def together(self, batches: Sequence[Batch]) -> Iterator[Group]:
        """What batches say, many at a time, by other processes when there are very many."""
        cut = list(chunks(batches))
        asked = [(source, [batch.payload for batch in chunk]) for source, chunk in cut]
        is_large = sum(len(batch.payload) for batch in batches) >= _WORTH_A_PROCESS
        if self._beside is not None and is_large:
            told = self._beside.read(self._rules, asked)
        else:
            told = (self._many.read(*one) for one in asked)
        for (source, chunk), found in zip(cut, told, strict=True):
            yield from self._groups(source, chunk, found)

    def _groups(self, source: str, chunk: Sequence[Batch], found: Found) -> Iterator[Group]:
        failed = {one.place: one for one in found.failed}
        yield from (([chunk[place]], one.error()) for place, one in failed.items())
        read = [batch for place, batch in enumerate(chunk) if place not in failed]
        if read:
            yield read, self._heard(source, found)

    def _heard(self, source: str, found: Found) -> Decoded:
        for event, count in found.unknown.items():
            self._unknown[source, event] += count
        return found.decoded()

    def settle(self, *, at: datetime) -> None:
        """Counts the event names that no rule knows, for somebody to say what they mean."""
        from verite.records.listen.rule_actions import count_unknown

        counted, self._unknown = self._unknown, Counter()
        if counted:
            count_unknown(using=self._using, counted=counted, at=at)


def chunks(batches: Sequence[Batch]) -> Iterator[tuple[str, list[Batch]]]:
    """Batches in order, cut where the source changes and where a table becomes large."""
    for source, run in groupby(batches, key=lambda batch: batch.source):
        held = list(run)
        for start in range(0, len(held), _AT_ONCE):
            yield source, held[start : start + _AT_ONCE]


def _rules(path: Path, *, using: str) -> Rules:
    from verite.records.databases import secret_key
    from verite.records.listen.rules import event_rules

    secret = hashlib.sha256(b"tracers:" + secret_key(path).encode()).digest()
    return Rules(rules=event_rules(using=using), secret=secret, country=_country(path))


def _country(path: Path) -> str:
    """Whose phones are meant when they name none; a home may be decoded before it is settled."""
    try:
        settings = read_settings((path / SETTINGS).read_text(encoding="utf-8-sig"))
    except OSError:
        return FRANCE
    return settings.country or country_of(settings.zone)
