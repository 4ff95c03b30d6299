"""Traces of a person in raw text: their identities, however a file or a body spells them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Final

from verite.text.mails import mails_in

# A shorter key stands for too many other things: only with its prefix, or where somebody is named.
_SHORTEST: Final = 3
_PHONE_DIGITS: Final = 9  # the last ones are the same with or without the country
_ESCAPED: Final = '"\\/'  # by JSON, or by some who write it
_GAP: Final = r"(?:[\s.\-()/]|%20|\\u00a0)*"
_BEFORE: Final = r"""(?:^|(?<=[\s,;|"'{}\[\]()<>=:]))"""
_AFTER: Final = r"""(?=$|[\s,;|"'{}\[\]()<>&:])"""
# Not inside a longer address; but a file may be called after one.
_FILES: Final = r"(?i:csv|tsv|txt|jsonl?|xlsx?|parquet|xml|xes|gz|zip|pdf|eml|log)\b"
_END: Final = rf"(?![\w\-]|\.(?!{_FILES})\w)"
# Where events, forms and addresses name somebody: `"userId": 7`, `client_no=7`.
_KEY: Final = (
    r"(?:user|anonymous|previous|customer|client|account|card|visitor|device|member|person)"
    r"[ _\-]?(?:id|no|nr|number|num|key|ref)?|identity|identit\u00e9|subject|uid"
)
_KEYED: Final = rf"""(?P<key>(?i:{_KEY})\\?["']?\s*[:=]\s*\[?\s*\\?["']?)"""
_KEY_END: Final = r"""(?=$|[\s,;|"'{}\[\]()<>&\\])"""
_CELL: Final = r"""(?:^|[;,\t|>])[ ]*["']?"""
_CELL_END: Final = r"""["']?[ ]*(?=$|[;,\t|<\r\n])"""


class Traces:
    r"""Tells whether a text holds one of some identities.

    >>> marie = Traces(["email:marie@example.org", "phone:+33612345678", "user:4071"])
    >>> marie.are_in('{"to": "Marie%40example.org"}'), marie.are_in("rappel au 06 12 34 56 78")
    (True, True)
    >>> marie.are_in("4071;2026-01-05"), marie.are_in("140712"), marie.are_in("a4071@example.org")
    (True, False, False)

    A key of one or two signs is found where somebody is named, and as a whole cell.

    >>> seven = Traces(["user:7"])
    >>> seven.are_in('{"userId": 7, "score": 3}'), seven.are_in('{"userId": 3, "score": 7}')
    (True, False)
    >>> seven.are_in("7;2026-01-05"), seven.are_a_cell_of("7;2026-01-05")
    (False, True)
    """

    def __init__(self, identities: Iterable[str]) -> None:
        self.identities = tuple(sorted(set(identities)))
        patterns = [pattern for one in self.identities for pattern in _patterns(one)]
        short = "|".join(_spelled(value) for value in _short(self.identities))
        if short:
            patterns.append(rf"{_KEYED}(?:{short}){_KEY_END}")
        self._pattern = re.compile("|".join(patterns) or r"(?!)", re.MULTILINE)
        cells = rf"{_CELL}(?:{short}){_CELL_END}" if short else r"(?!)"
        self._cells = re.compile(cells, re.MULTILINE)
        self._mails = frozenset(
            one.partition(":")[2] for one in self.identities if one.startswith("email:")
        )

    def are_in(self, text: str | None) -> bool:
        """Whether the text names the person."""
        if not text:
            return False
        return self._pattern.search(text) is not None or any(self._spelled_otherwise(text))

    def are_a_cell_of(self, text: str | None) -> bool:
        """Whether one of their shortest keys is a cell of the text: a score may be one as well."""
        return bool(text) and self._cells.search(text or "") is not None

    def without(self, text: str, instead: str) -> str:
        """The text with something else in place of each name."""
        for start, end in reversed(list(self._spelled_otherwise(text))):
            text = text[:start] + instead + text[end:]
        return self._pattern.sub(lambda found: _replaced(found, instead), text)

    def _spelled_otherwise(self, text: str) -> Iterable[tuple[int, int]]:
        """Where a mail is theirs by another spelling: a domain in Punycode, a letter in two."""
        return mails_in(text, self._mails) if self._mails else ()


def _replaced(found: re.Match[str], instead: str) -> str:
    """Something else after the word that named somebody; JSON stays JSON."""
    key = found.groupdict().get("key") or ""
    is_bare = '"' in key and not key.rstrip("[ ").endswith(('"', "'"))
    return key + (json.dumps(instead) if is_bare else instead)


def _short(identities: Iterable[str]) -> list[str]:
    values = (one.partition(":")[2] for one in identities)
    return sorted({value for value in values if 0 < len(value) < _SHORTEST})


def _patterns(identity: str) -> list[str]:
    prefix, colon, value = identity.partition(":")
    whole = _BEFORE + _spelled(identity) + _AFTER
    if not colon or not value:
        return [whole]
    if prefix == "phone":
        digits = re.sub(r"\D", "", value)[-_PHONE_DIGITS:]
        return (
            [whole, "0?" + _GAP.join(digits) + r"(?!\d)"] if len(digits) >= _SHORTEST else [whole]
        )
    if prefix == "card" and len(value) >= _SHORTEST:
        return [whole, rf"(?<!\w){_GAP.join(map(_spelled, value))}(?!\w)"]
    if "@" in value:
        return [rf"(?:(?<![\w.+\-])|(?<=%[0-9A-Fa-f]{{2}}))(?i:{_spelled(value)}){_END}"]
    return [whole, _BEFORE + _spelled(value) + _AFTER] if len(value) >= _SHORTEST else [whole]


def _spelled(value: str) -> str:
    """A pattern of the value as it is, in a URL or in escaped JSON."""
    return "".join(one if one.isalnum() and one.isascii() else _sign(one) for one in value)


def _sign(one: str) -> str:
    in_url = "".join(f"%{byte:02x}" for byte in one.encode())
    escaped = "".join(rf"\\u{unit:04x}" for unit in _utf16(one))
    as_is = re.escape(one)
    in_json = rf"\\{as_is}|" if one in _ESCAPED else ""
    return f"(?:{in_json}{as_is}|(?i:{in_url}|{escaped}))"


def _utf16(one: str) -> list[int]:
    words = one.encode("utf-16-be", "surrogatepass")
    return [int.from_bytes(words[at : at + 2], "big") for at in range(0, len(words), 2)]
