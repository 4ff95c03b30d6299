"""What pictures of moments say: axes, corners, titles of marks, names of outcomes."""

from __future__ import annotations

from collections.abc import Mapping

from verite.sentences.catalogue import filled, text
from verite.sentences.names import metric_name


def drawn_words(key: str, lang: str, fields: Mapping[str, str] | None = None) -> str:
    """A text of a picture of moments, filled.

    >>> drawn_words("corner.keep", "fr")
    'à préserver'
    """
    template = text("moments_drawn", key, lang)
    return key if template is None else filled(template, fields or {})


def outcome_name(outcome: str, lang: str) -> str:
    """The name of what moments move; a rating of the company's own is made readable.

    >>> outcome_name("churn", "fr"), outcome_name("box_ease", "en")
    ('Clients gardés', 'box ease')
    """
    return text("moments_drawn", f"outcome.{outcome}", lang) or metric_name(outcome, lang)
