"""Erasing a person from the ledger: nothing of them is left, and nothing comes back."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from verite.ledger.kept import Refusal
from verite.ledger.ledger import Decoded, Ledger
from verite.words.errors import HomeError

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


@pytest.fixture
def filled(ledger, table, at):
    """Marie in buckets and in fresh files, in quarantine and in the inbox, among others."""
    for number in range(3):
        rows = [*rows_of(MARIE, number), *rows_of(MAIL, number), *rows_of(PAUL, number)]
        ledger.append(table(rows), source="s", at=at)
    ledger.compact()
    rows = [*rows_of(MARIE, 7), *rows_of(PAUL, 7)]
    ledger.append(table(rows), source="s", at=at)
    ledger.append(table(rows_of(MARIE, 8)), source="s", at=at)
    ledger.append(table(rows_of("user:zoe", 9)), source="s", at=at)
    refused = [
        Refusal(file="f.csv", line=n, reason="bad", detail=None, raw=raw, identity=who)
        for n, (raw, who) in enumerate(
            [
                ("?;MARIE-VERBATIM", MARIE),
                ("2026;Marie.Dupont@Example.org;MARIE-VERBATIM", None),
                ("2026;marie-4071;x", None),
                ("2026;paul;y", PAUL),
            ]
        )
    ]
    ledger.refuse(refused, at=at)
    batch = {"batch": [{"userId": "marie-4071"}, {"userId": "paul"}]}
    ledger.accept(b'{"v":1}\n' + json.dumps(batch).encode(), source="web", at=at)
    ledger.accept(b'{"v":1}\n{"email":"marie.dupont@example.org"}', source="web", at=at)
    return ledger


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


def test_a_replay_brings_nothing_back_whatever_it_says(filled, table, at, home):
    filled.erase(keys_of(filled), at=at)
    replayed = [*rows_of(MARIE, 0, 1, 2, 7, 8), *rows_of(MAIL, 0, 1, 2)]
    changed = [{**row, "agent": "other"} for row in replayed]
    for rows in (replayed, changed):
        kept = filled.append(table(rows), source="s", at=at)
        assert (kept.kept, kept.duplicates, kept.conflicts) == (0, 8, 0)
    filled.refuse(
        [
            Refusal(
                file="g", line=9, reason="bad", detail=None, raw="?;MARIE-VERBATIM", identity=MARIE
            )
        ],
        at=at,
    )
    assert filled.key_of(MARIE) is None
    assert traces_in(home) == []


def test_a_call_that_only_links_names_brings_nobody_back(filled, table, at, home):
    filled.erase(keys_of(filled), at=at)
    count = filled.identity_count

    def decode(payload: bytes, source: str) -> Decoded:
        links = [(MARIE, MAIL, "identify"), (PAUL, "email:paul@example.org", "identify")]
        return Decoded(table=table([]), links=links)

    filled.accept(b"again", source="web", at=at)
    assert filled.drain(decode, at=at).linked == 2  # each batch that waited told Paul's
    assert filled.key_of(MARIE) is None
    assert filled.identity_count == count + 1
    assert traces_in(home) == []
    filled.append(table(rows_of(MARIE, 100)), source="s", at=at)  # back, as somebody new
    filled.accept(b"again", source="web", at=at)
    assert filled.drain(decode, at=at).linked == 2
    assert len(keys_of(filled)) == 2


def test_tombstones_outlive_the_index_of_ids(filled, table, at, home):
    filled.erase(keys_of(filled), at=at)
    for path in (home / "ids").iterdir():
        path.unlink()
    with Ledger.open(home) as again:
        rows = [*rows_of(MARIE, 0, 7), *rows_of(PAUL, 0, 77)]
        kept = again.append(table(rows), source="s", at=at)
        assert (kept.kept, kept.duplicates) == (1, 3)


def test_another_open_ledger_follows_an_erasure(filled, table, at, home, held):
    with Ledger.open(home) as other:
        other.append(table(rows_of(PAUL, 20)), source="s", at=at)
        filled.erase(keys_of(filled), at=at)
        kept = other.append(table([*rows_of(MARIE, 0), *rows_of(PAUL, 21)]), source="s", at=at)
        assert (kept.kept, kept.duplicates) == (1, 1)
        assert held(other) == held(filled)
        assert traces_in(home) == []


def test_someone_erased_may_come_back_as_somebody_new(filled, table, at):
    old = keys_of(filled)
    filled.erase(old, at=at)
    kept = filled.append(table(rows_of(MARIE, 100)), source="s", at=at)
    assert kept.kept == 1
    assert filled.key_of(MARIE) not in old


def test_the_events_of_others_in_the_same_batch_are_drained(filled, at, table):
    filled.erase(keys_of(filled), at=at)
    seen: list[bytes] = []

    def decode(payload: bytes, source: str) -> Decoded:
        seen.append(payload)
        return Decoded(table=table([{"message_id": "web-1", "identity": PAUL}]))

    assert filled.drain(decode, at=at).kept == 1
    assert seen == [b'{"v":1}\n{"batch":[{"userId":"paul"}]}']


def test_a_drain_that_read_before_an_erasure_brings_nobody_back(filled, home, at, table):
    keys, erased = keys_of(filled), []

    def decode(payload: bytes, source: str) -> Decoded:
        if not erased:  # another process erases while this one decodes
            with Ledger.open(home) as other:
                erased.append(other.erase(keys, at=at).events)
        events = json.loads(payload.partition(b"\n")[2]).get("batch", [])
        names = [f"user:{event['userId']}" for event in events]
        return Decoded(table=table([line(9, name) for name in names]))

    filled.drain(decode, at=at)
    assert erased == [2]
    assert filled.inbox_count == 0
    assert filled.key_of(MARIE) is None
    assert traces_in(home) == []


def test_a_batch_already_drained_stays_so_after_the_log_was_cut(ledger, table, at, held):
    ledger.append(table(rows_of(MARIE, 0)), source="s", at=at)
    ledger.accept(b"x", source="web", at=at)
    waiting = ledger._inbox.waiting(limit=1, size=1)
    decode = lambda _, __: Decoded(table=table(rows_of(PAUL, 0)))  # noqa: E731
    ledger.drain(decode, at=at)
    ledger.erase(keys_of(ledger), at=at)
    kept = ledger._committer._drain_once(waiting, decode, at)
    assert (kept.kept, len(held(ledger))) == (0, 1)


def test_the_last_person_leaves_an_empty_ledger(ledger, table, at, held, home):
    ledger.append(table(rows_of(MARIE, 0)), source="s", at=at)
    ledger.erase(keys_of(ledger), at=at)
    assert (held(ledger), ledger.identity_count, traces_in(home)) == ([], 0, [])
    assert ledger.append(table(rows_of(PAUL, 0)), source="s", at=at).kept == 1


def test_nobody_to_erase_changes_nothing(filled, at):
    version = filled.version
    assert filled.erase([], at=at).rows == 0
    assert filled.version == version


def test_a_full_disk_refuses_the_erasure_never_the_home(filled, at, home, monkeypatch):
    def full(*_: object, **__: object) -> None:
        raise HomeError("disk_full", fields={"path": home})

    with monkeypatch.context() as filled_up:
        filled_up.setattr("verite.ledger.delta.InteractionTable.swap", full)
        with pytest.raises(HomeError, match="disk_full"):
            filled.erase(keys_of(filled), at=at)
        with Ledger.open(home) as again:
            assert again.key_of(MARIE) is not None
    filled.finish_erasing()
    assert traces_in(home) == []


@pytest.mark.parametrize(
    "moment",
    [
        "verite.ledger.delta.InteractionTable.swap",
        "verite.ledger.delta.InteractionTable.sync_version",
        "verite.ledger.mark.settle",
        "verite.ledger.delta.InteractionTable.checkpoint",
        "verite.ledger.mark.set_checkpoint",
        "verite.ledger.delta.InteractionTable.drop_entries",
        "verite.ledger.erase.remove_strays",
        "verite.ledger.erase.building",
        "verite.ledger.forgetting.forget",
        "verite.ledger.ids.IdIndex.drop",
        "verite.ledger.store.Store.rewrite",
        "verite.ledger.forgetting.end",
    ],
)
def test_an_erasure_that_dies_is_finished_at_the_next_open(
    filled, table, at, home, held, monkeypatch, moment
):
    def die(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    keys = keys_of(filled)
    others = [row for row in held(filled, CELLS) if row[2] not in keys]
    with monkeypatch.context() as killed:
        killed.setattr(moment, die)
        with pytest.raises(KeyboardInterrupt):
            filled.erase(keys, at=at)
    with Ledger.open(home) as again:
        assert traces_in(home) == []
        assert held(again, CELLS) == others
        kept = again.append(table([*rows_of(MARIE, 0, 7), *rows_of(PAUL, 0)]), source="s", at=at)
        assert (kept.kept, kept.duplicates) == (0, 3)
