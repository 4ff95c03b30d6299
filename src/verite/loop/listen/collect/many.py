"""Many payloads of one source read in one go: rows, links, refusals, and those that failed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

import msgspec

from verite.ledger.kept import Decoded, Refusal
from verite.loop.listen.collect.packing import unpack
from verite.loop.listen.collect.people import Link
from verite.loop.listen.collect.reading import Reading
from verite.loop.listen.collect.rows import Rows
from verite.loop.listen.collect.rules import Rules
from verite.loop.listen.collect.setting import Settings
from verite.words.errors import BadInput, VeriteError

# What a decoder trips over in bytes that nobody foresaw.
FAULTS: Final = (
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
    msgspec.MsgspecError,
)


class Failed(msgspec.Struct):
    """A payload that could not be read at all: its place, and why."""

    place: int
    code: str
    fields: dict[str, str]

    def error(self) -> BadInput:
        """As it would have been raised."""
        return BadInput(self.code, fields=self.fields)


class Found(msgspec.Struct):
    """What some payloads say; it travels between processes as MessagePack."""

    rows: Rows = msgspec.field(default_factory=Rows)
    refusals: list[Refusal] = []
    links: list[Link] = []
    unknown: dict[str, int] = {}
    failed: list[Failed] = []

    def decoded(self) -> Decoded:
        """As the ledger takes it."""
        return Decoded(table=self.rows.table(), refusals=self.refusals, links=self.links)


class Many:
    """Reads payloads by the rules of a home; meanings found once serve until it is gone."""

    def __init__(self, rules: Rules) -> None:
        self._settings = Settings(rules)

    def read(self, source: str, payloads: Sequence[bytes]) -> Found:
        """What they say, in order. One that fails takes nothing with it."""
        found, unknown = Found(), Counter[str]()
        links: dict[Link, None] = {}
        for place, payload in enumerate(payloads):
            try:
                one = Reading(unpack(payload), self._settings.of(source))
            except VeriteError as error:
                found.failed.append(Failed(place, error.code, error.fields))
                continue
            except FAULTS as error:
                detail = f"{type(error).__name__}: {error}"
                found.failed.append(Failed(place, "bad_batch", {"detail": detail}))
                continue
            found.rows.extend(one.rows)
            found.refusals += one.refusals
            links |= one.links
            unknown.update(one.unknown)
        found.links, found.unknown = list(links), dict(unknown)
        return found
