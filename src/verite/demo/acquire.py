"""Becoming a customer: visits and a purchase on the site, or advice and a contract in a shop."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from verite.demo.clock import DAY_S, Ints
from verite.demo.people import People
from verite.demo.planted import PLANTED, WEIGHTS
from verite.demo.receive import Acquired, order_team, receive
from verite.demo.rows import Given, Rows, keep, rows
from verite.demo.visits import PAGES, Sessions, come, see_pages
from verite.demo.vocabulary import AGENTS_PER_TEAM, OFFER_EUROS, code


def acquire(rng: np.random.Generator, people: People) -> Acquired:
    """The journey of each newcomer, from the first page to the working box."""
    who = np.flatnonzero(people.joined >= 0)
    online = rng.random(len(who)) < PLANTED.anonymous_orders_share
    t = people.joined[who] * DAY_S + rng.integers(9 * 3600, 19 * 3600, len(who))
    parts = (
        *_web_orders(rng, people, who[online], t[online]),
        *_shop_orders(rng, people, who[~online], t[~online]),
    )
    received = receive(rng, people, who, t)
    return Acquired(
        parts=(*parts, *received.parts), failed=received.failed, failed_at=received.failed_at
    )


def _web_orders(rng: np.random.Generator, people: People, who: Ints, t: Ints) -> list[Rows]:
    n = len(who)
    first = t - rng.integers(1, 9, n) * DAY_S
    looked = rng.random(n) < 0.7
    none = np.zeros(n, dtype=np.int64)
    depth = np.clip(rng.geometric(0.45, n), 1, 3)
    before = Sessions(person=who, t=first, cookie=who, session=who * 2, entry=none, last=depth)
    order = Sessions(
        person=who, t=t, cookie=who, session=who * 2 + 1, entry=none, last=none + len(PAGES) - 1
    )
    given: dict[str, Given] = {
        **_bought(rng, people, who),
        "channel": "web",
        "touchpoint": "payment",
        "identity": "anon",
        "anon": who,
        "weight": WEIGHTS["payment"],
        "source": "web",
    }
    return [
        come(rng, who, first - 60, who),
        *(keep(part, looked[np.searchsorted(who, part.person)]) for part in see_pages(rng, before)),
        *see_pages(rng, order),
        rows(who, t + 700 + rng.integers(0, 300, n), given),
    ]


def _shop_orders(rng: np.random.Generator, people: People, who: Ints, t: Ints) -> list[Rows]:
    n = len(who)
    team = order_team(people, who, ("boutiques-nord", "boutiques-sud"))
    shop: dict[str, Given] = {
        "channel": "store",
        "direction": "inbound",
        "identity": "user",
        "source": "shops",
        "case_kind": "order",
        "case": who,
        "team": team,
        "site": "boutiques",
        "agent": team * AGENTS_PER_TEAM + rng.integers(0, AGENTS_PER_TEAM, n),
        "weight": 0.2,
    }
    advice: dict[str, Given] = {
        "touchpoint": "shop_advice",
        "kind": "contact",
        "motive": "information",
        "wait_s": np.round(rng.gamma(1.6, 200, n)),
        "duration_s": np.round(rng.gamma(4, 240, n)),
        "outcome": "resolved",
        "valence": np.clip(rng.normal(0.35, 0.25, n), -1, 1),
    }
    contract: dict[str, Given] = {**_bought(rng, people, who), "touchpoint": "shop_contract"}
    return [rows(who, t - 3600, {**shop, **advice}), rows(who, t, {**shop, **contract})]


def _bought(rng: np.random.Generator, people: People, who: Ints) -> Mapping[str, Given]:
    return {
        "kind": "purchase",
        "direction": "inbound",
        "outcome": code("outcome", "done"),
        "case_kind": "order",
        "case": who,
        "value": np.array(OFFER_EUROS)[people.offer[who]],
        "currency": "EUR",
        "valence": np.clip(rng.normal(0.27, 0.28, len(who)), -1, 1),
    }
