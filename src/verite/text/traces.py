"""Traces of a person in raw text: their identities, however a file or a body spells them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_SHORTEST: Final = 3  # a shorter key stands for too many other things: only with its prefix
_PHONE_DIGITS: Final = 9  # the last ones are the same with or without the country
_ESCAPED: Final = '"\\/'  # by JSON, or by some who write it
_GAP: Final = r"(?:[\s.\-()/]|%20|\\u00a0)*"
_BEFORE: Final = r"""(?:^|(?<=[\s,;|"'{}\[\]()<>=:]))"""
_AFTER: Final = r"""(?=$|[\s,;|"'{}\[\]()<>&:])"""
# Not inside a longer address; but a file may be called after one.
_FILES: Final = r"(?i:csv|tsv|txt|jsonl?|xlsx?|parquet|xml|xes|gz|zip|pdf|eml|log)\b"
_END: Final = rf"(?![\w\-]|\.(?!{_FILES})\w)"


class Traces:
    r"""Tells whether a text holds one of some identities.

    >>> marie = Traces(["email:marie@example.org", "phone:+33612345678", "user:4071"])
    >>> marie.are_in('{"to": "Marie%40example.org"}'), marie.are_in("rappel au 06 12 34 56 78")
    (True, True)
    >>> marie.are_in("4071;2026-01-05"), marie.are_in("140712"), marie.are_in("a4071@example.org")
    (True, False, False)
    """

    def __init__(self, identities: Iterable[str]) -> None:
        self.identities = tuple(sorted(set(identities)))
        patterns = [pattern for one in self.identities for pattern in _patterns(one)]
        self._pattern = re.compile("|".join(patterns) or r"(?!)", re.MULTILINE)

    def are_in(self, text: str | None) -> bool:
        """Whether the text names the person."""
        return bool(text) and self._pattern.search(text or "") is not None

    def without(self, text: str, instead: str) -> str:
        """The text with something else in place of each name."""
        return self._pattern.sub(lambda _: instead, text)


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
