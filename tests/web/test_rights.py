"""Pages of the rights of a person: export, erasure by typing a word, receipts."""

from __future__ import annotations

import html
import io
import json
import re
import zipfile

import pytest

HEADER = "message_id,identity,at,channel,touchpoint,kind,text"


@pytest.fixture(scope="module")
def owner(make_cast, tmp_path_factory):
    """The owner of a home of their own, where people can be erased."""
    from verite.loop.listen import Request
    from verite.records.current import within
    from verite.web.house import home_here

    folder = tmp_path_factory.mktemp("rights")
    cast = make_cast(folder / "home")
    rows = [
        f"m{n},user:u{n},2026-01-05T0{n}:00:00Z,phone,advisor,contact,words-{n}" for n in range(6)
    ]
    (folder / "rows.csv").write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    with within(cast.alias):
        from verite.web.clock import now

        home_here().listen_to(Request(files=(folder / "rows.csv",)), at=now())
    return cast


def shown_id(cast, identity: str) -> str:
    from verite.records.current import within
    from verite.web.house import home_here
    from verite.words.customer import show_person

    with within(cast.alias):
        return show_person(home_here().whom(identity).person)


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("place", ["export", "erase", "rights"])
def test_a_page_keeps_the_rules_of_the_house(owner, place: str, lang: str) -> None:
    person = shown_id(owner, "user:u1")
    url = "/rights" if place == "rights" else f"/customers/{person}/{place}"
    answer = owner.get(f"{url}?lang={lang}")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert f'<html lang="{lang}">' in text
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", text)
    assert text.count("<h1") == 1


def test_an_export_is_a_zip_for_the_person(owner) -> None:
    person = shown_id(owner, "user:u2")
    answer = owner.post(f"/customers/{person}/export")
    assert answer.headers["Content-Type"] == "application/zip"
    assert answer.headers["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        told = "".join(archive.read(name).decode("utf-8-sig") for name in archive.namelist())
    assert "words-2" in told
    assert "words-3" not in told


def test_nothing_is_erased_without_the_word(owner) -> None:
    person = shown_id(owner, "user:u3")
    for typed in ("", "oui", "EFFACE"):
        answer = owner.post(f"/customers/{person}/erase?lang=fr", {"word": typed})
        assert answer.status_code == 400
        assert 'role="alert"' in answer.content.decode()
    assert shown_id(owner, "user:u3") == person


def test_the_word_erases_and_hands_a_receipt_out(owner) -> None:
    person = shown_id(owner, "user:u4")
    done = owner.post(f"/customers/{person}/erase?lang=fr", {"word": " effacer "})
    assert done.status_code == 200
    page = done.content.decode()
    assert "u4" not in page
    receipt = html.unescape(re.search(r'name="receipt" value="([^"]*)"', page)[1])
    file = owner.post("/rights/receipt", {"receipt": receipt})
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert json.loads(file.content) == json.loads(receipt)
    assert owner.get(f"/customers/{person}/erase").status_code == 404
    checked = owner.post("/rights", {"receipt": receipt, "of": "user:u4"}).content.decode()
    assert 'class="note good"' in checked
    assert json.loads(receipt)["receipt"] in checked
    forged = receipt.replace('"ledger_rows": 1', '"ledger_rows": 2')
    assert 'class="note bad"' in owner.post("/rights", {"receipt": forged}).content.decode()
    assert owner.post("/rights/receipt", {"receipt": forged}).status_code == 400
    assert owner.post("/rights", {"receipt": "no json"}).status_code == 400


def test_an_address_is_never_in_the_address_bar(owner) -> None:
    assert owner.get("/customers/user:u1/export").status_code == 404
    assert owner.get("/customers/user:u1/erase").status_code == 404


def test_an_agent_neither_exports_nor_erases(bob) -> None:
    person = shown_id(bob, "user:1")
    for page in ("export", "erase"):
        assert bob.get(f"/customers/{person}/{page}").status_code == 403
        assert bob.post(f"/customers/{person}/{page}", {"word": "EFFACER"}).status_code == 403
    assert bob.get("/rights").status_code == 403


def test_another_company_sees_nobody(charlie, alice) -> None:
    person = shown_id(alice, "user:1")
    assert charlie.get(f"/customers/{person}/export").status_code == 404
    assert charlie.post(f"/customers/{person}/erase", {"word": "EFFACER"}).status_code == 404


def test_a_stranger_is_asked_to_sign_in(stranger) -> None:
    for url in ("/customers/abc/export", "/customers/abc/erase", "/rights"):
        assert stranger.get(url).status_code == 302
