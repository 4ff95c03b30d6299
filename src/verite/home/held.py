"""Everything held about one person, gathered from the ledger, the links and the records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from verite.home.desk import START_OF_TIME
from verite.home.whom import Whom, shown_ids
from verite.rows.document import Json
from verite.text.traces import Traces
from verite.words.asked import About
from verite.words.customer import show_person
from verite.words.rights import Cell, Held, HeldLine, HeldLink

if TYPE_CHECKING:
    from verite.ledger.ledger import Ledger

Cells = tuple[tuple[str, Cell], ...]
# Numbers that stand for something told elsewhere in the row, and who answered: somebody else's.
_LEFT_OUT = frozenset(
    {"id_hi", "id_lo", "content", "identity_key", "day", "month", "ts_us", "end_us", "agent"}
)


def gather(ledger: Ledger, whose: Whom, *, organisation: str, at: datetime, using: str) -> Held:
    """All of it, in words that need no knowledge of how it is kept."""
    from verite.records.erasures.records import records_of

    version, people = ledger.version, ledger.people_version
    return Held(
        about=About(asked="export", as_of=at, ledger_version=version, people_version=people),
        organisation=organisation,
        person=show_person(whose.person),
        at=at,
        identities=whose.names,
        links=tuple(_links(ledger, whose)),
        interactions=_interactions(ledger, whose),
        quarantine=_lines(ledger, whose.names),
        records=records_of(Traces((*whose.names, *shown_ids(whose.keys))), using=using),
    )


def _links(ledger: Ledger, whose: Whom) -> list[HeldLink]:
    return [
        HeldLink(
            one=_name(ledger, link.one, whose),
            other=_name(ledger, link.other, whose),
            reason=link.reason,
            at=link.at,
            is_applied={link.one, link.other} <= set(whose.keys),
        )
        for link in ledger.links_of(whose.keys)
    ]


def _name(ledger: Ledger, key: int, whose: Whom) -> str:
    """The name at one end of a link; that of somebody else is not told."""
    return "".join(ledger.names_of([key])) if key in whose.keys else "…"


def _interactions(ledger: Ledger, whose: Whom) -> tuple[Cells, ...]:
    names = {key: "".join(ledger.names_of([key])) for key in whose.keys}
    return tuple(_cells(row, names) for row in ledger.rows_of(whose.keys))


def _cells(row: dict[str, Cell], names: dict[int, str]) -> Cells:
    high, low = int(row["id_hi"] or 0), int(row["id_lo"] or 0)
    end = row.get("end_us")
    first: dict[str, Cell] = {
        "interaction": f"{high & 2**64 - 1:016x}{low & 2**64 - 1:016x}",
        "at": _moment(int(row["ts_us"] or 0)),
        "until": None if end is None else _moment(int(end)),
        "identity": names[int(row["identity_key"] or 0)],
    }
    told = {name: cell for name, cell in row.items() if name not in _LEFT_OUT}
    return tuple((name, cell) for name, cell in {**first, **told}.items() if cell is not None)


def _moment(us: int) -> str:
    return (START_OF_TIME + timedelta(microseconds=us)).isoformat()


def _lines(ledger: Ledger, names: Sequence[str]) -> tuple[HeldLine, ...]:
    return tuple(
        HeldLine(
            file=line.refusal.file,
            line=line.refusal.line,
            reason=line.refusal.reason,
            raw=line.refusal.raw,
            at=line.at,
        )
        for line in ledger.lines_of(names)
    )


def worked_out(customer: Mapping[str, Json]) -> Cells:
    """What was worked out about the person: story, effort and feeling, one name per figure."""
    return tuple(
        cell for part in ("story", "effort", "year", "feeling") for cell in _flat(part, customer)
    )


def _flat(name: str, inside: Mapping[str, Json]) -> list[tuple[str, Cell]]:
    """Dotted names of what a document says under a name, lists as text.

    >>> _flat("story", {"story": {"said": ["a", "b"], "effort": {"contacts": 2}, "result": None}})
    [('story.said', 'a; b'), ('story.effort.contacts', 2)]
    """
    found = inside.get(name)
    if isinstance(found, dict):
        return [(f"{name}.{key}", cell) for one in found for key, cell in _flat(one, found)]
    if isinstance(found, list):
        found = "; ".join(str(one) for one in found if not isinstance(one, dict | list))
    return [] if found is None or found == "" else [(name, found)]
