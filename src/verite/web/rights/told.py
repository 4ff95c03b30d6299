"""What the pages of a person's rights say."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from verite.records.erasures.records import ErasureRecord
from verite.rows.rights import counted_keys, receipt_keys
from verite.sentences import say as say_result
from verite.sentences.dates import day
from verite.sentences.numbers import number
from verite.sentences.of_rights import rights_phrase
from verite.web.language import language
from verite.web.wording import say
from verite.words.rights import Erasure, Held, Verdict

Line = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldHeld:
    """How much is held about somebody, and where their page is."""

    person: str
    counts: tuple[Line, ...]
    identities: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldReceipt:
    """What an erasure took away, and the receipt to hand out."""

    sentence: str
    counts: tuple[Line, ...]
    left: tuple[str, ...]
    receipt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldErasure:
    """One line of the register."""

    day: str
    by: str
    number: str
    rows: str
    records: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldVerdict:
    """What a receipt is worth."""

    sentence: str
    holds: bool


def told_held(held: Held) -> ToldHeld:
    """What is held, by kind."""
    kinds = {
        "interactions": len(held.interactions),
        "identities": len(held.identities),
        "links": len(held.links),
        "quarantine": len(held.quarantine),
        "records": len(held.records),
    }
    return ToldHeld(
        person=held.person,
        counts=tuple((say(f"rights.{kind}"), number(n, language())) for kind, n in kinds.items()),
        identities=held.identities,
    )


def told_receipt(erasure: Erasure) -> ToldReceipt:
    """What went, and the receipt as it is signed."""
    lang = language()
    counts = {
        name: n
        for name, n in counted_keys(erasure.receipt.counted).items()
        if isinstance(n, int) and (n or name in {"ledger_rows", "records", "identities"})
    }
    return ToldReceipt(
        sentence=say_result(erasure, lang),
        counts=tuple(
            (rights_phrase(f"counted.{name}", lang), number(n, lang)) for name, n in counts.items()
        ),
        left=erasure.left,
        receipt=json.dumps(receipt_keys(erasure.receipt), ensure_ascii=False, indent=2),
    )


def told_erasures(records: Sequence[ErasureRecord], zone: str) -> tuple[ToldErasure, ...]:
    """The register, newest first."""
    lang = language()
    return tuple(
        ToldErasure(
            day=day(_there(record.at, zone).date(), lang),
            by=record.by,
            number=record.number,
            rows=number(record.counted.ledger_rows, lang),
            records=number(record.counted.records, lang),
        )
        for record in records
    )


def told_verdict(verdict: Verdict) -> ToldVerdict:
    """Whether a receipt is ours, and theirs."""
    return ToldVerdict(sentence=say_result(verdict, language()), holds=verdict.holds)


def _there(at: datetime, zone: str) -> datetime:
    return at.astimezone(ZoneInfo(zone))
