"""Experience and loyalty: dissonance, customers kept, cost, making up, service apart, strengths."""

from verite.measure.experience.asking import study_experience
from verite.measure.experience.reading import Reading
from verite.measure.experience.settings import ExperienceSettings, read_experience_settings

__all__ = ["ExperienceSettings", "Reading", "read_experience_settings", "study_experience"]
