"""Notes of an answer: written as codes with fields, told as sentences."""

from __future__ import annotations

import re

from verite.sentences.catalogue import text
from verite.sentences.explain import explain
from verite.words.errors import VeriteError

_FIELD = re.compile(r"(?:^|, )(\w+)=")


def read_note(note: str) -> VeriteError:
    """The code and fields of a note.

    >>> read_note("note_definition_fcr: days=7").fields
    {'days': '7'}
    """
    code, _, told = note.partition(": ")
    parts = _FIELD.split(told)
    return VeriteError(code, fields=dict(zip(parts[1::2], parts[2::2], strict=True)))


def tell_note(note: str, lang: str) -> str:
    """The sentence of a note; one without a code is told as it is."""
    read = read_note(note)
    return explain(read, lang) if text("errors", read.code, lang) else note


def column_name(column: str, lang: str) -> str:
    """The heading of a column of rows, for people.

    >>> column_name("median_stay_s", "fr"), column_name("segment.offer", "en")
    ('suite médiane (s)', 'offer')
    """
    key = column.removeprefix("segment.")
    return text("columns", key, lang) or key.replace("_", " ")
