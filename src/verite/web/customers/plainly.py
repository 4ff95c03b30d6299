"""Page texts as plain text: they are joined and pasted, and escaped once, by the template."""

from __future__ import annotations

from html import unescape

from verite.web.wording import page_texts, say


def plain_say(key: str, /, **fields: object) -> str:
    """A page text with nothing escaped; never mark it safe."""
    return unescape(say(key, **fields))


def known_say(key: str, /, **fields: object) -> str:
    """The text of a code that may have none: then nothing."""
    return plain_say(key, **fields) if key in page_texts() else ""
