"""What is planted in the demo: every truth with its exact size, so that it can be found again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """The law of the running feeling: F(t) = sum over past contacts of weight * felt * 2^(-age/h),
    where felt = valence when good and asymmetry * valence when bad."""

    half_life_days: float = 45.0
    asymmetry: float = 1.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """The law of a relational answer: round(level + feeling * F + temper * u + noise * e) on
    0-10, u the customer's own temper and e fresh noise, both standard normal."""

    level: float = 7.9
    feeling: float = 2.4
    temper: float = 0.9
    noise: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """The law of a voluntary loss, week by week: logit p = level - feeling * F + price * (weeks
    1-8 after the rise, customers told of it) + pro * (professional)."""

    level: float = -6.15
    feeling: float = 1.3
    price: float = 0.5
    pro: float = -0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """Chat and phone are promised day and night; from 22 to 7 h the promise fails."""

    channels: tuple[str, ...] = ("chat", "phone")
    from_hour: int = 22
    until_hour: int = 7
    wait_times: float = 20.0  # night waits over day waits, before anybody gives up


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """The outsourced team, whose contacts leave a worse feeling month after month."""

    team: str = "oriel"
    since: date = date(2026, 6, 1)
    valence_per_month: float = -0.13
    resolved_per_month: float = -0.04


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """The new voice menu: from that day on, more menus, longer waits, more transfers."""

    on: date = date(2026, 9, 14)
    menus: float = 2.0  # more of them on average
    wait_times: float = 1.7
    transfer_times: float = 1.6


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceRise:
    """Told on the first day, in force from the second."""

    told: date = date(2026, 1, 5)
    on: date = date(2026, 1, 12)
    told_share: float = 0.7
    contacts_times: float = 1.55  # contacts of the four weeks after, over the usual (a result)


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """All of them."""

    memory: Memory = Memory()
    answering: Answering = Answering()
    leaving: Leaving = Leaving()
    promise: Promise = Promise()
    drift: Drift = Drift()
    release: Release = Release()
    price_rise: PriceRise = PriceRise()
    friction: str = "network_transfer"
    delight: str = "installation"
    disproportionate: str = "complaint"
    other_channel: str = "chat"
    other_channel_valence: float = -0.38
    orphan: str = "community_forum"
    golden_identity: str = "user:seed-001"
    bad_lines: int = 37
    known_by_phone_share: float = 0.9  # customers whose phone number the billing files know
    anonymous_orders_share: float = 0.8  # orders whose visits began under a cookie
    weights: Mapping[str, float] = field(default_factory=lambda: dict(WEIGHTS))


# How much of each contact stays: three moments of truth stand out, whatever their volume.
WEIGHTS: Final[Mapping[str, float]] = {
    "network_transfer": 1.3,
    "installation": 2.6,
    "complaint": 2.2,
    "phone_agent": 0.25,
    "chat": 0.25,
    "help_email": 0.25,
    "shop_help": 0.25,
    "social": 0.25,
    "technician_visit": 0.4,
    "outage": 0.3,
    "outage_notice": 0.3,
    "price_notice": 0.2,
    "invoice": 0.03,
    "app_use": 0.05,
    "payment": 0.2,
    "delivery": 0.25,
    "renewal": 0.3,
    "proactive_call": 0.4,
    "ivr": 0.1,
}

PLANTED: Final = Planted()
