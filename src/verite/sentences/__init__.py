"""A result, or an error, said in one French or English sentence."""

from verite.sentences.explain import explain
from verite.sentences.say import say

__all__ = ["explain", "say"]
