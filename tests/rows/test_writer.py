"""The one table writer."""

from __future__ import annotations

import io

import python_calamine
from hypothesis import given
from hypothesis import strategies as st

from verite.rows import write_csv, write_excel

ROWS = [{"touchpoint": "chat", "n": 3, "share": 0.25}, {"touchpoint": "=cmd|'/c calc'!A1", "n": 1}]


def test_csv_defuses_formulas_and_keeps_every_column() -> None:
    lines = write_csv(ROWS).splitlines()
    assert lines[0] == "touchpoint,n,share"
    assert lines[2] == "'=cmd|'/c calc'!A1,1,"


def test_french_csv_uses_semicolons_and_decimal_commas() -> None:
    assert write_csv(ROWS, lang="fr").splitlines()[1] == "chat;3;0,25"


def test_excel_keeps_numbers_as_numbers_and_formulas_as_text() -> None:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(write_excel(ROWS)))
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[1] == ["chat", 3.0, 0.25]
    assert rows[2][0] == "=cmd|'/c calc'!A1"


@given(st.text(min_size=1))
def test_no_cell_of_a_csv_starts_like_a_formula(text: str) -> None:
    import csv

    out = list(csv.reader(io.StringIO(write_csv([{"a": text}], lang="fr")), delimiter=";"))
    cells = [cell for row in out[1:] for cell in row]
    assert all(not cell.startswith(("=", "+", "-", "@")) for cell in cells)


def test_full_width_signs_are_formulas_too_in_an_asian_spreadsheet() -> None:
    assert write_csv([{"a": "＝1+1"}]).splitlines()[1] == "'＝1+1"
