"""One person's rows among others, and where a home still names them."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from verite.ledger.ledger import Ledger

CELLS = "id_hi, id_lo, identity_key, ts_us, agent, text, segment_offer"
MARIE, MAIL, PAUL = "user:marie-4071", "email:marie.dupont@example.org", "user:paul"
WORDS = ("marie-4071", "marie.dupont", "MARIE-VERBATIM", "seg-marie", "case-marie")


def line(number: int, who: str, **cells: object) -> dict[str, object]:
    mine = who in {MARIE, MAIL}
    told = {
        "text": "MARIE-VERBATIM the box is dead" if mine else "all is well",
        "segment_offer": "seg-marie" if mine else "seg-other",
        "case_id": "case-marie" if mine else None,
        "properties": '{"note": "MARIE-VERBATIM"}' if mine else None,
        "aliases": json.dumps([MAIL]) if who == MARIE else None,
        "agent": "a1",
    }
    return {"message_id": f"{who}/{number}", "identity": who, **told, **cells}


def rows_of(who: str, *numbers: int) -> list[dict[str, object]]:
    return [line(number, who) for number in numbers]


def bytes_of(home: Path) -> dict[str, bytes]:
    """Every file of a home, its Parquet files also as text and its gzip files unpacked."""
    import duckdb

    found = {}
    for path in sorted(home.rglob("*")):
        if not path.is_file():
            continue
        content = path.read_bytes()
        if content[:4] == b"PAR1":
            told = duckdb.sql(f"SELECT * FROM read_parquet('{path}')").fetchall()
            content += repr(told).encode()
        if content[:2] == b"\x1f\x8b":
            content += gzip.decompress(content)
        found[str(path.relative_to(home))] = content
    return found


def traces_in(home: Path, words: tuple[str, ...] = WORDS) -> list[tuple[str, str]]:
    spelled = {
        word: (word.encode(), word.encode("utf-16-le"), word.encode("utf-16-be")) for word in words
    }
    return [
        (name, word)
        for name, content in bytes_of(home).items()
        for word, forms in spelled.items()
        if any(form in content for form in forms)
    ]


def keys_of(ledger: Ledger) -> list[int]:
    keys, persons = ledger.people()
    mine = persons[keys == ledger.key_of(MARIE)]
    return [int(key) for key in keys[persons == mine]]
