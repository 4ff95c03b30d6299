"""What may go wrong with a file: one typed error or a quarantined row, and nothing lost."""

from __future__ import annotations

import gzip
import io
import os
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from verite.loop.listen import Request, files, replay
from verite.loop.listen.opening import open_hearings
from verite.words.errors import BadInput, VeriteError

AT = datetime(2026, 1, 1, tzinfo=UTC)
GOOD = "message_id;at;identity\n" + "".join(f"m{i};2024-05-01T10:00Z;u{i}\n" for i in range(5))


def code_of(ear, path: Path, **told: object) -> str:
    with pytest.raises(BadInput) as raised:
        ear.hear(path, **told)
    assert ear.ledger.version == -1
    assert ear.ledger.quarantine_count == 0
    return raised.value.code


def test_a_file_that_is_none_says_so(ear) -> None:
    assert code_of(ear, ear.folder / "absent.csv") == "file_missing"
    assert code_of(ear, ear.folder) == "file_is_folder"
    assert code_of(ear, Path("/dev/null")) == "file_is_no_file"
    assert code_of(ear, ear.write("")) == "file_empty"
    assert code_of(ear, ear.write("\n\n \n")) == "file_without_rows"
    assert code_of(ear, ear.write(bytes(range(32)) * 64)) == "file_is_binary"
    assert code_of(ear, ear.write(b"PAR1" + b"x" * 99, "a.parquet")) == "file_damaged"
    assert code_of(ear, ear.write(b"PK\x03\x04" + b"x" * 99, "a.xlsx")) in {
        "file_damaged",
        "damaged_archive",
    }
    assert code_of(ear, ear.write("<log><trace>", "a.xes")) == "bad_xml"
    assert code_of(ear, ear.write('{"objectTypes": 1}', "a.json")) == "bad_ocel"


def test_a_header_alone_is_no_row_and_no_error(ear) -> None:
    assert ear.hear(ear.write("at;identity\n")).read == 0


def test_a_cut_archive_is_found_before_any_row_is_kept(ear) -> None:
    packed = gzip.compress(os.urandom(200_000))
    assert code_of(ear, ear.write(packed[:-20], "a.csv.gz")) == "damaged_archive"
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("a.csv", GOOD)
        made.writestr("b.csv", GOOD)
    assert code_of(ear, ear.write(archive.getvalue(), "a.zip")) == "archive_of_many"


