"""What customers write: composed by touchpoint and feeling, with typos, text-message style, irony."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Final

import numpy as np

from verite.demo.clock import Ints
from verite.demo.people import People
from verite.demo.rows import Rows
from verite.demo.vocabulary import VALUES, code

Phrases = dict[str, list[str]]
Grammar = dict[str, Phrases]
FEELINGS: Final = ("bad", "mixed", "good")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The texts, and for each row of the year the place of its text (-1: none), its language."""

    texts: tuple[str, ...]
    place: Ints
    language: Ints


def write_words(rng: np.random.Generator, people: People, lived: Rows) -> Words:
    """A text for each row that wants one."""
    wants = np.flatnonzero(lived.whole("text") == 1)
    grammar = _grammar()
    english = people.speaks_english[lived.person[wants]]
    feeling = _feelings(lived, wants)
    topics = _topics(lived, wants)
    texts = tuple(
        _compose(rng, grammar["en" if foreign else "fr"], str(topic), FEELINGS[tone])
        for foreign, tone, topic in zip(english, feeling, topics, strict=True)
    )
    place = np.full(len(lived), -1, dtype=np.int64)
    place[wants] = np.arange(len(wants))
    language = np.full(len(lived), -1, dtype=np.int64)
    language[wants] = np.where(english, code("language", "en"), code("language", "fr"))
    return Words(texts=texts, place=place, language=language)


def _compose(rng: np.random.Generator, grammar: Grammar, topic: str, feeling: str) -> str:
    return ""


def _grammar() -> dict[str, Grammar]:
    text = files("verite.demo").joinpath("verbatims.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _feelings(lived: Rows, wants: Ints) -> Ints:
    """0 bad, 1 mixed, 2 good: from the score when there is one, else from what was felt."""
    score = lived.real("score")[wants]
    low = lived.real("scale_min")[wants]
    high = lived.real("scale_max")[wants]
    share = (score - low) / (high - low)
    valence = lived.real("valence")[wants]
    level = np.where(np.isnan(share), (valence + 1) / 2, share)
    return np.select([level < 0.55, level < 0.76], [0, 1], 2).astype(np.int64)


def _topics(lived: Rows, wants: Ints) -> list[str]:
    names = (*VALUES["touchpoint"], "brand")
    motives = (*VALUES["motive"], "")
    touchpoint = lived.whole("touchpoint")[wants]
    motive = lived.whole("motive")[wants]
    return [_topic(names[t], motives[m]) for t, m in zip(touchpoint, motive, strict=True)]


def _topic(touchpoint: str, motive: str) -> str:
    return touchpoint
