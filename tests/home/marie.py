"""A home where one person left traces everywhere, among others."""

from __future__ import annotations

import gzip
import json
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from verite.home.home import Home
from verite.ledger.kept import Refusal
from verite.loop.listen import Request
from verite.words.customer import show_person
from verite.words.heard import Heard
from verite.words.member import console

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


def fill_others(home: Home) -> None:
    ledger = home.desk.ledger
    refused = Refusal(
        file="live", line=2, reason="bad", detail=None, raw='{"to": "paul-88"}', identity=None
    )
    ledger.refuse([refused], at=AT)
    call = {"type": "track", "messageId": "live-2", "userId": "paul-88", "event": "Call"}
    ledger.accept(HEAD + b"\n" + json.dumps({"batch": [call]}).encode(), source="app", at=AT)
    home.drain(at=AT)
