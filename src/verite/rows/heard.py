"""Rows of what was heard: imports and the state of the home."""

from __future__ import annotations

from verite.rows.document import Json, Row, about_keys, document, table
from verite.words.heard import Decided, Heard, HomeStatus, Refused


def _decided(source: Decided) -> dict[str, Json]:
    return {
        "file": source.file,
        "kind": source.kind,
        "encoding": source.encoding,
        "separator": source.separator,
        "decimal": source.decimal,
        "day_first": source.day_first,
        "zone": source.zone,
        "rows": source.rows,
        "unmapped": list(source.unmapped),
    }


def _refused(line: Refused) -> dict[str, Json]:
    return {"file": line.file, "line": line.line, "reason": line.reason, "detail": line.detail}


@document.register
def _heard(result: Heard) -> dict[str, Json]:
    return {
        "read": result.read,
        "kept": result.kept,
        "duplicates": result.duplicates,
        "quarantined": result.quarantined,
        "sources": [_decided(source) for source in result.sources],
        "quarantine": [_refused(line) for line in result.quarantine],
        **about_keys(result.about),
    }


@table.register
def _heard_table(result: Heard) -> list[Row]:
    return [_refused(line) for line in result.quarantine]


@document.register
def _status(result: HomeStatus) -> dict[str, Json]:
    return {
        "interactions": result.interactions,
        "people": result.people,
        "identities": result.identities,
        "period": {
            "from": result.period_from.isoformat() if result.period_from else None,
            "to": result.period_to.isoformat() if result.period_to else None,
        },
        "channels": dict(result.channels),
        "touchpoints": dict(result.touchpoints),
        "quarantined": result.quarantined,
        "inbox": result.inbox,
        "sources": _freshness(result),
        **about_keys(result.about),
    }


@table.register
def _status_table(result: HomeStatus) -> list[Row]:
    rows: list[Row] = [{"channel": key, "interactions": count} for key, count in result.channels]
    return rows


def _freshness(result: HomeStatus) -> list[Json]:
    return [
        {
            "source": source.source,
            "last_at": source.last_at.isoformat(),
            "interactions": source.interactions,
            "silent": source.silent,
            "usual_gap_s": source.usual_gap_s,
        }
        for source in result.sources
    ]
