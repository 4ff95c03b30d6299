"""Headings of the columns of rows, as people read them."""

from __future__ import annotations

from verite.sentences.catalogue import text


def column_name(column: str, lang: str) -> str:
    """The heading of a column of rows, for people.

    >>> column_name("median_stay_s", "fr"), column_name("segment.offer", "en")
    ('suite médiane', 'offer')
    """
    key = column.removeprefix("segment.")
    return text("columns", key, lang) or key.replace("_", " ")
