"""Moments of truth: which touchpoints move an outcome, how much, how surely, in whose words."""

from verite.loop.moments.answers import known
from verite.loop.moments.felt import feel_fast
from verite.loop.moments.port import Reading
from verite.loop.moments.settings import MomentsSettings, read_moments_settings
from verite.loop.moments.studying import Found, study_moments

__all__ = [
    "Found",
    "MomentsSettings",
    "Reading",
    "feel_fast",
    "known",
    "read_moments_settings",
    "study_moments",
]
