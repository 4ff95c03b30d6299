"""Erasing a person from the ledger: nothing of them is left, others keep theirs."""

from __future__ import annotations

import json

from tests.ledger.marie import (
    CELLS,
    MARIE,
    PAUL,
    WORDS,
    bytes_of,
    keys_of,
    line,
    rows_of,
    traces_in,
)

from verite.ledger.ledger import Decoded, Refusal


def test_no_byte_of_the_home_names_the_person_any_more(filled, home, at):
    from verite.ledger.timeline.timeline import open_timeline

    timeline = open_timeline(home, filled)
    timeline.labels("case_id")
    timeline.texts([0])
    assert {word for _, word in traces_in(home)} == set(WORDS)
    erased = filled.erase(keys_of(filled), at=at)
    assert (erased.rows, erased.identities, erased.links) == (8, 2, 1)
    assert (erased.lines, erased.events) == (3, 2)
    assert erased.files_vacuumed >= erased.files_removed >= 3
    assert traces_in(home) == []


def test_the_number_that_stood_for_the_person_is_gone_too(filled, home, at):
    keys = keys_of(filled)
    spelled = [key.to_bytes(8, order) for key in keys for order in ("little", "big")]

    def holding() -> list[str]:
        return [n for n, held in bytes_of(home).items() if any(one in held for one in spelled)]

    assert holding()
    filled.erase(keys, at=at)
    assert holding() == []


def test_an_address_known_only_through_the_person_goes_with_them(ledger, table, at):
    family = "email:family@example.org"
    ledger.append(table([line(1, MARIE), line(1, PAUL)]), source="s", at=at)

    def decode(payload: bytes, source: str) -> Decoded:
        alone, shared = "device:marie-old-phone", (MARIE, family, "identify")
        links = [(MARIE, alone, "identify"), shared, (PAUL, family, "identify")]
        return Decoded(table=table([]), links=links)

    ledger.accept(b"x", source="web", at=at)
    ledger.drain(decode, at=at)
    ledger.part(MARIE, "device:marie-old-phone", at=at)  # not joined, yet nobody else's
    ledger.erase(keys_of(ledger), at=at)
    assert ledger.key_of("device:marie-old-phone") is None
    assert ledger.key_of(family) is not None  # Paul's too


def test_the_rows_of_others_do_not_change(filled, held, at):
    key = filled.key_of(PAUL)
    before = [row for row in held(filled, CELLS) if row[2] == key]
    zoe = filled.key_of("user:zoe")
    filled.erase(keys_of(filled), at=at)
    after = held(filled, CELLS)
    assert [row for row in after if row[2] == key] == before
    assert {row[2] for row in after} == {key, zoe}
    assert filled.quarantine_count == 1
    assert filled.identity_count == 2


def test_the_last_person_leaves_an_empty_ledger(ledger, table, at, held, home):
    ledger.append(table(rows_of(MARIE, 0)), source="s", at=at)
    ledger.erase(keys_of(ledger), at=at)
    assert (held(ledger), ledger.identity_count, traces_in(home)) == ([], 0, [])
    assert ledger.append(table(rows_of(PAUL, 0)), source="s", at=at).kept == 1


def test_nobody_to_erase_changes_nothing(filled, at):
    version = filled.version
    assert filled.erase([], at=at).rows == 0
    assert filled.version == version


def test_odd_spellings_go_too_and_a_short_key_takes_nobody_else_away(ledger, table, at):
    names = ("user:7", "card:123456789012", "email:zoé@münchen.de")
    ledger.append(table([line(1, name, text=None) for name in names]), source="s", at=at)
    raws = [
        '{"row": {"who": "7", "score": "14"}, "mapping": ""}',
        '{"v":1}\n{"userId": 7, "score": 14}',
        "7;2026-01-05;31/31",
        "2026;1234 5678 9012",
        "2026;ZOÉ@xn--mnchen-3ya.de",
    ]
    others = [
        Refusal(file="f", line=9, reason="bad", detail=None, raw=raw, identity=PAUL)
        for raw in ('{"row": {"who": "paul", "score": "7"}, "mapping": ""}', "paul;7")
    ]
    mine = [
        Refusal(file="f", line=n, reason="bad", detail=None, raw=raw, identity=None)
        for n, raw in enumerate(raws)
    ]
    ledger.refuse([*mine, *others], at=at)
    seven, paul = {"userId": 7, "score": 5}, {"userId": "paul", "score": 7}
    ledger.accept(b'{"v":1}\n' + json.dumps({"batch": [seven, paul]}).encode(), source="w", at=at)
    erased = ledger.erase([ledger.key_of(name) for name in names], at=at)
    assert (erased.lines, erased.events) == (5, 1)
    assert ledger.quarantined(limit=9) == tuple(others)
