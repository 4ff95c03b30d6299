"""Small numbers in letters, as titles have them."""

from __future__ import annotations

from typing import Final

from verite.sentences.numbers import number
from verite.web.language import language
from verite.web.wording import say

IN_LETTERS: Final = 9


def in_letters(count: int) -> str:
    """`Trois` for 3, to open a sentence; figures from ten on."""
    if 1 < count <= IN_LETTERS:
        return say(f"layout.many_{count}")
    return number(count, language())
