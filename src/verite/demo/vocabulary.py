"""The words of Clairvoie: every value that a coded column of the demo may hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

MOTIVES: Final = (
    "no_connection",
    "slow_wifi",
    "invoice_question",
    "disputed_invoice",
    "installation_delay",
    "installation_failed",
    "information",
    "equipment",
    "house_move",
    "price_rise",
    "outage",
    "voluntary",  # the next five are reasons to leave
    "move",
    "death",
    "non_payment",
)
TECHNICAL: Final = ("no_connection", "slow_wifi", "equipment")

# Teams: where they sit, and what they serve. One outsourced centre, one team: oriel.
TEAMS: Final = (
    "accueil-a",
    "accueil-b",
    "accueil-c",
    "technique-a",
    "oriel",
    "chat-a",
    "chat-b",
    "ecrit-a",
    "ecrit-b",
    "reseau",
    "fidelisation",
    "boutiques-nord",
    "boutiques-sud",
    "terrain-nord",
    "terrain-sud",
)
TEAM_SITES: Final[Mapping[str, str]] = {
    "oriel": "oriel",  # the outsourced centre
    "boutiques-nord": "boutiques",
    "boutiques-sud": "boutiques",
    "terrain-nord": "terrain",
    "terrain-sud": "terrain",
}
AGENTS_PER_TEAM: Final = 8

VALUES: Final[Mapping[str, tuple[str, ...]]] = {
    "channel": (
        "web",
        "app",
        "phone",
        "chat",
        "bot",
        "email",
        "store",
        "social",
        "review",
        "post",
        "sms",
        "iot",
        "field",
        "other",
    ),
    "touchpoint": (
        "online_ad",
        "web_search",
        "social",
        "word_of_mouth",
        "site_home",
        "online_reviews",
        "site_offers",
        "eligibility_check",
        "shop_advice",
        "basket",
        "payment",
        "shop_contract",
        "confirmation_email",
        "delivery_tracking",
        "delivery",
        "technician_visit",
        "installation",
        "box_use",
        "app_use",
        "invoice",
        "outage",
        "price_notice",
        "faq",
        "chat",
        "ivr",
        "phone_agent",
        "network_transfer",
        "help_email",
        "shop_help",
        "complaint",
        "mediator",
        "proactive_call",
        "outage_notice",
        "survey_contact",
        "survey_relational",
        "renewal",
        "termination",
        "community_forum",  # on no designed map: the planted orphan
    ),
    "kind": (
        "exposure",
        "visit",
        "contact",
        "purchase",
        "delivery",
        "use",
        "complaint",
        "feedback",
        "handover",
        "proactive",
        "tell",
        "other",
    ),
    "direction": ("inbound", "outbound", "proactive"),
    "motive": MOTIVES,
    "step": ("restart_box", "check_lights", "reset_wifi", "change_cable", "speed_test"),
    "agent": tuple(f"{team}-{n:02d}" for team in TEAMS for n in range(1, AGENTS_PER_TEAM + 1)),
    "team": TEAMS,
    "site": ("rennes", "oriel", "boutiques", "terrain"),
    "outcome": (
        "done",
        "abandoned",
        "transferred",
        "transfer_failed",
        "escalated",
        "resolved",
        "unresolved",
    ),
    "metric": ("nps", "csat", "ces", "wifi", "overall"),
    "polarity": ("good_high", "good_low"),
    "language": ("fr", "en"),
    "currency": ("EUR",),
    "case_kind": ("session", "order", "ticket", "invoice", "outage", "complaint", "renewal", "end"),
    "identity": ("user", "email", "phone", "anon", "card", "social"),
    "source": (
        "web",
        "app",
        "phone",
        "chat",
        "email",
        "social",
        "reviews",
        "shops",
        "field",
        "surveys",
        "billing",
        "network",
    ),
}
_CODES: Final = {
    column: {value: code for code, value in enumerate(values)} for column, values in VALUES.items()
}

OFFERS: Final = ("fibre", "fibre_plus", "fibre_tv", "pro")
OFFER_EUROS: Final = (29.99, 36.99, 42.99, 54.90)
REGIONS: Final = ("nord", "est", "sud", "ouest", "coeur")


def code(column: str, value: str) -> int:
    """The integer that stands for a value of a coded column.

    >>> code("direction", "outbound")
    1
    """
    return _CODES[column][value]
