"""Rows as a table in the terminal."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from verite.rows import Json, Row

ROWS_SHOWN = 40
# Columns of figures that are printed already.
PRINTED = frozenset(
    {"value", "low", "high", "now", "target", "gap", "median_stay_s", "median_wait_s"}
    | {"drop_off", "feeling", "share"}
)
WIDE = 200  # columns of a file or a pipe


def print_table(
    rows: Sequence[Row], *, columns: tuple[str, ...], lang: str, most: int = ROWS_SHOWN
) -> None:
    """The first rows under their column names; says how many were left out."""
    if not rows:
        return
    from rich.console import Console
    from rich.table import Table

    from verite.rows import columns_of
    from verite.sentences.headings import column_name

    shown = [name for name in (columns or columns_of(rows)) if any(name in row for row in rows)]
    grid = Table(box=None, pad_edge=False, header_style="bold")
    for name in shown:
        numeric = name in PRINTED or all(
            isinstance(row.get(name), int | float | None) for row in rows
        )
        grid.add_column(
            column_name(name, lang), justify="right" if numeric else "left", overflow="fold"
        )
    for row in rows[:most]:
        grid.add_row(*(_cell(row.get(name), lang) for name in shown))
    width = None if sys.stdout.isatty() else WIDE
    # What files say is printed as it is: [brackets] are no markup, :words: no pictures.
    console = Console(file=sys.stdout, highlight=False, width=width, markup=False, emoji=False)
    console.print(grid)
    if len(rows) > most:
        left = len(rows) - most
        sys.stdout.write(
            f"… et {left} lignes de plus (--json)\n"
            if lang == "fr"
            else f"… and {left} more rows (--json)\n"
        )


def _cell(value: Json, lang: str) -> str:
    from verite.sentences.numbers import number

    if value is None:
        return "–"
    if isinstance(value, bool):
        return {"fr": ("non", "oui"), "en": ("no", "yes")}[lang][value]
    if isinstance(value, int):
        return number(value, lang)
    if isinstance(value, float):
        return number(value, lang, digits=3 if abs(value) < 1 else 1)
    if isinstance(value, list):
        return " › ".join(str(part) for part in value)
    return str(value)
