"""Visits of the site: how people come, page after page, and where they leave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from verite.demo.clock import Ints, draw_times
from verite.demo.people import People
from verite.demo.rows import Given, Rows, rows
from verite.demo.vocabulary import code

PAGES: Final = ("site_home", "site_offers", "eligibility_check", "basket", "payment")
_GOES_ON: Final = (0.28, 0.60, 0.46, 0.34)  # prospects who pass from one page to the next
_HASTY: Final = 0.88  # of the visits of one page, those that last less than ten seconds
# How people come, and the channel of each way.
_WAYS: Final = {
    "online_ad": ("web", 0.38),
    "web_search": ("web", 0.34),
    "social": ("social", 0.14),
    "online_reviews": ("review", 0.11),
    "word_of_mouth": ("other", 0.03),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sessions:
    """Visits about to happen: who (-1 a prospect), when, under which cookie, first to last page."""

    person: Ints
    t: Ints
    cookie: Ints
    session: Ints
    entry: Ints
    last: Ints


def prospects(rng: np.random.Generator, people: People) -> tuple[Rows, ...]:
    """Visitors who never become customers: they look around, most leave on the first page."""
    n = int(len(people) * 0.62)
    entry = np.where(rng.random(n) < 0.72, 0, 1)
    last = entry.copy()
    for page, goes_on in enumerate(_GOES_ON):
        last = np.where((last == page) & (rng.random(n) < goes_on), page + 1, last)
    visits = Sessions(
        person=np.full(n, -1, dtype=np.int64),
        t=draw_times(rng, n),
        cookie=len(people) + rng.integers(0, max(1, int(n * 0.8)), n),
        session=len(people) * 4 + np.arange(n),
        entry=entry,
        last=last,
    )
    came = np.flatnonzero(rng.random(n) < 0.22)
    before = visits.t[came] - rng.integers(20, 400, len(came))
    return come(rng, visits.person[came], before, visits.cookie[came]), *see_pages(rng, visits)


def come(rng: np.random.Generator, person: Ints, t: Ints, cookie: Ints) -> Rows:
    """What made people come: an advert, a search, a friend."""
    way = rng.choice(len(_WAYS), len(t), p=[share for _, share in _WAYS.values()])
    touchpoints = np.array([code("touchpoint", key) for key in _WAYS])
    channels = np.array([code("channel", channel) for channel, _ in _WAYS.values()])
    given: dict[str, Given] = {
        "touchpoint": touchpoints[way],
        "channel": channels[way],
        "kind": "exposure",
        "identity": "anon",
        "anon": cookie,
        "source": "web",
    }
    return rows(person, t, given)


def see_pages(rng: np.random.Generator, visits: Sessions) -> list[Rows]:
    """One row per page seen, from the entry page to the last one."""
    t = visits.t.copy()
    parts = []
    for page, key in enumerate(PAGES):
        seen = np.flatnonzero((visits.entry <= page) & (page <= visits.last))
        alone = (visits.entry == visits.last)[seen]
        hasty = alone & (rng.random(len(seen)) < _HASTY)
        reads = rng.gamma(2.0, 32, len(seen)) + 10
        stay = np.where(hasty, rng.uniform(1, 9.5, len(seen)), reads)
        left = (visits.last[seen] == page) & (page >= PAGES.index("basket"))
        given: dict[str, Given] = {
            "channel": "web",
            "touchpoint": key,
            "kind": "visit",
            "direction": "inbound",
            "case_kind": "session",
            "case": visits.session[seen],
            "duration_s": np.round(stay, 1),
            "outcome": np.where(left, code("outcome", "abandoned"), -1),
            "identity": "anon",
            "anon": visits.cookie[seen],
            "source": "web",
        }
        parts.append(rows(visits.person[seen], t[seen], given))
        t[seen] += np.ceil(stay).astype(np.int64)
    return parts
