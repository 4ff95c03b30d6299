"""Sources that fell silent: what is missing may not be told as a change."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from verite.home import Home
from verite.sentences.dates import day
from verite.sentences.numbers import number
from verite.web.language import language
from verite.web.wording import say

NAMED = 3
# From this share of all interactions on, what changed may be the silence itself.
DEAF_FROM = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """How many sources are silent, whether too much is missing to conclude, and a note."""

    count: int
    is_deaf: bool
    note: str


def silence_of(home: Home) -> Silence:
    """The silent sources of a home, by the share of its interactions that came from them."""
    sources = home.status().result.sources
    silent = sorted((s for s in sources if s.silent), key=lambda s: -s.interactions)
    if not silent:
        return Silence(count=0, is_deaf=False, note="")
    share = sum(s.interactions for s in silent) / sum(s.interactions for s in sources)
    since = min(s.last_at for s in silent).astimezone(ZoneInfo(home.settings.zone))
    names = ", ".join(s.source.replace("_", " ") for s in silent[:NAMED])
    note = say(
        "cockpit.silent_note" if len(silent) <= NAMED else "cockpit.silent_note_more",
        names=names,
        more=len(silent) - NAMED,
        since=day(since, language()),
        share=number(100 * share, language()),
    )
    return Silence(count=len(silent), is_deaf=share >= DEAF_FROM, note=note)
