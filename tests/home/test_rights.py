"""Export and erasure: a person leaves no byte behind, others keep theirs, the receipt is signed."""

from __future__ import annotations

import gzip
import io
import json
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

import verite
from verite.home.archive import write_archive
from verite.home.home import Home
from verite.ledger.kept import Refusal
from verite.loop.listen import Request
from verite.words.customer import show_person
from verite.words.errors import BadInput, WrongUse
from verite.words.heard import Heard
from verite.words.member import Member, Role, console

AT = datetime(2026, 3, 1, 9, tzinfo=UTC)
CLI = console("cli")
MARIE, MAIL, PHONE = "user:marie-4071", "email:marie.dupont@example.org", "phone:+33612345678"
PAUL = "user:paul-88"
BAD_PAUL = f"x2,{PAUL},31/02/2026,phone,advisor,contact,case-other,fine,,fibre"
WORDS = (
    "marie-4071", "marie.dupont", "612345678", "06 12 34 56 78", "MARIE-VERBATIM", "case-marie",
)  # fmt: skip
HEAD = b'{"v":1,"kind":"segment","at":"2026-02-01T12:00:00Z","mode":"identified","call":"batch"}'
HEADER = "message_id,identity,at,channel,touchpoint,kind,case_id,text,aliases,segment.offer"


def line(number: int, who: str, *, aliases: str = "") -> str:
    mine = who in {MARIE, MAIL, PHONE}
    text, case = ("MARIE-VERBATIM dead box", "case-marie") if mine else ("fine", "case-other")
    at = f"2026-01-{number % 27 + 1:02d}T09:00:00Z"
    return f"{who}/{number},{who},{at},phone,advisor,contact,{case},{text},{aliases},fibre"


def write(path: Path, *lines: str) -> Path:
    path.write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")
    return path


def marie_lines() -> list[str]:
    aliases = f"{MAIL};{PHONE}"
    return [line(1, MARIE, aliases=aliases), line(2, MAIL), line(3, PHONE), line(4, MARIE)]


def others() -> list[str]:
    return [line(number, f"user:other-{number % 9}") for number in range(40)] + [line(1, PAUL)]


def written(folder: Path) -> tuple[Path, ...]:
    """What a sender would send again."""
    bad = f"x1,{MARIE},31/02/2026,phone,advisor,contact,case-marie,MARIE-VERBATIM,,fibre"
    first = write(folder / "first.csv", *others(), *marie_lines()[:2], bad, BAD_PAUL)
    second = write(folder / "second.csv", *marie_lines()[2:], line(2, PAUL))
    return first, second


