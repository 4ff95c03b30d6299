"""Bringing a file in through the pages."""

from __future__ import annotations

import io
import re
import time
import zipfile
from pathlib import Path

import pytest

FOREIGN = (
    "Ref;Client;Le;Où;Attente (s);Note\n"
    "a1;c-1;03/02/2026 10:00;Téléphone;120;9\n"
    "a2;c-2;04/02/2026 11:30;Téléphone;60;3\n"
    "a3;c-3;31/02/2026 11:30;Téléphone;60;3\n"
)
MAPPED = {
    "column": ["Ref", "Client", "Le", "Où", "Attente (s)", "Note"],
    "field": ["message_id", "identity", "at", "channel", "wait_s", "score"],
    "constant-channel": "",
    "constant-kind": "contact",
    "constant-touchpoint": "hotline",
    "constant-metric": "nps",
    "constant-scale_min": "0",
    "constant-scale_max": "10",
    "day_first": "yes",
}


@pytest.fixture
def newcomer(tmp_path: Path, make_cast):
    """The owner of a home made for one test."""
    return make_cast(tmp_path / "home")


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory, make_cast):
    """The owner of a home that several tests share: they keep nothing there."""
    return make_cast(tmp_path_factory.mktemp("settled") / "home")


def bring(reader, name: str, content: bytes) -> str:
    """Upload a file; the address of its preview."""
    file = io.BytesIO(content)
    file.name = name
    answer = reader.post("/listen", {"file": file})
    assert answer.status_code == 302, answer.content.decode()
    return answer.headers["Location"]


def wait_for(reader, url: str) -> str:
    """The page of an import once it has ended."""
    for _ in range(200):
        text = reader.get(url).content.decode()
        if "hx-get" not in text:
            return text
        time.sleep(0.1)
    raise AssertionError("the import did not end")


def test_our_own_table_is_recognised_and_imported(newcomer, tmp_path: Path, own_table) -> None:
    file = own_table(tmp_path / "own.csv", people=20)
    url = bring(newcomer, "own.csv", file.read_bytes())
    assert "Ce qui a été compris de own.csv" in newcomer.get(url).content.decode()
    form = guessed(newcomer.get(url).content.decode())
    assert newcomer.post(url, {**form, "do": "import"}).status_code == 302
    text = wait_for(newcomer, url)
    assert "2 en quarantaine" in text
    assert "own.csv" in newcomer.get("/listen").content.decode()


def guessed(text: str) -> dict[str, object]:
    """The form as guessed, the way a browser would send it."""
    columns = re.findall(r'name="column" value="([^"]*)"', text)
    chosen = []
    for select in re.findall(r'<select name="field".*?</select>', text, re.DOTALL):
        found = re.search(r'value="([^"]*)" selected', select)
        chosen.append(found.group(1) if found else "")
    return {"column": columns, "field": chosen}


def test_columns_are_mapped_by_hand_and_the_bad_line_is_kept_with_its_reason(newcomer) -> None:
    url = bring(newcomer, "étranger.csv", FOREIGN.encode("utf-8-sig"))
    newcomer.post(url, {**MAPPED, "do": "import", "keep_as": "hotline"})
    text = wait_for(newcomer, url)
    assert "2 lignes gardées, 1 en quarantaine" in text
    refused = newcomer.get("/listen/quarantine").content.decode()
    assert "31/02/2026" in refused
    assert "hotline" in newcomer.get("/status").content.decode()


def test_a_kept_mapping_fills_the_next_form(newcomer) -> None:
    url = bring(newcomer, "un.csv", FOREIGN.encode())
    newcomer.post(url, {**MAPPED, "do": "import", "keep_as": "hotline"})
    wait_for(newcomer, url)
    following = bring(newcomer, "deux.csv", FOREIGN.encode())
    form = guessed(newcomer.get(f"{following}?mapping=hotline").content.decode())
    assert form["field"] == MAPPED["field"]


def test_the_same_file_again_changes_nothing(newcomer) -> None:
    for _ in range(2):
        url = bring(newcomer, "un.csv", FOREIGN.encode())
        newcomer.post(url, {**MAPPED, "do": "import"})
        text = wait_for(newcomer, url)
    assert "gardées\u202f: 0 · déjà connues\u202f: 2" in text


def test_the_preview_can_be_seen_again_with_corrections(settled) -> None:
    url = bring(settled, "un.csv", FOREIGN.encode("latin-1"))
    answer = settled.post(url, {**MAPPED, "do": "preview", "encoding": "latin-1"})
    assert answer.status_code == 200
    assert "latin-1" in answer.content.decode().lower()


