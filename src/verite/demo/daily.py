"""Being a customer: invoices, the app, the box, outages and notices, renewals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from verite.demo.clock import (
    DAY_S,
    DAYS,
    Floats,
    Ints,
    at_hours,
    day_of,
    draw_times,
    month,
    month_starts,
    office_hours,
)
from verite.demo.people import People
from verite.demo.planted import PLANTED, WEIGHTS
from verite.demo.rows import Given, Rows, rows
from verite.demo.vocabulary import OFFER_EUROS, REGIONS, code

OUTAGES: Final = 14
_OPENED: Final = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Outages:
    """The rows of the outages, and who was hit, told or not."""

    parts: tuple[Rows, ...]
    hit: Ints
    hit_at: Ints


def invoices(rng: np.random.Generator, people: People) -> Rows:
    """One invoice e-mail a month: kept when opened, and always the first one of an old customer."""
    days = month_starts()
    n = len(people)
    who = np.tile(np.arange(n), len(days))
    due = np.repeat(days + 4, n) + rng.integers(0, 3, n * len(days))
    opened = rng.random(len(who)) < _OPENED
    opened |= (np.repeat(days, n) == 0) & (people.joined[who] < 0)
    opened &= people.live_from[who] < due
    who, due = who[opened], due[opened]
    raised = (due >= day_of(PLANTED.price_rise.on)) & people.told_of_rise[who]
    euros = np.array(OFFER_EUROS)[people.offer[who]] + 3.0 * raised
    felt = rng.normal(0.02, 0.15, len(who)) - 0.4 * (
        raised & (due < day_of(PLANTED.price_rise.on) + 60)
    )
    return rows(who, at_hours(rng, due), {
        "channel": "email", "touchpoint": "invoice", "kind": "exposure", "direction": "outbound",
        "case_kind": "invoice", "case": who * 12 + month(due), "value": euros, "currency": "EUR",
        "identity": "user", "source": "billing", "valence": np.clip(felt, -1, 1),
        "weight": WEIGHTS["invoice"]})  # fmt: skip


def use(rng: np.random.Generator, people: People) -> tuple[Rows, ...]:
    """The app and the box in daily life; every old customer's box speaks in the first days."""
    n = len(people)
    with_app = np.flatnonzero(people.has_app)
    who = rng.choice(with_app, int(n * 2.3))
    t = draw_times(rng, len(who))
    new = t // DAY_S > people.live_from[who]
    app = rows(who[new], t[new], {
        "channel": "app", "touchpoint": "app_use", "kind": "use", "direction": "inbound",
        "duration_s": np.round(rng.gamma(1.5, 55, new.sum())), "outcome": "done",
        "identity": "user", "source": "app",
        "valence": np.clip(rng.normal(0.12, 0.25, new.sum()), -1, 1),
        "weight": WEIGHTS["app_use"]})  # fmt: skip
    old = np.flatnonzero(people.joined < 0)
    later = rng.choice(n, int(n * 0.3))
    box = np.concatenate([old, later])
    when = np.concatenate(
        [rng.integers(0, 5 * DAY_S, len(old)), rng.integers(0, DAYS * DAY_S, len(later))]
    )
    live = when // DAY_S > people.live_from[box]
    daily = rows(box[live], when[live], {
        "channel": "iot", "touchpoint": "box_use", "kind": "use", "identity": "user",
        "source": "network", "outcome": "done"})  # fmt: skip
    forum = rng.choice(n, int(n * 0.025))
    orphan = rows(forum, draw_times(rng, len(forum)), {
        "channel": "web", "touchpoint": PLANTED.orphan, "kind": "visit", "direction": "inbound",
        "duration_s": np.round(rng.gamma(2, 70, len(forum)) + 10), "identity": "user",
        "source": "web"})  # fmt: skip
    return app, daily, orphan


def price_notice(rng: np.random.Generator, people: People) -> Rows:
    """The January rise, told by e-mail to the customers concerned."""
    who = np.flatnonzero(people.told_of_rise)
    told = np.full(len(who), day_of(PLANTED.price_rise.told)) + rng.integers(0, 3, len(who))
    return rows(who, office_hours(rng, told), {
        "channel": "email", "touchpoint": "price_notice", "kind": "exposure",
        "direction": "proactive", "motive": "price_rise", "identity": "email", "source": "billing",
        "valence": np.clip(rng.normal(-0.45, 0.25, len(who)), -1, 1),
        "weight": WEIGHTS["price_notice"]})  # fmt: skip


def outages(rng: np.random.Generator, people: People) -> Outages:
    """Outages of a region; two in three of the customers hit are told by SMS before they ask."""
    starts = np.sort(rng.integers(5, DAYS - 5, OUTAGES)) * DAY_S + rng.integers(0, DAY_S, OUTAGES)
    parts, hit, hit_at = [], [], []
    for number, start in enumerate(starts):
        region = int(rng.integers(0, len(REGIONS)))
        near = np.flatnonzero((people.region == region) & (people.joined < start // DAY_S - 20))
        who = near[rng.random(len(near)) < 0.14]
        t = start + rng.integers(0, 900, len(who))
        told = rng.random(len(who)) < 0.67
        case: dict[str, Given] = {"case_kind": "outage", "case": number + 1, "motive": "outage"}
        lasts = np.full(len(who), float(rng.integers(1, 9) * 3600))
        felt: Floats = np.where(
            told, rng.normal(-0.15, 0.15, len(who)), rng.normal(-0.4, 0.2, len(who))
        )
        parts += [
            rows(who, t, {**case, "channel": "iot", "touchpoint": "outage", "kind": "use",
                          "duration_s": lasts, "identity": "user", "source": "network",
                          "valence": np.clip(felt, -1, 1), "weight": WEIGHTS["outage"]}),
            rows(who[told], t[told] + rng.integers(600, 2400, told.sum()),
                 {**case, "channel": "sms", "touchpoint": "outage_notice", "kind": "proactive",
                  "direction": "proactive", "identity": "phone", "source": "network",
                  "valence": np.clip(rng.normal(0.3, 0.2, told.sum()), -1, 1),
                  "weight": WEIGHTS["outage_notice"]}),
        ]  # fmt: skip
        quiet = ~told
        hit.append(who[quiet])
        hit_at.append(t[quiet])
    return Outages(parts=tuple(parts), hit=np.concatenate(hit), hit_at=np.concatenate(hit_at))


def renewals(rng: np.random.Generator, people: People) -> Rows:
    """An offer renewed or changed, by app, web, phone or in a shop."""
    old = np.flatnonzero(people.seniority > 0)
    who = rng.choice(old, int(len(people) * 0.2), replace=False)
    t = draw_times(rng, len(who))
    channel = rng.choice(
        [code("channel", c) for c in ("app", "web", "phone", "store")],
        len(who),
        p=(0.4, 0.3, 0.2, 0.1),
    )
    source = np.array(
        [code("source", s) for s in ("web", "app", "phone")] + [code("source", "shops")]
    )
    at = {code("channel", c): k for k, c in enumerate(("web", "app", "phone", "store"))}
    return rows(who, t, {
        "channel": channel, "touchpoint": "renewal", "kind": "purchase", "direction": "inbound",
        "case_kind": "renewal", "case": who, "outcome": "done",
        "value": np.array(OFFER_EUROS)[people.offer[who]], "currency": "EUR", "identity": "user",
        "source": source[np.array([at[int(c)] for c in channel])],
        "valence": np.clip(rng.normal(0.3, 0.25, len(who)), -1, 1),
        "weight": WEIGHTS["renewal"]})  # fmt: skip
