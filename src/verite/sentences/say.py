"""One true sentence for each result."""

from __future__ import annotations


def say(result: object, lang: str) -> str:
    """What the result found, how much, how sure, over what."""
    return ""
