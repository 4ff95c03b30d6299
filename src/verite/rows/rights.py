"""Rows of what is held about a person, and of its erasure."""

from __future__ import annotations

from verite.rows.document import Json, Row, about_keys, document, table
from verite.words.rights import Counted, Erasure, Held, HeldLine, HeldLink, Receipt, Verdict


def counted_keys(counted: Counted) -> dict[str, Json]:
    """How much an erasure took away, by name."""
    return {
        "records": counted.records,
        "ledger_rows": counted.ledger_rows,
        "files_vacuumed": counted.files_vacuumed,
        "identities": counted.identities,
        "links": counted.links,
        "quarantined": counted.quarantined,
        "inbox_events": counted.inbox_events,
        "uploads": counted.uploads,
    }


def receipt_keys(receipt: Receipt) -> dict[str, Json]:
    """The receipt as it is signed and handed out."""
    return {
        "receipt": receipt.number,
        "organisation": receipt.organisation,
        "at": receipt.at.isoformat(),
        "by": receipt.by,
        "ledger_version": receipt.ledger_version,
        "people_version": receipt.people_version,
        "erased": counted_keys(receipt.counted),
        "salt": receipt.salt,
        "fingerprints": list(receipt.fingerprints),
        "signature": receipt.signature,
    }


@document.register
def _erasure(result: Erasure) -> dict[str, Json]:
    return {
        "erased": counted_keys(result.receipt.counted),
        "receipt": receipt_keys(result.receipt),
        "left": list(result.left),
        **about_keys(result.about),
    }


@table.register
def _erasure_table(result: Erasure) -> list[Row]:
    return [{"held": name, "erased": n} for name, n in counted_keys(result.receipt.counted).items()]


@document.register
def _verdict(result: Verdict) -> dict[str, Json]:
    return {
        "receipt": result.number,
        "at": result.at.isoformat() if result.at else None,
        "holds": result.holds,
        "ours": result.is_ours,
        "theirs": result.is_theirs,
        **about_keys(result.about),
    }


@table.register
def _verdict_table(result: Verdict) -> list[Row]:
    return []


@document.register
def _held(result: Held) -> dict[str, Json]:
    return {
        "organisation": result.organisation,
        "person": result.person,
        "at": result.at.isoformat(),
        "identities": list(result.identities),
        "links": [_link(link) for link in result.links],
        "interactions": [dict(cells) for cells in result.interactions],
        "quarantine": [_line(line) for line in result.quarantine],
        "records": [
            {"table": record.table, "field": record.field, "text": record.text}
            for record in result.records
        ],
        "derived": dict(result.derived),
        **about_keys(result.about),
    }


@table.register
def _held_table(result: Held) -> list[Row]:
    return [dict(cells) for cells in result.interactions]


def _link(link: HeldLink) -> dict[str, Json]:
    return {
        "one": link.one,
        "other": link.other,
        "reason": link.reason,
        "at": link.at.isoformat(),
        "applied": link.is_applied,
    }


def _line(line: HeldLine) -> dict[str, Json]:
    return {
        "file": line.file,
        "line": line.line,
        "reason": line.reason,
        "at": line.at.isoformat(),
        "raw": line.raw,
    }
