"""Surveys: who is asked, who answers, what they say; relational and after a contact apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from verite.demo.clock import DAY_S, YEAR_S, Floats, Ints, Mask, day_of, office_hours
from verite.demo.loyalty import feeling_at
from verite.demo.people import People
from verite.demo.planted import PLANTED
from verite.demo.rows import Rows, keep, rows
from verite.demo.vocabulary import VALUES, code

WAVES: Final = (date(2026, 1, 12), date(2026, 4, 14), date(2026, 7, 15), date(2026, 10, 15))
ANSWER_SHARE: Final = 0.125
_WAVE_SHARE: Final = 0.6
_REST_DAYS: Final = 30
# Chance to be asked after a contact of each touchpoint.
_ASKED: Final[Mapping[str, float]] = {
    "phone_agent": 0.45, "chat": 0.5, "help_email": 0.45, "shop_help": 0.45, "social": 0.3,
    "network_transfer": 0.8, "installation": 0.95, "technician_visit": 0.8, "complaint": 0.9,
    "payment": 0.3, "shop_contract": 0.6, "delivery": 0.2, "renewal": 0.4,
}  # fmt: skip
_RARE: Final = (PLANTED.friction, PLANTED.delight, PLANTED.disproportionate)
_EFFORT: Final = ("phone_agent", "chat", "help_email", "shop_help", "network_transfer", "complaint")
_KEPT: Final = (
    "touchpoint", "channel", "case_kind", "case", "motive", "agent", "team", "site",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question as asked: the metric, its scale and direction."""

    metric: str
    low: int
    high: int
    polarity: str = "good_high"


NPS: Final = Question(metric="nps", low=0, high=10)
CSAT: Final = Question(metric="csat", low=1, high=5)
CES: Final = Question(metric="ces", low=1, high=5, polarity="good_low")


def relational(rng: np.random.Generator, people: People, lived: Rows, left_at: Ints) -> list[Rows]:
    """Four waves by e-mail; the answer follows `Answering`."""
    parts = []
    for wave in WAVES:
        day = day_of(wave)
        here = (left_at > day * DAY_S) & (people.joined + 30 < day)
        here[people.golden] = False
        who = np.flatnonzero(here & (rng.random(len(people)) < _WAVE_SHARE))
        asked = office_hours(rng, day + rng.integers(0, 3, len(who)))
        parts.append(_invitation(who, asked, "survey_relational"))
        answers = rng.random(len(who)) < ANSWER_SHARE * people.answers[who]
        who, t = who[answers], asked[answers] + rng.integers(600, 4 * DAY_S, answers.sum())
        law = PLANTED.answering
        score = (
            law.level + law.feeling * feeling_at(lived, who, t) + law.temper * people.temper[who]
        )
        score += law.noise * rng.standard_normal(len(who))
        words = np.where(rng.random(len(who)) < 0.5, 1, -1)
        parts.append(rows(who, t, {**_score(NPS, score), "channel": "email", "text": words}))
    return parts


def after_contacts(rng: np.random.Generator, people: People, lived: Rows) -> list[Rows]:
    """One invitation a month at most; CSAT always, CES after help, NPS once in three."""
    asked = _to_ask(rng, people, lived)
    ended = asked.t + _lasted(asked)
    t = ended + rng.integers(1800, 20 * 3600, len(asked))
    parts = [_invitation(asked.person, t, "survey_contact")]
    moved = np.abs(asked.real("valence") - 0.2)
    chance = ANSWER_SHARE * people.answers[asked.person] * (0.85 + 0.45 * moved)
    answers = rng.random(len(asked)) < chance
    told = keep(asked, answers)
    t = t[answers] + rng.integers(300, 2 * DAY_S, len(told))
    valence = told.real("valence")
    tilt = 0.3 * people.temper[told.person]
    noise = rng.normal(0, 0.5, (3, len(told)))
    words = np.where(rng.random(len(told)) < 0.58, 1, -1)
    parts.append(_answers(told, t, _score(CSAT, 3.45 + 1.75 * valence + tilt + noise[0]), words))
    effort = np.isin(told.columns["touchpoint"], [code("touchpoint", k) for k in _EFFORT])
    effort &= rng.random(len(told)) < 0.65
    ease = _score(CES, 2.75 - 1.5 * valence - tilt + noise[1])
    parts.append(keep(_answers(told, t + 20, ease, np.full(len(told), -1)), effort))
    third = rng.random(len(told)) < 0.4
    score = 6.9 + 3.1 * valence + 1.6 * tilt + 2 * noise[2]
    parts.append(keep(_answers(told, t + 40, _score(NPS, score), np.full(len(told), -1)), third))
    return parts


