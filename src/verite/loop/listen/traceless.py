"""What comes from inside leaves no name: identities become keyed traces before they are kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from verite.loop.listen.hearing import Round
from verite.loop.listen.normalise import Failed, table_of
from verite.loop.listen.opening import Hears
from verite.loop.listen.sql import literal, open_desk
from verite.text.identities import AUDIENCE
from verite.words.heard import Decided

if TYPE_CHECKING:
    from arro3.core import Table

_DROPPED: Final = ("aliases", "agent", "case_id", "properties")


class Traceless:
    """Files heard as they are, save that nobody is named: neither in rows nor in quarantine."""

    def __init__(self, heard: Hears, key: str) -> None:
        self._heard, self._key = heard, key
        self.name, self.file, self.size = heard.name, heard.file, heard.size

    def rounds(self, *, at_most: int | None = None) -> Iterator[Round]:
        """Every round, its identities traced."""
        for one in self._heard.rounds(at_most=at_most):
            table = None if one.table is None else _traced(one.table, self._key)
            yield replace(one, table=table, failed=tuple(map(_nameless, one.failed)))

    def decided(self) -> tuple[Decided, ...]:
        """As decided."""
        return self._heard.decided()

    def notes(self) -> tuple[str, ...]:
        """As noted, save that lines that are alike count each."""
        return tuple(one.replace("note_made_ids", "note_inside_ids") for one in self._heard.notes())


def trace_sql(identity: str, key: str) -> str:
    """SQL of what stands for somebody: the same person, the same trace, while the key lasts."""
    return f"{literal(AUDIENCE)} || left(sha256({literal(key)} || ({identity})), 32)"


def _traced(table: Table, key: str) -> Table:
    """The rows without names. Two colleagues who answer alike are two: made ids are numbered."""
    gone = ", ".join(f"NULL::VARCHAR AS {name}" for name in _DROPPED)
    turn = "row_number() OVER (PARTITION BY message_id ORDER BY place)"
    numbered = f"CASE WHEN starts_with(message_id, 'row:') THEN message_id || '#' || {turn}"
    who = f"CASE WHEN starts_with(identity, 'anon:row:') THEN identity || '#' || {turn}"
    with open_desk() as desk:
        desk.register("named", table)
        return table_of(
            desk,
            f"SELECT * EXCLUDE (place) REPLACE ({numbered} ELSE message_id END AS message_id,"
            f" {trace_sql(who + ' ELSE identity END', key)} AS identity, {gone})"
            " FROM (SELECT *, row_number() OVER () AS place FROM named) ORDER BY place",
        )


def _nameless(failed: Failed) -> Failed:
    """The place and the reason; the cells may name somebody."""
    return replace(failed, raw="", identity=None)
