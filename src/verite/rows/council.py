"""Rows of the works council's consultations."""

from __future__ import annotations

from verite.rows.document import Json, Row, about_keys, document, table
from verite.words.council import Consultation, Council


@document.register
def _council(result: Council) -> dict[str, Json]:
    return {
        "agent_figures": result.is_open,
        "records": [_record(one) for one in result.records],
        **about_keys(result.about),
    }


@table.register
def _council_table(result: Council) -> list[Row]:
    return [_record(one) for one in result.records]


def _record(one: Consultation) -> dict[str, Json]:
    return {
        "number": one.number,
        "consulted_on": one.consulted.consulted_on.isoformat(),
        "informed_on": one.consulted.informed_on.isoformat(),
        "note": one.consulted.note,
        "by": one.by,
        "at": one.at.isoformat(),
        "withdrawn_by": one.withdrawn_by or None,
        "withdrawn_at": one.withdrawn_at.isoformat() if one.withdrawn_at else None,
    }
