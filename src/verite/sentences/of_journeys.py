"""Sentences of journeys: lived, laid on a design, and planned against lived."""

from __future__ import annotations

from verite.sentences.catalogue import phrase
from verite.sentences.names import name_in, touchpoint_name
from verite.sentences.numbers import count, number, share
from verite.sentences.telling import apart, over, told
from verite.sentences.typography import known
from verite.words.estimate import Status
from verite.words.journey import (
    Conformance,
    DesignedMap,
    JourneyPicture,
    LivedMap,
    StageFeeling,
)


def say_lived(lived: LivedMap, lang: str) -> str:
    """Who and how many, and the most frequent passage."""
    window = over(lived.about, lang)
    if not lived.interactions:
        return phrase("lived.none", lang, {"over": window})
    moves = [edge for edge in lived.edges if edge.source != edge.target]
    most = ""
    if moves:
        edge = max(moves, key=lambda edge: edge.count)
        most = phrase("lived.most", lang, {
            "source": touchpoint_name(edge.source), "target": touchpoint_name(edge.target),
            "count": number(edge.count, lang),
        })  # fmt: skip
    return phrase("lived.some", lang, {**_counts(lived, lang), "over": window, "most": most})


def say_journey(picture: JourneyPicture, lang: str) -> str:
    """The stage that feels worst and the one that feels best, when they can be told apart."""
    fields = {**_counts(picture.lived, lang), "over": over(picture.about, lang)}
    felt = [found for found in picture.feelings if found.feeling.status is Status.OK]
    if not picture.lived.interactions:
        return phrase("lived.none", lang, fields)
    if len(felt) < 2:
        return phrase("journeys.unfelt", lang, fields)
    low = min(felt, key=lambda found: found.feeling.value or 0.0)
    high = max(felt, key=lambda found: found.feeling.value or 0.0)
    if not apart(low.feeling, high.feeling):
        return phrase("journeys.alike", lang, fields)
    for end, found in (("low", low), ("high", high)):
        fields[end] = _stage_name(picture.design, found, lang)
        fields[f"{end}_told"] = told(found.feeling, lang)
    return phrase("journeys.apart", lang, fields)


def say_conformance(conformance: Conformance, lang: str) -> str:
    """How much of what is lived the design describes, and the most frequent departure."""
    design = touchpoint_name(conformance.design.key, conformance.design.names, lang)
    if conformance.fitness is None or not conformance.cases:
        return phrase("conforming.none", lang, {"design": design})
    most = ""
    if conformance.deviations:
        deviation = max(conformance.deviations, key=lambda deviation: deviation.count)
        names = {point.key: point.names for point in conformance.design.touchpoints}
        key = deviation.touchpoint
        most = phrase("conforming.most", lang, {
            "touchpoint": touchpoint_name(key, names.get(key, ()), lang),
            "kind": name_in("deviation", deviation.kind, lang),
            "count": count(deviation.count, "journey", lang),
        })  # fmt: skip
    return phrase("conforming.some", lang, {
        "design": design, "fitness": share(conformance.fitness, lang),
        "fitting": number(conformance.fitting_cases, lang),
        "cases": count(conformance.cases, "journey", lang), "most": most,
    })  # fmt: skip


def _counts(lived: LivedMap, lang: str) -> dict[str, str]:
    return {
        "people": count(lived.people, "person", lang),
        "interactions": count(lived.interactions, "interaction", lang),
        "touchpoints": count(len(lived.nodes), "touchpoint", lang),
    }


def _stage_name(design: DesignedMap, found: StageFeeling, lang: str) -> str:
    names = {stage.key: dict(stage.names) for stage in design.stages}.get(found.stage, {})
    return names.get(known(lang)) or next(iter(names.values()), found.stage)
