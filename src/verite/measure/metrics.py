"""Every metric: where it is read from, its unit, which way is good, its companions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from verite.measure import cases, contacts, customers, scores, visits
from verite.measure.evidence import Kind, Shape
from verite.measure.samples import Sample
from verite.measure.scores import Branch
from verite.measure.study import Question
from verite.words.estimate import Better, Unit

Read = Callable[[Question], Sample]
UP: Final = Kind(Unit.PERCENT, Better.HIGHER)
DOWN: Final = Kind(Unit.PERCENT, Better.LOWER)
SECONDS: Final = Kind(Unit.SECONDS, Better.LOWER)


@dataclass(frozen=True, slots=True)
class Followed:
    """A metric read off the timeline, because it depends on what came before or after a row."""

    kind: Kind
    shape: Shape
    sample: Read
    filters_itself: bool = False


@dataclass(frozen=True, slots=True)
class Beside:
    """A companion: the same rows read otherwise (no sample), or rows of its own."""

    name: str
    kind: Kind
    shape: Shape
    sample: Read | None = None


# Counted by the engine: the order of interactions plays no part.
COUNTED: Final[dict[str, Callable[[Question], tuple[Branch, ...]]]] = {
    "nps": scores.nps,
    "csat": scores.csat,
    "csat_mean": scores.csat_mean,
    "ces": scores.ces,
    "ces_mean": scores.ces_mean,
    "wait": contacts.wait,
    "answered": contacts.answered,
}

FOLLOWED: Final[dict[str, Followed]] = {
    "service_level": Followed(UP, Shape.SHARE, contacts.service_level),
    "handling_time": Followed(SECONDS, Shape.MEAN, contacts.handling_time),
    "resolution": Followed(SECONDS, Shape.SURVIVAL, cases.resolution),
    "fcr": Followed(UP, Shape.SHARE, contacts.fcr),
    "abandonment": Followed(DOWN, Shape.SHARE, contacts.abandonment),
    "bounce": Followed(DOWN, Shape.SHARE, visits.bounce),
    "conversion": Followed(UP, Shape.SHARE, visits.conversion),
    "retention": Followed(UP, Shape.SHARE, customers.retention, filters_itself=True),
    "repeat": Followed(DOWN, Shape.SHARE, contacts.repeat),
}

METRICS: Final[tuple[str, ...]] = (*COUNTED, *FOLLOWED)

BESIDE: Final[dict[str, tuple[Beside, ...]]] = {
    "wait": (
        Beside("p90", SECONDS, Shape.P90),
        Beside("mean", SECONDS, Shape.MEAN),
        Beside("journey", SECONDS, Shape.MEDIAN, contacts.journey_wait),
    ),
    "handling_time": (Beside("median", SECONDS, Shape.MEDIAN),),
    "resolution": (
        Beside("mean", SECONDS, Shape.MEAN),
        Beside("open", DOWN, Shape.SHARE),
        Beside("bot", SECONDS, Shape.MEDIAN, cases.bot_time),
    ),
    "abandonment": (Beside("short", DOWN, Shape.SHARE, contacts.short_abandonment),),
    "retention": (Beside("left_otherwise", DOWN, Shape.SHARE, customers.left_otherwise),),
}


def kind_of(metric: str) -> Kind:
    """The unit of a metric and which way is good; a rating of one's own is a score, high is good.

    >>> kind_of("bounce").better.value, kind_of("wifi").unit.value
    ('lower', 'score')
    """
    if metric in FOLLOWED:
        return FOLLOWED[metric].kind
    if metric == "nps":
        return Kind(Unit.NPS, Better.HIGHER)
    if metric == "wait":
        return SECONDS
    return UP if metric in {"csat", "ces", "answered"} else scores.SCORE
