"""Mails in raw text that are written otherwise than they are kept: Punycode, accents, escapes."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Final
from urllib.parse import unquote

from verite.text.contacts import tidy_mail

_AT: Final = re.compile(r"@|%40|\\u0040", re.IGNORECASE)
_EDGE: Final = re.compile(
    r"""[\s<>"',;:()\[\]{}|=&/?]|\\(?!u[0-9a-fA-F]{4})"""
    r"""|%(?:0[9ad]|2[0267-9cf]|3[a-f]|5[bcd]|7[bcd])""",
    re.IGNORECASE,
)
_ESCAPE: Final = re.compile(r"\\u([0-9a-fA-F]{4})")
_LONGEST: Final = (400, 800)  # signs before and after the @, escapes included


def mails_in(text: str, mails: Collection[str]) -> Iterator[tuple[int, int]]:
    """Where some mails stand in an odd spelling; a plain one is left to simpler means.

    >>> text = "to a@xn--mnchen-3ya.de, b@x.fr"
    >>> [text[start:end] for start, end in mails_in(text, {"a@m\u00fcnchen.de"})]
    ['a@xn--mnchen-3ya.de']
    """
    for at in _AT.finditer(text):
        start, end = _start(text, at.start()), _end(text, at.end())
        token = text[start:end]
        if _is_odd(token) and tidy_mail(_read(token)) in mails:
            yield start, end


def _start(text: str, at: int) -> int:
    first = max(0, at - _LONGEST[0])
    edges = list(_EDGE.finditer(text, first, at))
    return edges[-1].end() if edges else first


def _end(text: str, at: int) -> int:
    last = min(len(text), at + _LONGEST[1])
    edge = _EDGE.search(text, at, last)
    end = edge.start() if edge is not None else last
    return at + len(text[at:end].rstrip(".!"))


def _is_odd(token: str) -> bool:
    return not token.isascii() or "xn--" in token.lower() or "%" in token or "\\u" in token


def _read(token: str) -> str:
    told = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), token)
    return unquote(told.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
