"""Cells as people read them: the rows of a preview, and those of the quarantine."""

from __future__ import annotations

import json
from datetime import datetime
from zoneinfo import ZoneInfo

from verite.loop.listen import Preview
from verite.sentences.dates import instant
from verite.sentences.explain import reason
from verite.sentences.names import name_in
from verite.web.language import language
from verite.web.wording import say
from verite.words.heard import Refused

TIMES = frozenset({"at", "ended_at"})
CLOSED = frozenset({"channel", "kind", "direction", "outcome", "polarity"})
LONGEST_CELL = 200


def told_rows(preview: Preview, zone: str) -> list[list[str]]:
    """The rows of a preview: times in the home's zone, closed words in the reader's language."""
    return [
        [_cell(field, cell, zone) for field, cell in zip(preview.fields, row, strict=True)]
        for row in preview.rows
    ]


def told_refusals(preview: Preview) -> list[str]:
    """Each reason among the rows looked at: its first example, then how many rows."""
    lang = language()
    examples = {one.reason: one for one in preview.examples}
    bare = {code: Refused(file=preview.file, line=None, reason=code) for code, _ in preview.refused}
    return [
        say("listen.refused_count", reason=reason(examples.get(code, bare[code]), lang), count=n)
        for code, n in preview.refused
    ]


def told_cells(raw: str) -> tuple[tuple[str, str], ...]:
    """The cells of a refused row by column; text that is no row stands alone.

    >>> told_cells('{"row": {"at": "31/02/2026", "score": "9"}, "mapping": "…"}')
    (('at', '31/02/2026'), ('score', '9'))
    >>> told_cells('a;"b')
    (('', 'a;"b'),)
    """
    try:
        row = json.loads(raw)
    except ValueError:
        row = _live_event(raw)
    if isinstance(row, dict) and isinstance(row.get("row"), dict):
        row = row["row"]
    if not isinstance(row, dict):
        return (("", raw[:LONGEST_CELL]),)
    return tuple((str(name), _text(value)) for name, value in row.items())


def _live_event(raw: str) -> object:
    """The event of a refused call: its second line, or what its batch holds."""
    try:
        body = json.loads(raw.partition("\n")[2])
    except ValueError:
        return None
    batch = body.get("batch") if isinstance(body, dict) else None
    return batch[0] if isinstance(batch, list) and len(batch) == 1 else body


def _text(value: object) -> str:
    return value[:LONGEST_CELL] if isinstance(value, str) else json.dumps(value)[:LONGEST_CELL]


def _cell(field: str, cell: str | None, zone: str) -> str:
    if cell is None:
        return ""
    if field in TIMES:
        return instant(datetime.fromisoformat(cell).astimezone(ZoneInfo(zone)), language())
    return name_in(field, cell, language()) if field in CLOSED else cell
