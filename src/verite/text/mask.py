"""Masks what says who someone is in a customer's words: the same patterns here and in SQL.

The patterns are in the common subset of Python's `re` and RE2, so that DuckDB masks a million
verbatims as this function masks one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Mask:
    """A pattern and what stands in its place; both keep the pattern's first group."""

    name: str
    pattern: str
    stands_for: str


_LETTER: Final = "A-Za-z\u00c0-\u024f"  # Latin ones, with their accents
_BLANK: Final = " \u00a0\u202f"  # people and software write no-break ones too
_GAP: Final = rf"[{_BLANK}.\-]?"
# In this order: an IBAN holds digits that a phone pattern would eat.
MASKS: Final[tuple[Mask, ...]] = (
    Mask(
        name="email",
        pattern=rf"[{_LETTER}0-9._%+\-]+@[{_LETTER}0-9\-]+(?:\.[{_LETTER}0-9\-]+)+",
        stands_for="[e-mail]",
    ),
    Mask(
        name="iban",
        pattern=rf"(^|[^A-Za-z0-9])[A-Za-z]{{2}}[0-9]{{2}}(?:[{_BLANK}\-]?[A-Za-z0-9]{{4}}){{3,7}}"
        rf"(?:[{_BLANK}\-]?[A-Za-z0-9]{{1,3}})?\b",
        stands_for=r"\1[IBAN]",
    ),
    Mask(
        name="nir",  # French social security number: sex, year, month, department…
        pattern=rf"(^|[^0-9])[12]{_GAP}[0-9]{{2}}{_GAP}(?:0[1-9]|1[0-2]|[2-9][0-9]){_GAP}"
        rf"(?:[0-9]{{2}}|2[ABab]){_GAP}[0-9]{{3}}{_GAP}[0-9]{{3}}(?:{_GAP}[0-9]{{2}})?\b",
        stands_for=r"\1[NIR]",
    ),
    Mask(
        name="phone_abroad",
        pattern=rf"(^|[^0-9A-Za-z])(?:\+|00)[1-9][0-9]{{0,2}}{_GAP}(?:\(0\){_GAP})?"
        rf"[0-9](?:{_GAP}[0-9]){{7,11}}\b",
        stands_for=r"\1[phone]",
    ),
    Mask(
        name="card",
        pattern=rf"(^|[^0-9])(?:[0-9]{{4}}[{_BLANK}\-]?){{3}}[0-9]{{1,7}}\b",
        stands_for=r"\1[card]",
    ),
    Mask(
        name="phone",
        pattern=rf"(^|[^0-9A-Za-z])0[1-9](?:[{_BLANK}./\-]?[0-9]{{2}}){{4}}\b",
        stands_for=r"\1[phone]",
    ),
)
# A text without any of these cannot match; most verbatims are spared five patterns.
MAY_MATCH: Final = (
    rf"@|[0-9][0-9{_BLANK}./\-]{{6}}|2[ABab]{_GAP}[0-9]{{3}}"
    rf"|[A-Za-z]{{2}}[0-9]{{2}}(?:[{_BLANK}\-]?[A-Za-z0-9]{{4}}){{3}}"
)
_COMPILED = tuple((re.compile(mask.pattern, re.ASCII), mask.stands_for) for mask in MASKS)
_MAY_MATCH = re.compile(MAY_MATCH, re.ASCII)
_IBAN_SIGNS: Final = 16
_PHONE_DIGITS: Final = re.compile(r"(?:[0-9][^0-9]*){9}", re.ASCII)  # the fewest: one abroad


def mask(text: str) -> str:
    """The text without e-mails, phones, cards, IBANs and French social security numbers.

    >>> mask("Rappelez-moi au 06 12 34 56 78 ou a.b@c.fr, dossier 4512")
    'Rappelez-moi au [phone] ou [e-mail], dossier 4512'
    """
    if not _MAY_MATCH.search(text) or _is_too_short(text):
        return text
    for pattern, stands_for in _COMPILED:
        text = pattern.sub(stands_for, text)
    return text


def _is_too_short(text: str) -> bool:
    """Order numbers and the like: too few signs for an IBAN, too few digits for all others."""
    return len(text) < _IBAN_SIGNS and "@" not in text and not _PHONE_DIGITS.search(text)


def mask_sql(column: str) -> str:
    """The same as a SQL expression over a text column.

    >>> mask_sql("text").count("regexp_replace")
    6
    """
    masked = column
    for each in MASKS:
        masked = f"regexp_replace({masked}, '{each.pattern}', '{each.stands_for}', 'g')"
    return f"CASE WHEN regexp_matches({column}, '{MAY_MATCH}') THEN {masked} ELSE {column} END"
