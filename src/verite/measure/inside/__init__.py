"""What comes from inside the house: values that staff know, and the same answer everywhere."""

from __future__ import annotations

from verite.measure.inside.answers import contacts_of, same_answers
from verite.measure.inside.settings import (
    AnswersSettings,
    ValuesSettings,
    read_answers_settings,
    read_values_settings,
)
from verite.measure.inside.values import know_values

__all__ = [
    "AnswersSettings",
    "ValuesSettings",
    "contacts_of",
    "know_values",
    "read_answers_settings",
    "read_values_settings",
    "same_answers",
]
