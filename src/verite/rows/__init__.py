"""A result as plain rows: the one source of text, JSON, CSV, Excel and HTML tables."""

from verite.rows import (
    alerts,
    control,
    council,
    customer,
    effort,
    evidence,
    experience,
    feeling,
    heard,
    identical,
    journey,
    measured,
    moments,
    people,
    promises,
    rights,
)  # the kinds of result register themselves
from verite.rows.document import Json, Row, document, table
from verite.rows.writer import columns_of, write_csv, write_excel

__all__ = [
    "Json",
    "Row",
    "alerts",
    "columns_of",
    "control",
    "council",
    "customer",
    "document",
    "effort",
    "evidence",
    "experience",
    "feeling",
    "heard",
    "identical",
    "journey",
    "measured",
    "moments",
    "people",
    "promises",
    "rights",
    "table",
    "write_csv",
    "write_excel",
]
