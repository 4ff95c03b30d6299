"""The one table writer: CSV and Excel, with spreadsheet formulas defused."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from verite.rows.document import Json, Row

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def columns_of(rows: Sequence[Row]) -> list[str]:
    """Every column in the order first met."""
    return list(dict.fromkeys(name for row in rows for name in row))


def write_csv(rows: Sequence[Row], *, lang: str = "en") -> str:
    """UTF-8 CSV text; French uses semicolons and decimal commas, as French Excel expects.

    >>> write_csv([{"name": "=1+1", "score": 2.5}], lang="fr")
    "name;score\\r\\n'=1+1;2,5\\r\\n"
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";" if lang == "fr" else ",", lineterminator="\r\n")
    columns = columns_of(rows)
    writer.writerow([_defused(name) for name in columns])
    for row in rows:
        writer.writerow([_cell(row.get(name), lang) for name in columns])
    return out.getvalue()


def write_excel(rows: Sequence[Row], *, title: str = "Vérité") -> bytes:
    """An .xlsx workbook of one sheet; text stays text, numbers stay numbers."""
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet(_sheet_name(title))
        bold = book.add_format({"bold": True})
        columns = columns_of(rows)
        for place, name in enumerate(columns):
            sheet.write_string(0, place, name, bold)
        for line, row in enumerate(rows, start=1):
            for place, name in enumerate(columns):
                value = row.get(name)
                if isinstance(value, bool | str):
                    sheet.write_string(line, place, str(value))
                elif isinstance(value, int | float):
                    sheet.write_number(line, place, value)
        sheet.freeze_panes(1, 0)
    return out.getvalue()


def _sheet_name(title: str) -> str:
    return "".join(c for c in title if c not in "[]:*?/\\'")[:31] or "Vérité"


def _cell(value: Json, lang: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        text = repr(value) if isinstance(value, int) else f"{value:.10g}"
        return text.replace(".", ",") if lang == "fr" else text
    return _defused(str(value))


def _defused(text: str) -> str:
    return "'" + text if text.startswith(_FORMULA_STARTS) else text
