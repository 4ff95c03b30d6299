"""The latest words of customers, as pages print them."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from verite.home import Home
from verite.sentences.dates import instant
from verite.sentences.names import channel_name
from verite.sentences.numbers import number
from verite.web.asked import Asked
from verite.web.language import language
from verite.web.touchpoints.naming import Names
from verite.web.wording import say
from verite.words.evidence import Line, Order, Page

SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Verbatim:
    """What a customer wrote, where and when."""

    text: str
    where: str
    when: str


def told_verbatims(home: Home, asked: Asked, names: Names) -> tuple[Verbatim, ...]:
    """The newest verbatims within the filters."""
    page = Page(limit=SHOWN, order=Order.NEWEST, with_text=True)
    found = home.interactions(where=asked.where, page=page).result
    zone = ZoneInfo(home.settings.zone)
    return tuple(_verbatim(line, zone, names) for line in found.lines)


def _verbatim(line: Line, zone: ZoneInfo, names: Names) -> Verbatim:
    lang = language()
    places = [names.name(line.touchpoint)] if line.touchpoint else []
    if not places and line.channel:
        places = [channel_name(line.channel, lang)]
    if line.score is not None and line.scale_max is not None:
        score, top = number(line.score, lang), number(line.scale_max, lang)
        places.append(say("cockpit.score", score=score, top=top))
    when = instant(line.at.astimezone(zone), lang)
    return Verbatim(text=line.text or "", where=", ".join(places), when=when)
