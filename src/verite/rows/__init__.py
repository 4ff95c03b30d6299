"""A result as plain rows: the one source of text, JSON, CSV, Excel and HTML tables."""

from verite.rows import (
    evidence,
    heard,
    journey,
    measured,
    people,
)  # the kinds of result register themselves
from verite.rows.document import Json, Row, document, table
from verite.rows.writer import columns_of, write_csv, write_excel

__all__ = [
    "Json",
    "Row",
    "columns_of",
    "document",
    "evidence",
    "heard",
    "journey",
    "measured",
    "people",
    "table",
    "write_csv",
    "write_excel",
]
