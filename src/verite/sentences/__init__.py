"""A result, or an error, said in one French or English sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verite.sentences.explain import explain, explain_note
from verite.sentences.say import say

if TYPE_CHECKING:
    from verite.sentences.reading import how_to_read

__all__ = ["explain", "explain_note", "how_to_read", "say"]


def __getattr__(name: str) -> object:
    """Imported when asked for: pictures are read less often than sentences are said."""
    if name == "how_to_read":
        from verite.sentences.reading import how_to_read

        return how_to_read
    raise AttributeError(name)
