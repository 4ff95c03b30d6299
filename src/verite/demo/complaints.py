"""Complaints: few, written, and remembered; some go as far as the mediator."""

from __future__ import annotations

from typing import Final

import numpy as np

from verite.demo.clock import DAY_S, YEAR_S, office_hours
from verite.demo.needs import Needs, only
from verite.demo.planted import WEIGHTS
from verite.demo.rows import Given, Rows, keep, rows
from verite.demo.vocabulary import AGENTS_PER_TEAM, code

_CHANCE: Final = {"disputed_invoice": 0.6, "installation_failed": 0.4, "price_rise": 0.3}
_OTHERWISE: Final = 0.1
_TO_MEDIATOR: Final = 0.03
_ANSWERED_WELL: Final = 0.4


def complain(rng: np.random.Generator, needs: Needs, unsolved: Needs) -> tuple[Rows, ...]:
    """Unsolved cases turn into complaints, disputed invoices first; a fifth of the disputed
    invoices are complaints at once."""
    disputed = needs.motive == code("motive", "disputed_invoice")
    at_once = only(needs, disputed & (rng.random(len(needs)) < 0.22))
    chance = np.full(len(unsolved), _OTHERWISE)
    for name, share in _CHANCE.items():
        chance[unsolved.motive == code("motive", name)] = share
    after = only(unsolved, rng.random(len(unsolved)) < chance)
    who = np.concatenate([at_once.who, after.who])
    case = np.concatenate([at_once.case, after.case])
    motive = np.concatenate([at_once.motive, after.motive])
    t = np.concatenate([at_once.t + 2 * DAY_S, after.t + 5 * DAY_S])
    t = office_hours(rng, t // DAY_S + rng.integers(0, 5, len(t)))
    good = rng.random(len(who)) < _ANSWERED_WELL
    common: dict[str, Given] = {"case_kind": "ticket", "case": case, "motive": motive,
                                "identity": "email", "source": "email"}  # fmt: skip
    channel = rng.choice(
        [code("channel", c) for c in ("email", "web", "post")], len(who), p=(0.62, 0.23, 0.15)
    )
    filed = rows(who, t, {
        **common, "channel": channel, "touchpoint": "complaint", "kind": "complaint",
        "direction": "inbound", "outcome": "unresolved", "text": 1,
        "valence": np.clip(rng.normal(-0.62, 0.18, len(who)), -1, 1),
        "weight": WEIGHTS["complaint"]})  # fmt: skip
    team = code("team", "fidelisation")
    replied = office_hours(rng, t // DAY_S + 6 + rng.poisson(9, len(who)))
    answer = rows(who, replied, {
        **common, "channel": "email", "touchpoint": "complaint", "kind": "contact",
        "direction": "outbound", "team": team, "site": "rennes",
        "agent": team * AGENTS_PER_TEAM + rng.integers(0, AGENTS_PER_TEAM, len(who)),
        "outcome": np.where(good, code("outcome", "resolved"), code("outcome", "unresolved")),
        "valence": np.where(good, 0.15, -0.2), "weight": 0.5})  # fmt: skip
    further = ~good & (rng.random(len(who)) < _TO_MEDIATOR / (1 - _ANSWERED_WELL))
    later = office_hours(rng, replied // DAY_S + 25 + rng.poisson(12, len(who)))
    mediator = rows(who, later, {
        **common, "channel": "post", "touchpoint": "mediator", "kind": "complaint",
        "direction": "inbound", "outcome": "escalated", "text": 1, "valence": -0.8,
        "weight": 0.8})  # fmt: skip
    parts = (filed, answer, keep(mediator, further))
    return tuple(keep(part, part.t < YEAR_S) for part in parts)


def call_back(rng: np.random.Generator, unsolved: Needs) -> Rows:
    """Some of the unsolved are called by Clairvoie before they ask again."""
    called = only(unsolved, rng.random(len(unsolved)) < 0.2)
    n, team = len(called), code("team", "fidelisation")
    t = office_hours(rng, called.t // DAY_S + 2 + rng.integers(0, 4, n))
    told = rows(called.who, t, {
        "case_kind": "ticket", "case": called.case, "motive": called.motive, "identity": "phone",
        "source": "phone", "channel": "phone", "touchpoint": "proactive_call",
        "kind": "proactive", "direction": "proactive", "team": team, "site": "rennes",
        "agent": team * AGENTS_PER_TEAM + rng.integers(0, AGENTS_PER_TEAM, n),
        "duration_s": np.round(rng.gamma(4, 100, n)), "outcome": "resolved",
        "valence": np.clip(rng.normal(0.55, 0.2, n), -1, 1),
        "weight": WEIGHTS["proactive_call"]})  # fmt: skip
    return keep(told, told.t < YEAR_S)
