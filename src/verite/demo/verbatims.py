"""What customers write: by touchpoint and feeling, with typos, text-message style, irony."""

from __future__ import annotations

import tomllib
import unicodedata
from dataclasses import dataclass
from importlib.resources import files
from typing import Final

import numpy as np

from verite.demo.clock import Ints
from verite.demo.people import People
from verite.demo.rows import Rows
from verite.demo.vocabulary import TECHNICAL, VALUES, code

Phrases = dict[str, list[str]]
Grammar = dict[str, Phrases]
FEELINGS: Final = ("bad", "mixed", "good")
_IRONIC: Final = 0.07
_SLOTS: Final = {
    "{wait}": ["10 min", "20 minutes", "une demi-heure", "40 min", "trois quarts d’heure", "1 h",
               "25 min", "35 minutes", "une heure"],
    "{days}": ["2", "3", "4", "5", "8", "10", "12", "15", "21"],
    "{times}": ["deuxième", "troisième", "quatrième", "énième"],
    "{count}": ["deux", "trois", "quatre", "cinq", "3", "4"],
    "{minutes}": ["10", "20", "30", "40", "45"],
    "{clock}": ["11 pm", "2 am", "midnight", "6 am"],
    "{euros}": ["19", "29,99", "36,99", "45", "59", "72,50", "89", "120"],
    "{who}": ["Amélie", "Karim", "Léa", "Julien", "Nadia", "Yann", "Sophie", "Thomas"],
    "{hour}": ["23 h", "2 h du matin", "minuit", "6 h", "5 h du matin"],
}  # fmt: skip
_BRIEFLY: Final = (
    ("j'ai", "g"), ("c'est", "c"), ("qu'on", "kon"), ("beaucoup", "bcp"), ("toujours", "tjs"),
    ("vous", "vs"), ("pour", "pr"), ("probleme", "pb"), ("rien", "ri1"), ("quand", "qd"),
    ("avec", "avc"), ("jamais", "jms"), ("service client", "sc"), (" pas ", " pa "),
    (" que ", " ke "), ("quelqu'un", "qqn"), ("merci", "mci"), ("aujourd'hui", "ajd"),
)  # fmt: skip


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
    feeling = np.where([topic.startswith("ask_") for topic in topics], feeling.clip(0, 1), feeling)
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
    """A sentence or three: an opening, one or two things said, an ending, in somebody's style."""
    if feeling == "bad" and rng.random() < _IRONIC:
        return _styled(rng, _filled(rng, _one(rng, grammar["irony"]["bad"])))
    if topic.startswith("@"):
        return _styled(rng, _filled(rng, _posted(rng, grammar, topic[1:], feeling)))
    said = grammar.get(topic, grammar["brand"])[feeling]
    parts = [_one(rng, said)]
    if len(said) > 2 and rng.random() < 0.35:
        parts.append(_one(rng, [other for other in said if other != parts[0]]))
    tone = "ask" if feeling == "mixed" and topic.startswith("ask_") else feeling
    if rng.random() < 0.4:
        parts.insert(0, _one(rng, grammar["opening"][tone]))
    if rng.random() < 0.4:
        parts.append(_one(rng, grammar["ending"][tone]))
    return _styled(rng, _filled(rng, _capitals(parts)))


def _posted(rng: np.random.Generator, grammar: Grammar, motive: str, feeling: str) -> str:
    """A public message: praise, or the question of the day, sometimes with a parting shot."""
    if feeling == "good" or f"ask_{motive}" not in grammar or rng.random() < 0.2:
        return "@Clairvoie " + _one(rng, grammar.get("social", grammar["brand"])[feeling])
    text = "@Clairvoie " + _one(rng, grammar[f"ask_{motive}"][feeling])
    return f"{text} {_one(rng, grammar['ending']['ask'])}" if rng.random() < 0.45 else text


def _one(rng: np.random.Generator, choices: list[str]) -> str:
    return choices[int(rng.integers(0, len(choices)))]


def _capitals(parts: list[str]) -> str:
    """Joined, each sentence with its capital."""
    text = parts[0][0].upper() + parts[0][1:]
    for part in parts[1:]:
        starts = text.endswith((".", "!", "?", "…"))
        text += " " + (part[0].upper() + part[1:] if starts else part)
    return text


def _filled(rng: np.random.Generator, text: str) -> str:
    for slot, choices in _SLOTS.items():
        if slot in text:
            text = text.replace(slot, _one(rng, choices))
    return text


def _styled(rng: np.random.Generator, text: str) -> str:
    """One writer in three is no typist: no accents, text messages, slips of the finger, shouts."""
    style = rng.random()
    if style < 0.10:
        return _bare(text).lower().rstrip(".")
    if style < 0.18:
        return _as_text_message(text)
    if style < 0.30:
        return _with_slip(rng, text)
    return text.upper() if style < 0.32 else text


def _bare(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.replace("’", "'"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _as_text_message(text: str) -> str:
    short = _bare(text).lower()
    for long, brief in _BRIEFLY:
        short = short.replace(long, brief)
    return short.rstrip(".")


def _with_slip(rng: np.random.Generator, text: str) -> str:
    """Two letters swapped, one doubled, or one left out."""
    place = int(rng.integers(1, len(text) - 2))
    slip = int(rng.integers(0, 3))
    before, here, after = text[:place], text[place : place + 2], text[place + 2 :]
    return before + (here[::-1], here[0] + here, here[1:])[slip] + after


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
    names, motives = (*VALUES["touchpoint"], "brand"), (*VALUES["motive"], "")
    asks = lived.whole("kind")[wants] == code("kind", "contact")
    return [
        _topic(names[touchpoint], motives[motive], bool(ask))
        for touchpoint, motive, ask in zip(
            lived.whole("touchpoint")[wants], lived.whole("motive")[wants], asks, strict=True
        )
    ]


def _topic(touchpoint: str, motive: str, asks: bool) -> str:
    """Who asks for help speaks of the motive, a complaint of its cause, the rest of the place."""
    if asks:
        return f"ask_{motive}" if touchpoint != "social" else f"@{motive}"
    technical = motive in TECHNICAL or motive.startswith(("installation", "outage"))
    return "complaint_technical" if touchpoint == "complaint" and technical else touchpoint
