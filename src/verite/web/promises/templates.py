"""Promises to begin with: the form comes filled, the company changes what it must."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

TEMPLATES: Final[Mapping[str, Mapping[str, object]]] = {
    "always_open": {
        "key": "always_open",
        "fr": "Joignables jour et nuit",
        "en": "Reachable day and night",
        "kind": "open",
        "hours": "24/7",
        "target": 90,
    },
    "ten_minutes": {
        "key": "ten_minutes",
        "fr": "Une réponse en dix minutes",
        "en": "An answer within ten minutes",
        "kind": "answered",
        "within": "10 min",
        "hours": "24/7",
        "target": 90,
    },
    "on_the_day": {
        "key": "on_the_day",
        "fr": "Livré à la date donnée",
        "en": "Delivered by the date given",
        "kind": "by_date",
        "start": {"kind": "purchase"},
        "end": {"kind": "delivery"},
        "due": "promised_on",
        "target": 95,
    },
    "solved_in_a_day": {
        "key": "solved_in_a_day",
        "fr": "Résolu en huit heures ouvrées",
        "en": "Solved within eight working hours",
        "kind": "solved",
        "within": "8 h",
        "hours": {
            day: ["09:00-12:30", "14:00-18:00"] for day in ("mon", "tue", "wed", "thu", "fri")
        },
        "target": 80,
    },
}