def hear(home: Home, *files: Path) -> Heard:
    return home.listen_to(Request(files=files), at=AT).result


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Marie in buckets, fresh files, quarantine, inbox, uploads, records and the timeline."""
    folder = tmp_path_factory.mktemp("made")
    first, second = written(folder)
    with verite.create(folder / "home") as home:
        hear(home, first)
        home.desk.ledger.compact()
        hear(home, second)
        fill(home)
        home.interactions()  # texts and names of columns are kept beside the timeline
    return folder


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Iterator[Home]:
    shutil.copytree(made / "home", tmp_path / "home")
    with verite.open(tmp_path / "home") as opened:
        yield opened


def fill(home: Home) -> None:
    ledger = home.desk.ledger
    raw = '{"to": "Marie.Dupont%40example.org", "note": "MARIE-VERBATIM"}'
    call = '{"call_to": "06 12 34 56 78", "note": "MARIE-VERBATIM"}'
    refused = [
        Refusal(file="live", line=n, reason="bad", detail=None, raw=text, identity=None)
        for n, text in enumerate([raw, call, '{"to": "paul-88"}'])
    ]
    ledger.refuse(refused, at=AT)
    calls = [
        {"type": "track", "messageId": "live-1", "userId": "marie-4071", "event": "Call"},
        {"type": "track", "messageId": "live-2", "userId": "paul-88", "event": "Call"},
    ]
    ledger.accept(HEAD + b"\n" + json.dumps({"batch": calls}).encode(), source="app", at=AT)
    for token, who in (("a" * 16, MAIL), ("b" * 16, PAUL)):
        folder = home.path / "uploads" / token
        folder.mkdir(parents=True)
        write(folder / "later.csv", line(9, who))
    packed = home.path / "uploads" / ("c" * 16)
    packed.mkdir()
    (packed / "later.csv.gz").write_bytes(gzip.compress(line(9, MAIL).encode("utf-16")))
    spill = home.path / "scratch" / "spill-999999999"
    spill.mkdir(parents=True)
    (spill / "rows.tmp").write_bytes(b"MARIE-VERBATIM")
    note_marie(home)


def note_marie(home: Home) -> None:
    using = home.open_records()
    from verite.records.cards.actions import make_card
    from verite.records.listen.actions import keep_mapping, register_upload

    shown = home.held_about(MARIE, by=CLI, at=AT).result.person
    from verite.records.audit.actions import note
    from verite.records.unify.models import Decision

    key = home.whom(MARIE).person
    note(using=using, by=CLI, at=AT, did="people_parted", subject=f"{key:x}")
    Decision.objects.using(using).create(one=key, other=7, verdict="parted", by="cli", at=AT)
    make_card(person=shown, by=CLI, at=AT, until=AT, using=using)
    register_upload(using=using, by=CLI, file="marie.dupont@example.org.csv", size=3, at=AT)
    keep_mapping(using=using, by=CLI, name="m", text='who = "user:marie-4071"', at=AT)


def unpacked(path: Path) -> bytes:
    import duckdb

    content = path.read_bytes()
    if content[:4] == b"PAR1":
        rows = duckdb.sql(f"SELECT * FROM read_parquet('{path}')").fetchall()
        return content + repr(rows).encode()
    return content + gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content


def traces(home: Home, words: tuple[str, ...] = WORDS) -> list[tuple[str, str]]:
    """Where a byte scan of every file, unpacked, finds a word, in UTF-8 or UTF-16."""
    found = []
    for path in sorted(home.path.rglob("*")):
        content = unpacked(path).lower() if path.is_file() else b""
        for word in words:
            forms = (word.lower().encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))
            if any(form in content for form in forms):
                found.append((str(path.relative_to(home.path)), word))
    return found


def stored_about(home: Home, key: int) -> list[str]:
    """Cells of the records' database that hold a person's key, in any of its spellings."""
    spelled = {str(key), f"{key:x}", show_person(key)}
    with sqlite3.connect(home.path / "records.sqlite3") as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return [
            f"{table}: {row}"
            for (table,) in tables.fetchall()
            for row in connection.execute(f"SELECT * FROM {table}").fetchall()
            if any(one in str(cell) for one in spelled for cell in row)
        ]


def counts(home: Home) -> dict[str, object]:
    told = home.status().json()
    return {k: told[k] for k in told if k not in {"ledger_version", "people_version", "sources"}}


def test_a_byte_scan_of_the_whole_home_finds_nothing_of_the_person(home: Home) -> None:
    before = {name for name, _ in traces(home)}
    assert {word for _, word in traces(home)} == set(WORDS)
    assert {name.partition("/")[0].partition("-")[0] for name in before} >= {
        "inbox.sqlite3", "keys.sqlite3", "ledger", "records.sqlite3", "scratch", "timeline",
        "uploads",
    }  # fmt: skip
    key = home.whom(MARIE).person
    assert len(stored_about(home, key)) >= 3
    erased = home.erase(MAIL, by=CLI, at=AT)
    assert traces(home) == []
    assert erased.result.left == ()
    assert stored_about(home, key) == []
    told = erased.json()["erased"]
    assert isinstance(told, dict)
    assert (told["ledger_rows"], told["identities"], told["links"]) == (5, 3, 2)
    assert (told["quarantined"], told["uploads"]) == (3, 2)
    assert isinstance(told["records"], int)
    assert told["records"] >= 3
    home.status()
    home.map()
    assert traces(home) == []


def test_status_counts_as_if_the_person_had_never_been_there(home: Home, tmp_path: Path) -> None:
    home.erase(MARIE, by=CLI, at=AT)
    with verite.create(tmp_path / "never") as never:
        hear(never, write(tmp_path / "first.csv", *others(), BAD_PAUL))
        hear(never, write(tmp_path / "second.csv", line(2, PAUL)))
        fill_others(never)
        assert counts(home) == counts(never)
        assert home.map().json()["nodes"] == never.map().json()["nodes"]


def fill_others(home: Home) -> None:
    ledger = home.desk.ledger
    refused = Refusal(
        file="live", line=2, reason="bad", detail=None, raw='{"to": "paul-88"}', identity=None
    )
    ledger.refuse([refused], at=AT)
    call = {"type": "track", "messageId": "live-2", "userId": "paul-88", "event": "Call"}
    ledger.accept(HEAD + b"\n" + json.dumps({"batch": [call]}).encode(), source="app", at=AT)
    home.drain(at=AT)


def test_their_files_sent_again_bring_nothing_back(home: Home, made: Path) -> None:
    home.erase(MARIE, by=CLI, at=AT)
    before = counts(home)
    for file in (made / "first.csv", made / "second.csv"):
        heard = hear(home, file)
        assert (heard.kept, heard.balanced) == (0, True)
    assert counts(home) == before
    assert traces(home) == []
    with pytest.raises(BadInput, match="unknown_customer"):
        home.whom(MARIE)


def test_others_keep_everything(home: Home) -> None:
    paul = home.held_about(PAUL, by=CLI, at=AT).result
    home.erase(MARIE, by=CLI, at=AT)
    left = home.held_about(PAUL, by=CLI, at=AT).result
    assert left.interactions == paul.interactions
    assert left.quarantine == paul.quarantine
    assert (home.path / "uploads" / ("b" * 16) / "later.csv").exists()


def test_a_file_that_is_not_ours_is_told_never_removed(home: Home) -> None:
    mine = home.path / "my notes.txt"
    mine.write_text("call marie.dupont@example.org", encoding="utf-8")
    erasure = home.erase(MARIE, by=CLI, at=AT)
    assert erasure.result.left == ("my notes.txt",)
    assert mine.exists()
    assert "ne sont pas à Vérité" in erasure.sentence("fr")


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
