"""Becoming a customer: discovery, visits, basket, purchase, delivery, going live."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from verite.demo.clock import DAY_S, Ints, Mask, draw_times, office_hours
from verite.demo.people import People
from verite.demo.planted import WEIGHTS
from verite.demo.rows import Given, Rows, keep, rows
from verite.demo.vocabulary import AGENTS_PER_TEAM, OFFER_EUROS, code

PAGES = ("site_home", "site_offers", "eligibility_check", "basket", "payment")
_GOES_ON = (0.42, 0.60, 0.46, 0.34)  # prospects who pass from one page to the next


@dataclass(frozen=True, slots=True, kw_only=True)
class Acquired:
    """What joining left: the rows, and the going-live visits that failed."""

    parts: tuple[Rows, ...]
    failed: Ints  # customers whose first visit failed
    failed_at: Ints


def prospects(rng: np.random.Generator, people: People) -> tuple[Rows, ...]:
    """Visitors who never become customers: they look around, most leave on the first page."""
    n = int(len(people) * 0.62)
    t = draw_times(rng, n)
    nobody = np.full(n, -1, dtype=np.int64)
    cookie = len(people) + rng.integers(0, max(1, int(n * 0.8)), n)
    entry = np.where(rng.random(n) < 0.72, 0, 1)
    last = entry.copy()
    for page, goes_on in enumerate(_GOES_ON):
        last = np.where((last == page) & (rng.random(n) < goes_on), page + 1, last)
    session = len(people) * 4 + np.arange(n)
    came = rng.random(n) < 0.22
    before = rows(
        nobody[came],
        t[came] - rng.integers(20, 400, came.sum()),
        {
            **_discovery(rng, int(came.sum())),
            "anon": cookie[came],
            "identity": "anon",
            "source": "web",
        },
    )
    return before, *_pages(rng, (nobody, t, cookie, session), entry, last)


def acquire(rng: np.random.Generator, people: People) -> Acquired:
    """The journey of each newcomer, from the first page to the working box."""
    who = np.flatnonzero(people.joined >= 0)
    n = len(who)
    online = rng.random(n) < 0.8
    t = people.joined[who] * DAY_S + rng.integers(9 * 3600, 19 * 3600, n)
    web, shop = who[online], who[~online]
    parts = [
        *_web_orders(rng, people, web, t[online]),
        *_shop_orders(rng, people, shop, t[~online]),
    ]
    received, failed, failed_at = _receive(rng, people, who, t)
    return Acquired(parts=(*parts, *received), failed=failed, failed_at=failed_at)


def _discovery(rng: np.random.Generator, n: int) -> dict[str, Given]:
    touchpoint = rng.choice(
        [
            code("touchpoint", key)
            for key in ("online_ad", "web_search", "social", "online_reviews", "word_of_mouth")
        ],
        n,
        p=(0.38, 0.34, 0.14, 0.11, 0.03),
    ).astype(np.int64)
    channel = np.full(n, code("channel", "web"))
    for key, name in (
        ("social", "social"),
        ("online_reviews", "review"),
        ("word_of_mouth", "other"),
    ):
        channel[touchpoint == code("touchpoint", key)] = code("channel", name)
    return {"touchpoint": touchpoint, "channel": channel, "kind": "exposure"}


def _pages(
    rng: np.random.Generator, visit: tuple[Ints, Ints, Ints, Ints], entry: Ints, last: Ints
) -> list[Rows]:
    """One row per page seen, from the entry page to the last one."""
    person, start, cookie, session = visit
    t = start.copy()
    parts = []
    for page, key in enumerate(PAGES):
        seen = (entry <= page) & (page <= last)
        alone = (entry == last)[seen]
        hasty = alone & (rng.random(seen.sum()) < 0.88)
        stay = np.where(hasty, rng.uniform(1, 9.5, seen.sum()), rng.gamma(2.0, 32, seen.sum()) + 10)
        left = (last == page)[seen] & (page >= 3)
        parts.append(
            rows(
                person[seen],
                t[seen],
                {
                    "channel": "web",
                    "touchpoint": key,
                    "kind": "visit",
                    "direction": "inbound",
                    "case_kind": "session",
                    "case": session[seen],
                    "duration_s": np.round(stay, 1),
                    "outcome": np.where(left, code("outcome", "abandoned"), -1),
                    "identity": "anon",
                    "anon": cookie[seen],
                    "source": "web",
                },
            )
        )
        t[seen] += np.ceil(stay).astype(np.int64)
    return parts


def _web_orders(rng: np.random.Generator, people: People, who: Ints, t: Ints) -> list[Rows]:
    n = len(who)
    first = t - rng.integers(1, 9, n) * DAY_S
    looked = rng.random(n) < 0.7
    none = np.zeros(n, dtype=np.int64)
    depth = np.clip(rng.geometric(0.45, n), 1, 3)
    found = rows(
        who, first - 60, {**_discovery(rng, n), "identity": "anon", "anon": who, "source": "web"}
    )
    earlier = _pages(rng, (who, first, who, who * 2), none, depth)
    order = _pages(rng, (who, t, who, who * 2 + 1), none, none + 4)
    paid = rows(
        who,
        t + 700 + rng.integers(0, 300, n),
        {
            "channel": "web",
            "touchpoint": "payment",
            "kind": "purchase",
            "direction": "inbound",
            "case_kind": "order",
            "case": who,
            "outcome": "done",
            "value": np.array(OFFER_EUROS)[people.offer[who]],
            "currency": "EUR",
            "valence": np.clip(rng.normal(0.25, 0.3, n), -1, 1),
            "weight": WEIGHTS["payment"],
            "identity": "anon",
            "anon": who,
            "source": "web",
        },
    )
    return [found, *(keep(part, looked[np.searchsorted(who, part.person)]) for part in earlier),
            *order, paid]  # fmt: skip


def _shop_orders(rng: np.random.Generator, people: People, who: Ints, t: Ints) -> list[Rows]:
    n = len(who)
    team = _team(people, who, ("boutiques-nord", "boutiques-sud"))
    shop: dict[str, Given] = {"channel": "store", "direction": "inbound", "identity": "user", "source": "shops",
            "case_kind": "order", "case": who, "team": team, "site": "boutiques",
            "agent": team * AGENTS_PER_TEAM + rng.integers(0, AGENTS_PER_TEAM, n)}  # fmt: skip
    wait = np.round(rng.gamma(1.6, 200, n))
    advice: dict[str, Given] = {"touchpoint": "shop_advice", "kind": "contact", "motive": "information",
              "wait_s": wait, "duration_s": np.round(rng.gamma(4, 240, n)), "outcome": "resolved",
              "valence": np.clip(rng.normal(0.35, 0.25, n), -1, 1), "weight": 0.2}  # fmt: skip
    contract: dict[str, Given] = {"touchpoint": "shop_contract", "kind": "purchase", "outcome": "done",
                "value": np.array(OFFER_EUROS)[people.offer[who]], "currency": "EUR",
                "valence": np.clip(rng.normal(0.3, 0.25, n), -1, 1), "weight": 0.2}  # fmt: skip
    return [rows(who, t - 3600, {**shop, **advice}), rows(who, t, {**shop, **contract})]


def _receive(
    rng: np.random.Generator, people: People, who: Ints, t: Ints
) -> tuple[list[Rows], Ints, Ints]:
    n = len(who)
    order: dict[str, Given] = {"case_kind": "order", "case": who, "identity": "user"}
    sent = t + rng.integers(600, 5400, n)
    mail: dict[str, Given] = {"channel": "email", "touchpoint": "confirmation_email", "kind": "exposure",
            "direction": "outbound", "identity": "email", "source": "email"}  # fmt: skip
    late = rng.random(n) < 0.09
    delivered = office_hours(rng, t // DAY_S + 2 + rng.poisson(1.4, n) + late * 5)
    arrives: dict[str, Given] = {"channel": "post", "touchpoint": "delivery", "kind": "delivery", "source": "field",
               "direction": "outbound", "outcome": "done", "weight": WEIGHTS["delivery"],
               "valence": np.clip(rng.normal(0.35, 0.2, n) - 0.7 * late, -1, 1)}  # fmt: skip
    looks = rng.random(n) < 0.6
    tracking: dict[str, Given] = {"channel": "web", "touchpoint": "delivery_tracking", "kind": "visit",
                "duration_s": np.round(rng.gamma(2, 20, looks.sum())), "source": "web",
                "direction": "inbound", "case_kind": "session", "case": who[looks] + len(people)}  # fmt: skip
    visit = office_hours(rng, delivered // DAY_S + 2 + rng.poisson(4, n))
    failed = rng.random(n) < 0.13
    parts = [
        rows(who, sent, {**order, **mail}),
        rows(who, delivered, {**order, **arrives}),
        rows(
            who[looks],
            delivered[looks] - rng.integers(3600, 2 * DAY_S, looks.sum()),
            {**order, **tracking},
        ),  # fmt: skip
        _going_live(rng, people, (who, visit), failed),
    ]
    again = office_hours(rng, visit[failed] // DAY_S + 4 + rng.poisson(3, failed.sum()))
    parts.append(_second_visit(rng, people, who[failed], again))
    live = np.where(failed, 0, visit)
    opens = (rng.random(n) < 0.5) & (live > 0) & people.has_app[who]
    parts.append(
        rows(
            who[opens],
            live[opens] + rng.integers(8000, 90000, opens.sum()),
            {
                "channel": "app",
                "touchpoint": "app_use",
                "kind": "use",
                "direction": "inbound",
                "identity": "user",
                "source": "app",
                "valence": 0.3,
                "weight": WEIGHTS["app_use"],
                "duration_s": np.round(rng.gamma(2, 60, opens.sum())),
            },
        )  # fmt: skip
    )
    return parts, who[failed], visit[failed]


def _going_live(
    rng: np.random.Generator, people: People, visit: tuple[Ints, Ints], failed: Mask
) -> Rows:
    who, t = visit
    n = len(who)
    felt = np.where(failed, rng.normal(-0.62, 0.2, n), rng.normal(0.68, 0.2, n))
    return rows(who, t, {**_technician(rng, people, who), "touchpoint": "installation",
                         "outcome": np.where(failed, code("outcome", "unresolved"),
                                             code("outcome", "done")),
                         "duration_s": np.round(rng.gamma(6, 1100, n)),
                         "valence": np.clip(felt, -1, 1),
                         "weight": WEIGHTS["installation"]})  # fmt: skip


def _second_visit(rng: np.random.Generator, people: People, who: Ints, t: Ints) -> Rows:
    n = len(who)
    return rows(who, t, {**_technician(rng, people, who), "touchpoint": "technician_visit",
                         "outcome": "done", "duration_s": np.round(rng.gamma(6, 900, n)),
                         "valence": np.clip(rng.normal(0.4, 0.25, n), -1, 1),
                         "weight": WEIGHTS["technician_visit"]})  # fmt: skip


def _technician(rng: np.random.Generator, people: People, who: Ints) -> dict[str, Given]:
    team = _team(people, who, ("terrain-nord", "terrain-sud"))
    return {"channel": "field", "kind": "delivery", "direction": "outbound", "identity": "user",
            "source": "field", "case_kind": "order", "case": who, "team": team, "site": "terrain",
            "agent": team * AGENTS_PER_TEAM + rng.integers(0, AGENTS_PER_TEAM, len(who))}  # fmt: skip


def _team(people: People, who: Ints, names: tuple[str, str]) -> Ints:
    north = code("team", names[0])
    return np.where(people.region[who] <= 1, north, code("team", names[1])).astype(np.int64)
