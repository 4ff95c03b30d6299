"""The words around a picture: what it found, how to read it, what it was read from."""

from __future__ import annotations

from dataclasses import dataclass

from verite.sentences.reading import how_to_read, source_line
from verite.sentences.say import say


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption:
    """On a page these lines belong to the page; a picture on its own bears them itself."""

    finding: str
    reading: str = ""
    source: str = ""


def caption(result: object, lang: str) -> Caption:
    """The words around the picture of a result."""
    return Caption(
        finding=say(result, lang),
        reading=how_to_read(result, lang),
        source=source_line(result, lang),
    )