def zipped() -> bytes:
    """A small archive of forty megabytes of zeros named as a workbook."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 40_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("image.csv", bytes(range(256)) * 50),
        ("bomb.xlsx", zipped()),
        ("lines.jsonl", b'{"a": 1\n[2]\n'),
        ("table.parquet", b"PAR1 not really"),
        ("sql.csv", b"a,b\n1,2\n"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_in_a_sentence(
    settled, name: str, content: bytes
) -> None:
    url = bring(settled, name, content)
    answer = settled.get(url)
    assert answer.status_code in {200, 400}
    assert "Traceback" not in answer.content.decode()
    answer = settled.post(url, {"do": "import"})
    assert answer.status_code in {302, 400}
    if answer.status_code == 302:
        assert "s’est arrêté" in wait_for(settled, url)


def test_no_file_or_an_empty_one_is_asked_for_again(settled) -> None:
    empty = io.BytesIO(b"")
    empty.name = "vide.csv"
    for data in ({}, {"file": empty}):
        answer = settled.post("/listen", data)
        assert answer.status_code == 400
        assert "Choisissez un fichier" in answer.content.decode()


def test_a_file_name_cannot_leave_its_folder(newcomer, tmp_path: Path) -> None:
    bring(newcomer, "../../../evil.csv", FOREIGN.encode())
    assert not list(tmp_path.rglob("evil.csv")) or all(
        "uploads" in path.parts for path in tmp_path.rglob("evil.csv")
    )


def test_nothing_of_an_upload_is_left_once_it_is_imported(newcomer, tmp_path: Path) -> None:
    url = bring(newcomer, "un.csv", FOREIGN.encode())
    newcomer.post(url, {**MAPPED, "do": "import"})
    wait_for(newcomer, url)
    assert list((tmp_path / "home" / "uploads").iterdir()) == []


def test_a_body_beyond_all_limits_is_refused_before_it_is_read(settled) -> None:
    from verite.records.current import within

    with within(settled.alias):
        answer = settled.client.generic("POST", "/listen", b"x", CONTENT_LENGTH="9000000000")
    assert answer.status_code == 413


def test_replaying_needs_a_confirmation_and_tells_the_result(newcomer) -> None:
    url = bring(newcomer, "un.csv", FOREIGN.encode())
    newcomer.post(url, {**MAPPED, "do": "import"})
    wait_for(newcomer, url)
    assert newcomer.get("/listen/replay").status_code == 405
    assert newcomer.post("/listen/replay").status_code == 302
    assert "Lignes rejouées\u202f: 1" in newcomer.get("/listen/quarantine").content.decode()


def test_an_agent_imports_nothing(bob) -> None:
    file = io.BytesIO(FOREIGN.encode())
    file.name = "a.csv"
    assert bob.post("/listen", {"file": file}).status_code == 403
    assert bob.post("/listen/replay").status_code == 403
    assert 'type="file"' not in bob.get("/listen").content.decode()


def test_a_file_left_waiting_is_forgotten_after_a_day(newcomer, tmp_path: Path) -> None:
    import os

    bring(newcomer, "un.csv", FOREIGN.encode())
    (old,) = (tmp_path / "home" / "uploads").iterdir()
    os.utime(old, (0, 0))
    bring(newcomer, "deux.csv", FOREIGN.encode())
    assert [path.name for path in (tmp_path / "home" / "uploads").rglob("*.csv")] == ["deux.csv"]


def test_what_was_recognised_is_escaped_once(newcomer) -> None:
    content = b"message_id,identity,at,channel,R&D <x>\nm1,user:a,2026-03-02T10:00:00Z,web,1\n"
    url = bring(newcomer, "r&d.csv", content)
    newcomer.post(url, {**guessed(newcomer.get(url).content.decode()), "do": "import"})
    text = wait_for(newcomer, url)
    assert "R&amp;D &lt;x&gt;" in text
    assert "&amp;amp;" not in text


def test_one_line_is_told_in_the_singular(newcomer) -> None:
    content = b"message_id,identity,at,touchpoint\nm1,user:a,2026-03-02T10:00:00Z,home\n"
    url = bring(newcomer, "une.csv", content)
    newcomer.post(url, {**guessed(newcomer.get(url).content.decode()), "do": "import"})
    assert "1 ligne gardée, 0 en quarantaine" in wait_for(newcomer, url)
    assert "1\xa0interaction en " in newcomer.get("/map?period=all").content.decode()
