"""A result as plain rows: the one source of text, JSON, CSV, Excel and HTML tables."""

from __future__ import annotations

from importlib import import_module
from typing import Final

from verite.rows.document import Json, Row
from verite.rows.document import document as _document
from verite.rows.document import table as _table
from verite.rows.writer import columns_of, write_csv, write_excel

# Each tells of the results of a module of `words`, nearly always the one of its name.
KINDS: Final = (
    "alerts",
    "control",
    "council",
    "customer",
    "double",
    "effort",
    "evidence",
    "experience",
    "feeling",
    "heard",
    "identical",
    "inside",
    "items",
    "journey",
    "measured",
    "moments",
    "people",
    "promises",
    "rights",
)
_no_document, _no_table = _document.dispatch(object), _table.dispatch(object)
__all__ = ["Json", "Row", "columns_of", "document", "table", "write_csv", "write_excel"]


def document(result: object) -> dict[str, Json]:
    """The result as one JSON object: the keys of its command, then those of every answer."""
    _learn(type(result))
    return _document(result)


def table(result: object) -> list[Row]:
    """The result as flat rows, one dictionary per line of its table."""
    _learn(type(result))
    return _table(result)


def _learn(kind: type) -> None:
    """Loads what tells of this kind of result: it registers itself."""
    room = kind.__module__.rpartition(".")[2]
    if room in KINDS:
        import_module(f"verite.rows.{room}")
    if _document.dispatch(kind) is _no_document or _table.dispatch(kind) is _no_table:
        for name in KINDS:
            import_module(f"verite.rows.{name}")
