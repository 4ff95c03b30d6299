"""Receiving what was ordered: the e-mail, the parcel, the technician, the box that works or not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from verite.demo.clock import DAY_S, Ints, Mask, office_hours
from verite.demo.people import People
from verite.demo.planted import WEIGHTS
from verite.demo.rows import Given, Rows, rows
from verite.demo.vocabulary import AGENTS_PER_TEAM, code

_FAILS: Final = 0.15  # first visits after which the box does not work
_LATE: Final = 0.09


@dataclass(frozen=True, slots=True, kw_only=True)
class Acquired:
    """What joining left: the rows, and the going-live visits that failed."""

    parts: tuple[Rows, ...]
    failed: Ints  # customers whose first visit failed
    failed_at: Ints


def receive(rng: np.random.Generator, people: People, who: Ints, t: Ints) -> Acquired:
    """From each order at `t` to the box that works."""
    n = len(who)
    late = rng.random(n) < _LATE
    delivered = office_hours(rng, t // DAY_S + 2 + rng.poisson(1.4, n) + late * 5)
    visit = office_hours(rng, delivered // DAY_S + 2 + rng.poisson(4, n))
    failed = rng.random(n) < _FAILS
    again = office_hours(rng, visit[failed] // DAY_S + 4 + rng.poisson(3, int(failed.sum())))
    opens = np.flatnonzero((rng.random(n) < 0.5) & ~failed & people.has_app[who])
    parts = (
        _confirmation(rng, who, t),
        _tracking(rng, people, who, delivered),
        _delivery(rng, who, delivered, late),
        _going_live(rng, people, who, visit, failed),
        _second_visit(rng, people, who[failed], again),
        _first_use(rng, who[opens], visit[opens]),
    )
    return Acquired(parts=parts, failed=who[failed], failed_at=visit[failed])


def order_team(people: People, who: Ints, names: tuple[str, str]) -> Ints:
    """The team of the customer's region: north and east, or the rest."""
    north = people.region[who] <= 1
    return np.where(north, code("team", names[0]), code("team", names[1])).astype(np.int64)


def _confirmation(rng: np.random.Generator, who: Ints, t: Ints) -> Rows:
    given: dict[str, Given] = {
        "channel": "email",
        "touchpoint": "confirmation_email",
        "kind": "exposure",
        "direction": "outbound",
        "identity": "email",
        "source": "email",
        "case_kind": "order",
        "case": who,
    }
    return rows(who, t + rng.integers(600, 5400, len(who)), given)


def _tracking(rng: np.random.Generator, people: People, who: Ints, delivered: Ints) -> Rows:
    looks = np.flatnonzero(rng.random(len(who)) < 0.6)
    given: dict[str, Given] = {
        "channel": "web",
        "touchpoint": "delivery_tracking",
        "kind": "visit",
        "direction": "inbound",
        "duration_s": np.round(rng.gamma(2, 20, len(looks)) + 10),
        "identity": "user",
        "source": "web",
        "case_kind": "session",
        "case": who[looks] + 2 * len(people),
    }
    before = rng.integers(3600, 2 * DAY_S, len(looks))
    return rows(who[looks], delivered[looks] - before, given)


def _delivery(rng: np.random.Generator, who: Ints, delivered: Ints, late: Mask) -> Rows:
    felt = rng.normal(0.35, 0.2, len(who)) - 0.7 * late
    given: dict[str, Given] = {
        "channel": "post",
        "touchpoint": "delivery",
        "kind": "delivery",
        "direction": "outbound",
        "outcome": "done",
        "identity": "user",
        "source": "field",
        "case_kind": "order",
        "case": who,
        "valence": np.clip(felt, -1, 1),
        "weight": WEIGHTS["delivery"],
    }
    return rows(who, delivered, given)


def _going_live(
    rng: np.random.Generator, people: People, who: Ints, visit: Ints, failed: Mask
) -> Rows:
    n = len(who)
    felt = np.where(failed, rng.normal(-0.62, 0.2, n), rng.normal(0.6, 0.2, n))
    ends = np.where(failed, code("outcome", "unresolved"), code("outcome", "done"))
    given: dict[str, Given] = {
        **_technician(rng, people, who),
        "touchpoint": "installation",
        "outcome": ends,
        "duration_s": np.round(rng.gamma(6, 1100, n)),
        "valence": np.clip(felt, -1, 1),
        "weight": WEIGHTS["installation"],
    }
    return rows(who, visit, given)


def _second_visit(rng: np.random.Generator, people: People, who: Ints, t: Ints) -> Rows:
    given: dict[str, Given] = {
        **_technician(rng, people, who),
        "touchpoint": "technician_visit",
        "outcome": "done",
        "duration_s": np.round(rng.gamma(6, 900, len(who))),
        "valence": np.clip(rng.normal(0.4, 0.25, len(who)), -1, 1),
        "weight": WEIGHTS["technician_visit"],
    }
    return rows(who, t, given)


def _first_use(rng: np.random.Generator, who: Ints, live: Ints) -> Rows:
    given: dict[str, Given] = {
        "channel": "app",
        "touchpoint": "app_use",
        "kind": "use",
        "direction": "inbound",
        "identity": "user",
        "source": "app",
        "duration_s": np.round(rng.gamma(2, 60, len(who))),
        "valence": 0.3,
        "weight": WEIGHTS["app_use"],
    }
    return rows(who, live + rng.integers(8000, 90_000, len(who)), given)


def _technician(rng: np.random.Generator, people: People, who: Ints) -> dict[str, Given]:
    team = order_team(people, who, ("terrain-nord", "terrain-sud"))
    return {
        "channel": "field",
        "kind": "delivery",
        "direction": "outbound",
        "identity": "user",
        "source": "field",
        "case_kind": "order",
        "case": who,
        "team": team,
        "site": "terrain",
        "agent": team * AGENTS_PER_TEAM + rng.integers(0, AGENTS_PER_TEAM, len(who)),
    }
