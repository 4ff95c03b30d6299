"""Rows of evidence: interactions as a table."""

from __future__ import annotations

from dataclasses import fields

from verite.rows.document import Json, Row, about_keys, document, table
from verite.words.evidence import Interactions, Line


def _line(line: Line) -> dict[str, Json]:
    row: dict[str, Json] = {
        field.name: getattr(line, field.name) for field in fields(line) if field.name != "at"
    }
    return {"interaction_id": row.pop("interaction_id"), "at": line.at.isoformat(), **row}


@document.register
def _interactions(result: Interactions) -> dict[str, Json]:
    return {
        "total": result.total,
        "order": result.order.value,
        "rows": [_line(line) for line in result.lines],
        **about_keys(result.about),
    }


@table.register
def _interactions_table(result: Interactions) -> list[Row]:
    return [_line(line) for line in result.lines]
