"""The line at the foot of every reading: which data it was made from."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from verite.home import Home
from verite.sentences.dates import instant
from verite.web.language import language
from verite.web.wording import say


def versions_line(home: Home) -> str:
    """Ledger and people versions, and the date up to which the data run."""
    as_of = home.as_of
    if as_of is None:
        return ""
    ledger, people = home.versions
    told = instant(as_of.astimezone(ZoneInfo(home.settings.zone)), language())
    return say("layout.versions", ledger=ledger, people=people, as_of=told)
