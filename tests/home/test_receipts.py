"""The receipt of an erasure is signed, and outlives a crash."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.home.marie import AT, CLI, MAIL, MARIE, PAUL, WORDS, traces

import verite
from verite.home.home import Home
from verite.words.errors import BadInput


def test_the_receipt_proves_itself_and_whom_it_is_about(home: Home) -> None:
    receipt = json.dumps(home.erase(MARIE, by=CLI, at=AT).json()["receipt"])
    assert not any(word in receipt for word in WORDS)
    assert home.verify_receipt(receipt).result.holds
    assert home.verify_receipt(receipt, of="Marie.Dupont@example.org").result.is_theirs
    assert home.verify_receipt(receipt, of="06 12 34 56 78").result.is_theirs
    assert not home.verify_receipt(receipt, of=PAUL).result.holds
    forged = receipt.replace('"ledger_rows": 5', '"ledger_rows": 6')
    assert forged != receipt
    assert not home.verify_receipt(forged).result.holds
    with pytest.raises(BadInput, match="bad_receipt"):
        home.verify_receipt("{}")


def test_a_receipt_of_another_home_is_not_ours(home: Home, tmp_path: Path) -> None:
    receipt = json.dumps(home.erase(MARIE, by=CLI, at=AT).json()["receipt"])
    with verite.create(tmp_path / "elsewhere") as other:
        assert not other.verify_receipt(receipt).result.holds


def test_an_erasure_that_died_hands_its_receipt_out_when_asked_again(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as killed:
        killed.setattr("verite.ledger.forgetting.forget", die)
        with pytest.raises(KeyboardInterrupt):
            home.erase(MARIE, by=CLI, at=AT)
    home.close()
    with verite.open(home.path) as again:
        erasure = again.erase(MAIL, by=CLI, at=AT)
        assert traces(again) == []
        assert erasure.result.receipt.counted.ledger_rows == 5
        receipt = json.dumps(erasure.json()["receipt"])
        assert again.verify_receipt(receipt, of=MARIE).result.holds
        with pytest.raises(BadInput, match="unknown_customer"):
            again.erase(MAIL, by=CLI, at=AT)
