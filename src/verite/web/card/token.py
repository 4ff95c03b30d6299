"""Links to cards: signed by the home's own key, for one purpose, until one instant."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Final

from django.core import signing

from verite.home import Home
from verite.records.databases import secret_key
from verite.words.errors import BadInput

PURPOSE: Final = "verite.card"
_DAYS: Final = 7
_MOST_DAYS: Final = 90
_ORIGIN: Final = re.compile(
    r"https://[a-z0-9.-]+(:\d{1,5})?|http://(localhost|127\.0\.0\.1)(:\d{1,5})?"
)


def card_days(home: Home) -> int:
    """How many days a new card opens: `[story] card_days`, 7 unless told, 90 at most."""
    days = home.settings.story.get("card_days", _DAYS)
    if not isinstance(days, int) or not 0 < days <= _MOST_DAYS:
        raise BadInput("bad_settings", fields={"detail": "[story] card_days"})
    return days


def card_until(home: Home, at: datetime) -> datetime:
    """When a card made now closes."""
    return at + timedelta(days=card_days(home))


def card_url(home: Home, number: int, person: str, until: datetime) -> str:
    """The address of a card."""
    told = {"c": number, "p": person, "e": int(until.timestamp())}
    return f"/card/{signing.dumps(told, key=secret_key(home.path), salt=PURPOSE)}"


def read_card(home: Home, token: str, at: datetime) -> tuple[int, str]:
    """The number of the card and the customer that a link names; raises what says it is closed."""
    try:
        told = signing.loads(token, key=secret_key(home.path), salt=PURPOSE)
        number, person, until = int(told["c"]), str(told["p"]), int(told["e"])
    except (signing.BadSignature, KeyError, TypeError, ValueError) as error:
        raise BadInput("card_closed") from error
    if datetime.fromtimestamp(until, UTC) <= at:
        raise BadInput("card_closed")
    return number, person


def origins(home: Home) -> tuple[str, ...]:
    """The pages that may frame a card: `[story] embed_origins`; none unless told."""
    told = home.settings.story.get("embed_origins", [])
    listed = told if isinstance(told, list) else [told]
    for origin in listed:
        if not isinstance(origin, str) or not _ORIGIN.fullmatch(origin):
            raise BadInput("bad_origin", fields={"origin": origin})
    return tuple(listed)
