"""What became of a delivery, in words: the same on the page and in the terminal."""

from __future__ import annotations

from verite.sentences.catalogue import text


def kind_told(kind: str, lang: str) -> str:
    """What was sent.

    >>> kind_told("alert.raised", "en"), kind_told("test", "fr")
    ('alert', 'essai')
    """
    key = {"test": "test", "promise.drifts": "promise"}.get(kind, "alert")
    return text("deliveries", f"kind_{key}", lang) or kind


def state_told(state: str, lang: str) -> str:
    """Where it stands.

    >>> state_told("sent", "en")
    'received'
    """
    return text("deliveries", f"state_{state}", lang) or state


def why_told(code: str, lang: str) -> str:
    """Why it failed, or why a target was turned off.

    >>> why_told("outgoing_private", "en"), why_told("new_reason", "en")
    ('private address refused', 'new reason')
    """
    return text("deliveries", f"why_{code}", lang) or code.replace("_", " ")