@pytest.mark.parametrize("name", ["a.csv.gz", "a.zip", "a.xlsx"])
def test_a_bomb_is_refused(ear, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(files, "RATIO_FROM", 1 << 20)
    zeros = b"at;identity\n" + b"a" * (4 << 20)
    if name.endswith("gz"):
        data = gzip.compress(zeros)
    else:
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as made:
            made.writestr("a.csv", zeros)
        data = archive.getvalue()
    assert code_of(ear, ear.write(data, name)) == "inflates_too_much"


@pytest.mark.parametrize("change", ["grow", "cut", "remove"])
def test_a_file_that_changes_while_read_gives_no_torn_row(ear, change: str) -> None:
    path = ear.write(GOOD)
    (hearing,) = open_hearings(Request(files=(path,)))
    if change == "grow":
        with path.open("a") as more:
            more.write("m9;2024-05-01T1")
    elif change == "cut":
        path.write_text(GOOD[:-8])
    else:
        path.unlink()
    with pytest.raises(BadInput) as raised:
        list(hearing.rounds())
    assert raised.value.code in {"changed_while_read", "file_unreadable"}


def test_all_files_are_opened_before_any_is_kept(ear) -> None:
    good, bad = ear.write(GOOD), ear.write("x;y\n1;2\n", "bad.csv")
    with pytest.raises(BadInput):
        ear.hear(good, bad)
    assert ear.ledger.version == -1


def test_a_dry_run_keeps_nothing_and_counts_all(ear) -> None:
    heard = ear.hear(ear.write(GOOD + "m6;soon;u\n"), dry_run=True)
    assert (heard.read, heard.kept, heard.quarantined) == (6, 5, 1)
    assert heard.about.notes[0] == "note_dry_run"
    assert (ear.ledger.version, ear.ledger.quarantine_count) == (-1, 0)


def test_strict_keeps_nothing_when_a_row_is_bad(ear) -> None:
    heard = ear.hear(ear.write(GOOD + "m6;soon;u\n"), strict=True)
    assert (heard.kept, heard.quarantined) == (0, 1)
    assert "note_strict: count=5" in heard.about.notes
    assert (ear.ledger.version, ear.ledger.quarantine_count) == (-1, 0)
    assert ear.hear(ear.write(GOOD), strict=True).kept == 5


def test_strict_keeps_nothing_when_a_row_is_in_conflict(ear) -> None:
    ear.hear(ear.write(GOOD))
    changed = GOOD.replace("m4;2024-05-01", "m4;2024-05-02") + "m9;2024-05-01T10:00Z;u\n"
    heard = ear.hear(ear.write(changed), strict=True)
    assert (heard.kept, heard.duplicates, heard.quarantined) == (0, 4, 1)
    within = ear.hear(ear.write(GOOD.replace("\nm", "\nn").replace("n4", "n3")), strict=True)
    assert (within.kept, within.quarantined) == (0, 1)
    assert (len(ear.rows()), ear.ledger.quarantine_count) == (5, 0)


def test_a_dry_run_knows_what_is_here_already(ear) -> None:
    ear.hear(ear.write(GOOD))
    again = ear.hear(ear.write(GOOD + "m9;2024-05-01T10:00Z;u\n"), dry_run=True)
    assert (again.kept, again.duplicates, again.quarantined) == (1, 5, 0)
    assert len(ear.rows()) == 5


def test_the_same_file_again_changes_nothing(ear) -> None:
    path = ear.write(GOOD + "m6;soon;u\nm7\n")
    first, again = ear.hear(path), ear.hear(path)
    assert (first.kept, first.duplicates, first.quarantined) == (5, 0, 2)
    assert (again.kept, again.duplicates, again.quarantined) == (0, 5, 2)
    assert ear.ledger.quarantine_count == 2


def test_columns_in_another_order_make_the_same_ids(ear) -> None:
    ear.hear(ear.write("at;identity;text\n2024-05-01;u;hello\n"))
    again = ear.hear(ear.write("text;at;empty;identity\nhello;2024-05-01;;u\n", "b.csv"))
    assert (again.kept, again.duplicates) == (0, 1)


def test_one_id_with_two_contents_is_a_conflict(ear) -> None:
    heard = ear.hear(ear.write("message_id;at;identity\nm;2024-05-01;u\nm;2024-05-02;u\n"))
    assert (heard.kept, heard.quarantined, heard.quarantine[0].reason) == (1, 1, "conflict")


def test_a_replay_keeps_what_became_fine(ear, monkeypatch: pytest.MonkeyPatch) -> None:
    from verite.loop.listen import typed

    path = ear.write("message_id;at;identity;kind\nm1;01/05/2024;u;Reclamo\nm2;soon;u;\nm3\n")
    assert ear.hear(path, zone="Europe/Paris").quarantined == 3
    nothing = replay(ear.ledger, at=AT)
    assert (nothing.read, nothing.kept, nothing.quarantined) == (3, 0, 3)
    monkeypatch.setitem(typed.KIND_ALIASES, "reclamo", "complaint")
    fixed = replay(ear.ledger, at=AT)
    assert (fixed.read, fixed.kept, fixed.quarantined) == (3, 1, 2)
    assert sorted(ear.reasons()) == ["bad_time", "ragged_row"]
    assert ear.rows()[0]["kind"] == "complaint"
    assert ear.hear(path, zone="Europe/Paris").duplicates == 1


def test_progress_tells_rows_and_a_guess(ear) -> None:
    from verite.loop.listen import listen

    told: list[tuple[int, int]] = []
    request = Request(files=(ear.write(GOOD), ear.write(GOOD.replace("m", "n"), "b.csv")))
    listen(request, ear.ledger, at=AT, progress=lambda done, guess: told.append((done, guess)))
    assert told[-1] == (10, 10)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.one_of(
        st.binary(max_size=200),
        st.text(st.sampled_from('at;,"\n01/é{}:[]<>log'), max_size=120).map(str.encode),
        st.text(st.sampled_from('u;"\n0é-'), max_size=60).map(
            lambda t: f"at;identity\n{t}".encode()
        ),
        st.binary(max_size=80).map(lambda b: b"at;identity\n2024-05-01;u\n" + b),
        st.binary(max_size=80).map(lambda b: b"<log>" + b),
        st.binary(max_size=80).map(lambda b: b'{"at": "2024-05-01"}\n' + b),
    ),
    st.sampled_from(
        ["a.csv", "a.jsonl", "a.xes", "a.json", "a.parquet", "a.xlsx", "a.gz", "a.zip"]
    ),
)
@example(b'{"at":""}\n\xef\xbb\xbf', "a.csv")
def test_whatever_the_bytes_errors_are_typed(tmp_path: Path, data: bytes, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    try:
        for hearing in open_hearings(Request(files=(path,))):
            for one in hearing.rounds():
                assert one.table is not None or one.failed
    except VeriteError:
        return


def test_a_file_of_bad_rows_only_is_quarantined_whole(ear, monkeypatch: pytest.MonkeyPatch) -> None:
    from verite.loop.listen import normalise

    monkeypatch.setattr(normalise, "FAILED_AT_MOST", 7)
    rows = "".join(f"never;u{i}\n" for i in range(25))
    heard = ear.hear(ear.write(f"at;identity\n{rows}2024-05-01;u\n"))
    assert (heard.read, heard.kept, heard.quarantined) == (26, 1, 25)
    assert [one.line for one in heard.quarantine] == list(range(2, 27))
