"""What the import and quarantine pages say of a file, in the reader's words."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest

LINES = (
    "message_id,identity,at,channel,kind\n"
    "m1,user:a,2026-07-03T22:30:00Z,phone,contact\n"
    "m2,user:b,2026-02-31T10:00:00Z,phone,contact\n"
)


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory, make_cast):
    """The owner of a home that these tests share."""
    return make_cast(tmp_path_factory.mktemp("preview") / "home")


def bring(reader, content: str) -> str:
    file = io.BytesIO(content.encode())
    file.name = "une.csv"
    return reader.post("/listen", {"file": file}).headers["Location"]


def form_of(text: str) -> dict[str, object]:
    columns = re.findall(r'name="column" value="([^"]*)"', text)
    return {"column": columns, "field": columns}


@pytest.mark.parametrize(
    ("lang", "when", "channel", "unread"),
    [
        ("fr", "4\xa0juil. 2026, 0\xa0h\xa030", "Téléphone", "2026-02-31T10:00:00Z"),
        ("en", "4\xa0Jul 2026, 0:30", "Phone", "2026-02-31T10:00:00Z"),
    ],
)
def test_a_preview_speaks_the_zone_of_the_home_and_says_what_is_wrong(
    settled, lang: str, when: str, channel: str, unread: str
) -> None:
    text = settled.get(f"{bring(settled, LINES)}?lang={lang}").content.decode()
    rows = text.split('<table class="sample">')[1].split("</table>")[0]
    assert f"<td>{when}</td>" in rows
    assert f"<td>{channel}</td>" in rows
    assert unread in text.split('<div class="note bad">')[1].split("</div>")[0]
    assert "Europe/Paris" in text


def test_the_name_to_keep_survives_another_look(settled) -> None:
    url = bring(settled, LINES)
    form = form_of(settled.get(url).content.decode())
    text = settled.post(url, {**form, "do": "preview", "keep_as": "hotline"}).content.decode()
    assert re.search(r'name="keep_as"[^>]*value="hotline"', text)


@pytest.mark.parametrize(
    ("lang", "told"), [("fr", "Aucun fichier n’est choisi."), ("en", "No file is chosen.")]
)
def test_no_file_is_said(settled, lang: str, told: str) -> None:
    settled.get(f"/listen?lang={lang}")
    answer = settled.post("/listen", {})
    assert answer.status_code == 400
    assert told in answer.content.decode()
    settled.get("/listen?lang=fr")


def test_the_quarantine_says_how_to_correct_and_shows_cells(make_cast, tmp_path: Path) -> None:
    newcomer = make_cast(tmp_path / "home")
    bad = "".join(f"b{i},user:{i},31/02/2026,phone,contact\n" for i in range(30))
    url = bring(newcomer, LINES + bad)
    form = form_of(newcomer.get(url).content.decode())
    newcomer.post(url, {**form, "do": "import"})
    for _ in range(200):
        if "hx-get" not in newcomer.get(url).content.decode():
            break
    french = newcomer.get("/listen/quarantine?lang=fr").content.decode()
    assert "Pour corriger" in french
    assert french.index("/listen/replay") < french.index('<table class="refused">')
    assert french.count('<th scope="row">') == 25
    assert re.search(r">identity\s:</span> <code>user:b</code>", french)
    assert "mapping" not in french
    english = newcomer.get("/listen/quarantine?lang=en&page=2").content.decode()
    assert "To correct: " in english
    assert english.count('<th scope="row">') == 6
    assert re.search(r">identity:</span> <code>user:", english)


@pytest.mark.parametrize(
    ("lang", "told"), [("fr", "segment\u202f: offre"), ("en", "segment: offer")]
)
def test_a_segment_says_that_it_is_one(alice, lang: str, told: str) -> None:
    text = alice.get(f"/measure?by=segment.offer&lang={lang}").content.decode()
    assert re.search(rf'<option value="segment.offer" selected>{told}</option>', text)
