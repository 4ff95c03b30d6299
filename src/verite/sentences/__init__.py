"""A result, or an error, said in one French or English sentence."""

from verite.sentences.explain import explain, explain_note
from verite.sentences.say import say

__all__ = ["explain", "explain_note", "say"]
