"""The public face: a home joins ledger, loop and records, and answers questions."""

from verite.home.home import Home

__all__ = ["Home"]
