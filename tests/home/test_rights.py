"""Export and erasure: who may, what is told, what the register keeps."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from tests.home.marie import AT, CLI, MAIL, MARIE, PHONE

from verite.home.archive import write_archive
from verite.home.home import Home
from verite.words.errors import WrongUse
from verite.words.member import Member, Role


def test_the_register_keeps_counts_and_no_name(home: Home) -> None:
    receipt = home.erase(MARIE, by=CLI, at=AT).result.receipt
    from verite.records.erasures.records import list_erasures

    (kept,) = list_erasures(using=home.open_records())
    assert (kept.number, kept.by, kept.counted.ledger_rows) == (receipt.number, "cli", 5)


def test_only_who_may_erase_erases(home: Home) -> None:
    for role in (Role.AGENT, Role.ANALYST):
        member = Member(id=1, email="bob@example.com", name="Bob", role=role)
        with pytest.raises(WrongUse, match="not_allowed"):
            home.erase(MARIE, by=member, at=AT)
    agent = Member(id=1, email="bob@example.com", name="Bob", role=Role.AGENT)
    with pytest.raises(WrongUse, match="not_allowed"):
        home.held_about(MARIE, by=agent, at=AT)
    assert home.held_about(MARIE, by=CLI, at=AT).result.interactions


def test_nobody_is_erased_while_an_import_runs(home: Home) -> None:
    using = home.open_records()
    from verite.records.listen.actions import register_upload, start_import

    upload = register_upload(using=using, by=CLI, file="big.csv", size=1, at=AT)
    start_import(using=using, by=CLI, token=upload.token, at=AT)
    with pytest.raises(WrongUse, match="import_under_way"):
        home.erase(MARIE, by=CLI, at=AT)


def test_an_export_holds_all_of_one_person_and_nothing_of_others(home: Home) -> None:
    held = home.held_about(MARIE, by=CLI, at=AT).result
    assert held.identities == (MAIL, PHONE, MARIE)
    assert len(held.interactions) == 5
    assert (len(held.links), len(held.quarantine)) == (2, 3)
    assert {record.table for record in held.records} >= {"Import", "Mapping", "Card"}
    assert dict(held.derived)["effort.contacts"]
    packed = write_archive(held, lang="fr")
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        told = {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}
    assert {"LISEZ-MOI.txt", "README.txt", "interactions.csv", "tout.json"} <= set(told)
    assert "MARIE-VERBATIM" in told["interactions.csv"]
    assert "article 15" in told["LISEZ-MOI.txt"]
    assert json.loads(told["tout.json"])["identities"] == [MAIL, PHONE, MARIE]
    assert not any("paul" in text or "other-" in text for text in told.values())
    assert write_archive(held, lang="fr") == packed