def ratings(rng: np.random.Generator, people: People, lived: Rows) -> list[Rows]:
    """Public reviews of those who feel strongly, and stars given to the Wi-Fi in the app."""
    n = len(people)
    who = rng.choice(n - 1, int(n * 0.3))
    t = rng.integers(20 * DAY_S, YEAR_S, len(who))
    feeling = feeling_at(lived, who, t)
    writes = rng.random(len(who)) < 0.06 + 0.35 * np.minimum(np.abs(feeling - 0.15), 1.2)
    writes &= people.joined[who] + 20 < t // DAY_S
    who, t, feeling = who[writes], t[writes], feeling[writes]
    stars = Question(metric="overall", low=1, high=5)
    review = rows(who, t, {
        **_score(stars, 3.6 + 1.3 * feeling + rng.normal(0, 0.9, len(who))), "channel": "review",
        "touchpoint": "online_reviews", "identity": "social", "source": "reviews",
        "text": 1})  # fmt: skip
    app = keep(
        lived,
        (lived.whole("touchpoint") == code("touchpoint", "app_use"))
        & (lived.person != people.golden),
    )
    app = keep(app, rng.random(len(app)) < 0.012)
    wifi = Question(metric="wifi", low=1, high=5)
    given = rows(app.person, app.t + 60, {
        **_score(wifi, 3.7 + rng.normal(0, 1.0, len(app))), "channel": "app",
        "touchpoint": "app_use", "identity": "user", "source": "app"})  # fmt: skip
    return [keep(review, review.t < YEAR_S), given]


def _score(question: Question, score: Floats) -> dict[str, Floats | str | int]:
    return {
        "kind": "feedback",
        "direction": "inbound",
        "metric": question.metric,
        "score": np.clip(np.rint(score), question.low, question.high),
        "scale_min": question.low,
        "scale_max": question.high,
        "polarity": question.polarity,
        "identity": "email",
        "source": "surveys",
    }


def _invitation(who: Ints, t: Ints, touchpoint: str) -> Rows:
    return rows(who, t, {
        "channel": "email", "touchpoint": touchpoint, "kind": "exposure", "identity": "email",
        "direction": "outbound", "source": "surveys"})  # fmt: skip


def _answers(told: Rows, t: Ints, score: dict[str, Floats | str | int], words: Ints) -> Rows:
    kept = {name: told.get(name) for name in _KEPT}
    return rows(told.person, t, {**kept, **score, "text": words})


def _lasted(asked: Rows) -> Ints:
    wait = np.nan_to_num(asked.real("wait_s"))
    return (wait + np.nan_to_num(asked.real("duration_s"))).astype(np.int64)


def _to_ask(rng: np.random.Generator, people: People, lived: Rows) -> Rows:
    chance = np.array([_ASKED.get(name, 0.0) for name in VALUES["touchpoint"]] + [0.0])
    asked = rng.random(len(lived)) < chance[lived.whole("touchpoint")]
    asked &= (lived.person >= 0) & (lived.person != people.golden)
    asked &= ~np.isnan(lived.real("valence"))
    asked &= lived.whole("outcome") != code("outcome", "abandoned")
    wanted = [code("kind", k) for k in ("contact", "handover", "purchase", "delivery", "complaint")]
    asked &= np.isin(lived.whole("kind"), wanted) & (
        lived.whole("channel") != code("channel", "bot")
    )
    asked &= lived.t < YEAR_S - 3 * DAY_S
    asked &= (lived.whole("kind") != code("kind", "contact")) | (lived.whole("direction") == 0)
    return keep(lived, _rested(lived, asked))


def _rested(lived: Rows, asked: Mask) -> Mask:
    """Of those to be asked, those left in peace for a month; rare moments rest among themselves."""
    rare = np.isin(lived.whole("touchpoint"), [code("touchpoint", name) for name in _RARE])
    return _spaced(lived, asked & rare) | _spaced(lived, asked & ~rare)


def _spaced(lived: Rows, asked: Mask) -> Mask:
    spaced = np.zeros(len(lived), dtype=np.bool_)
    last: dict[int, int] = {}
    for place in np.flatnonzero(asked).tolist():
        person, t = int(lived.person[place]), int(lived.t[place])
        if t - last.get(person, -YEAR_S) >= _REST_DAYS * DAY_S:
            spaced[place] = True
            last[person] = t
    return spaced
