"""Sentences of the rights of a person."""

from __future__ import annotations

from typing import Final

from verite.sentences.catalogue import Phrases
from verite.sentences.dates import day
from verite.sentences.numbers import count
from verite.sentences.telling import listed
from verite.words.rights import Erasure, Held, Verdict

rights_phrase: Final = Phrases("rights")  # a phrase of the rights' own catalogue, filled


def say_erasure(erasure: Erasure, lang: str) -> str:
    """What went, and under which receipt."""
    counted = erasure.receipt.counted
    gone = (
        (counted.ledger_rows, "interaction"), (counted.identities, "identity"),
        (counted.records, "record"), (counted.quarantined, "line"), (counted.uploads, "file"),
    )  # fmt: skip
    what = listed([count(n, noun, lang) for n, noun in gone if n or noun == "interaction"], lang)
    fields = {"what": what, "number": erasure.receipt.number}
    said = rights_phrase("erased.said", lang, fields)
    if not erasure.left:
        return said
    files = count(len(erasure.left), "file", lang)
    return said + rights_phrase("erased.left", lang, {"files": files})


def say_held(held: Held, lang: str) -> str:
    """How much is held about somebody."""
    return rights_phrase("held.said", lang, {
        "rows": count(len(held.interactions), "interaction", lang),
        "identities": count(len(held.identities), "identity", lang),
        "lines": count(len(held.quarantine), "line", lang),
        "records": count(len(held.records), "record", lang),
    })  # fmt: skip


def say_verdict(verdict: Verdict, lang: str) -> str:
    """Whether a receipt is good, and theirs."""
    if not verdict.is_ours:
        return rights_phrase("verdict.not_ours", lang)
    when = day(verdict.at.date(), lang) if verdict.at else "?"
    said = rights_phrase("verdict.ours", lang, {"number": verdict.number, "day": when})
    if verdict.is_theirs is None:
        return said
    return said + rights_phrase(
        "verdict.theirs" if verdict.is_theirs else "verdict.not_theirs", lang
    )
