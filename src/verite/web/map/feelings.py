"""The feeling of each stage as the map page prints it: its mean, and its peaks."""

from __future__ import annotations

from dataclasses import dataclass

from verite.sentences.numbers import interval, number, value
from verite.web.language import language
from verite.words.estimate import Estimate, Status
from verite.words.journey import JourneyPicture


@dataclass(frozen=True, slots=True, kw_only=True)
class Felt:
    """A feeling and its interval."""

    value: str
    interval: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StageLine:
    """A stage: mean, worst and best feeling, of how many people and answers."""

    name: str
    mean: Felt
    worst: Felt
    best: Felt
    people: str
    answers: str


def told_stages(picture: JourneyPicture) -> tuple[StageLine, ...]:
    """The stages where somebody answered, in order."""
    lang = language()
    names = {stage.key: dict(stage.names).get(lang) or stage.key for stage in picture.design.stages}
    return tuple(
        StageLine(
            name=names[one.stage],
            mean=_felt(one.feeling),
            worst=_felt(one.worst),
            best=_felt(one.best),
            people="" if one.feeling.people is None else number(one.feeling.people, lang),
            answers="" if one.feeling.n is None else number(one.feeling.n, lang),
        )
        for one in picture.feelings
        if one.feeling.status is not Status.UNKNOWN
    )


def _felt(found: Estimate | None) -> Felt:
    if found is None:
        return Felt(value="", interval="")
    lang = language()
    return Felt(value=value(found, lang), interval=interval(found, lang))
