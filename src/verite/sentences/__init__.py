"""A result, or an error, said in one French or English sentence."""

from verite.sentences.explain import explain, explain_note
from verite.sentences.reading import how_to_read
from verite.sentences.say import say

__all__ = ["explain", "explain_note", "how_to_read", "say"]
