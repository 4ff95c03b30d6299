"""The customers of Clairvoie: who they are, since when, and how they turn to the company."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from verite.demo.clock import DAYS, Floats, Ints, Mask, busy_days
from verite.demo.planted import PLANTED
from verite.demo.vocabulary import REGIONS, code

NEWCOMERS: Final = 0.155  # share of the customers who join within the year
PROFESSIONALS: Final = 0.08
PREFERRED: Final = ("phone", "chat", "email", "store", "social")
_PREFERENCE: Final = (0.50, 0.20, 0.155, 0.105, 0.04)


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Customers by row number; the last one lives the story of seed 001."""

    joined: Ints  # day of the order; -1 before the year
    is_pro: Mask
    offer: Ints
    region: Ints
    seniority: Ints  # 0 first year, 1 one to three years, 2 longer
    temper: Floats  # standard normal: how this person answers, whatever is lived
    calls: Floats  # mean 1: how readily this person turns to the company
    prefers: Ints  # channel code
    speaks_english: Mask
    has_app: Mask
    has_card: Mask
    phone_known: Mask
    told_of_rise: Mask
    answers: Floats  # mean 1: how readily this person answers surveys

    def __len__(self) -> int:
        return len(self.joined)

    @property
    def live_from(self) -> Ints:
        """The day from which each customer uses the service; -1 before the year."""
        return np.where(self.joined < 0, -1, self.joined + 15)

    @property
    def golden(self) -> int:
        """The row number of the customer of seed 001."""
        return len(self.joined) - 1


def gather(rng: np.random.Generator, n: int) -> People:
    """`n` customers; about one in six joins during the year."""
    joined = _joining_days(rng, n)
    is_pro = rng.random(n) < PROFESSIONALS
    seniority = np.where(joined >= 0, 0, rng.choice(3, n, p=(0.16, 0.36, 0.48)))
    return People(
        joined=joined,
        is_pro=is_pro,
        offer=np.where(is_pro & (rng.random(n) < 0.8), 3, rng.choice(3, n, p=(0.46, 0.32, 0.22))),
        region=rng.choice(len(REGIONS), n, p=(0.26, 0.18, 0.21, 0.24, 0.11)).astype(np.int64),
        seniority=seniority.astype(np.int64),
        temper=rng.standard_normal(n),
        calls=rng.gamma(1.5, 1 / 1.5, n),
        prefers=rng.choice(
            np.array([code("channel", c) for c in PREFERRED]), n, p=_PREFERENCE
        ).astype(np.int64),
        speaks_english=rng.random(n) < 0.03,
        has_app=rng.random(n) < 0.52,
        has_card=rng.random(n) < 0.6,
        phone_known=rng.random(n) < PLANTED.known_by_phone_share,
        told_of_rise=(joined < 0)
        & (seniority > 0)
        & (rng.random(n) < PLANTED.price_rise.told_share),
        answers=rng.gamma(2.0, 0.5, n),
    )


def _joining_days(rng: np.random.Generator, n: int) -> Ints:
    joins = rng.random(n) < NEWCOMERS
    joins[-1] = False
    edges = np.cumsum(busy_days())
    day = np.searchsorted(edges, rng.random(n) * edges[-1]).clip(0, DAYS - 1)
    return np.where(joins, day, -1).astype(np.int64)
