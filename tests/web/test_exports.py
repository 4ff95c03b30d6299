"""Tables handed out as files."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_csv_opens_with_its_accents_in_a_spreadsheet(alice, lang: str) -> None:
    content = alice.get(f"/interactions/export.csv?texts=1&lang={lang}").content
    assert content.startswith(b"\xef\xbb\xbf")
    assert "rien n'est réparé" in content.decode("utf-8-sig")


def test_a_file_that_would_be_cut_says_so(alice, monkeypatch: pytest.MonkeyPatch) -> None:
    from verite.web.evidence import told

    monkeypatch.setattr(told, "EXPORT_AT_MOST", 100)
    text = alice.get("/interactions?period=all&afresh=1&lang=fr").content.decode()
    assert "Le fichier prend les 100 premières lignes" in text
