"""All the questions of one reading, in the order of the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from verite.measure.experience.appreciated import appreciated_of
from verite.measure.experience.cost import cost_of
from verite.measure.experience.dissonance import dissonance_of
from verite.measure.experience.kept import kept_of
from verite.measure.experience.making_up import makes_up
from verite.measure.experience.reading import Reading
from verite.measure.experience.service import service_apart
from verite.measure.experience.strengths import strengths_of
from verite.measure.experience.word_of_mouth import word_of_mouth
from verite.words.errors import BadInput
from verite.words.experience import Experience, Reply, Topic

QUESTIONS: Final[dict[Topic, Callable[[Reading], Reply]]] = {
    Topic.DISSONANCE: dissonance_of,
    Topic.KEPT: kept_of,
    Topic.COST: cost_of,
    Topic.MAKES_UP: makes_up,
    Topic.SERVICE: service_apart,
    Topic.STRENGTHS: strengths_of,
    Topic.APPRECIATED: appreciated_of,
    Topic.WORD_OF_MOUTH: word_of_mouth,
}
PEOPLE_LEAST: Final = 30


def study_experience(reading: Reading) -> Experience:
    """Every question answered, or the reason why it is not; refused under 30 people."""
    people = reading.runs.people
    if people < PEOPLE_LEAST:
        fields = {"people": people, "needed": PEOPLE_LEAST}
        raise BadInput("experience_few_people", fields=fields)
    return Experience(
        about=reading.about, replies=tuple(ask(reading) for ask in QUESTIONS.values())
    )
