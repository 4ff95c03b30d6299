"""The cards of the page: a question each, with its sentence, its picture and its table."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, cast

from verite.home import Home
from verite.sentences.numbers import number
from verite.sentences.of_experience import (
    experience_words,
    figure_name,
    figure_told,
    how_found,
    read_reply,
    say_reply,
    verdict_told,
)
from verite.sentences.zones import in_zone
from verite.web.asked import Asked
from verite.web.evidence.address import evidence_url
from verite.web.language import language
from verite.web.moments.signs import Proof, told_proof
from verite.web.pictured import Drawn, drawn
from verite.web.touchpoints.naming import Names, names_of
from verite.words.experience import Experience, Reply, Told, Topic, Verdict
from verite.words.moments import Rung

# Who stays first; the others follow as the questions stand.
ORDER: Final = (Topic.KEPT, *(topic for topic in Topic if topic is not Topic.KEPT))


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One figure, as its table prints it."""

    name: str
    value: str
    interval: str
    n: str
    verdict: str
    is_sure: bool
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One question; without figures, its sentence says what to import."""

    key: str
    title: str
    sentence: str
    reading: str
    method: str
    picture: Drawn | None
    lines: tuple[Line, ...]
    proof: Proof | None
    has_verdicts: bool
    evidence: str


def told_experience(home: Home, found: Experience, asked: Asked) -> tuple[Card, ...]:
    """The cards, in the order of the page."""
    names = names_of(home)
    design = next(iter(home.designs()), None)
    everything = replace(asked, kept=(("period", "all"),))
    cards = []
    for topic in ORDER:
        reply = cast("Reply", in_zone(found.of(topic), home.settings.zone))
        picture = drawn(reply, design=design) if reply.figures else None
        cards.append(_card(topic, reply, picture, (names, everything)))
    return tuple(cards)


def _card(topic: Topic, reply: Reply, picture: Drawn | None, on: tuple[Names, Asked]) -> Card:
    lang = language()
    lines = tuple(_line(reply, one, on) for one in reply.figures)
    rungs = [one.rung for one in reply.figures]
    lowest = min(rungs, key=lambda rung: rung.number, default=None)
    highest = max(rungs, key=lambda rung: rung.number, default=None)
    shown: Rung | None = highest if topic in (Topic.DISSONANCE, Topic.MAKES_UP) else lowest
    return Card(
        key=topic.value,
        title=experience_words(f"title.{topic.value}", lang),
        sentence=say_reply(reply, lang),
        reading=read_reply(reply, lang),
        method="" if reply.reason else how_found(reply, lang),
        picture=picture,
        lines=lines,
        proof=None if shown is None else told_proof(shown),
        has_verdicts=any(one.verdict for one in lines),
        evidence=evidence_url(on[1], metric="lost")
        if topic in (Topic.KEPT, Topic.COST) and reply.figures
        else "",
    )


def _line(reply: Reply, one: Told, on: tuple[Names, Asked]) -> Line:
    lang, names = language(), on[0]
    shown, bounds = figure_told(reply, one, lang)
    return Line(
        name=figure_name(reply, one, lang, names.name),
        value=shown,
        interval=bounds,
        n="–" if one.estimate.n is None else number(one.estimate.n, lang),
        verdict=verdict_told(reply, one, lang),
        is_sure=one.verdict not in (None, Verdict.UNDECIDED),
        evidence=_evidence(one, on[1]),
    )


def _evidence(one: Told, asked: Asked) -> str:
    """The interactions behind a figure, where it is one of a score or of a touchpoint."""
    if one.key in ("touchpoint", "signal"):
        return evidence_url(asked, touchpoint=one.name)
    if one.key in ("service", "whole") and one.name != "feeling":
        metric, _, scale = one.name.partition(" ")
        return "" if scale else evidence_url(asked, metric=metric)
    return ""
