"""The list of stories, and the customers that a search may mean."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.http import HttpRequest

from verite.home import Home
from verite.home.matching import match_people
from verite.home.story_list import list_stories
from verite.sentences.dates import instant
from verite.sentences.names import channel_name, name_in
from verite.sentences.numbers import count, duration, number
from verite.web.asked import Choice
from verite.web.customers.found import zone_of
from verite.web.customers.masked import mask_identity
from verite.web.customers.plainly import plain_say
from verite.web.evidence.told import read_place
from verite.web.language import language
from verite.words.errors import BadInput
from verite.words.stories import (
    Match,
    StoriesAsked,
    StoryLine,
    StoryList,
    StoryOrder,
    StoryState,
)

PER_PAGE = 25
PERIODS = {"28d": 28, "91d": 91, "365d": 365, "all": 0}
FIELDS = ("period", "channel", "state", "order")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One story as printed."""

    url: str
    title: str
    told: str
    channels: str
    last: str
    contacts: str
    wait: str
    state: str
    state_kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One customer that was meant, maybe."""

    url: str
    person: str
    kind: str
    value: str
    last: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """The list, its choosers, and the way to the other pages."""

    title: str
    lede: str
    with_state: bool  # whether some may be resolved: else the column says nothing
    lines: tuple[Listed, ...]
    choosers: tuple[tuple[str, str, tuple[Choice, ...]], ...]
    place: str
    previous: str
    following: str


def read_stories_asked(request: HttpRequest) -> StoriesAsked:
    """What the URL asks of the list; raises `BadInput` for what it cannot be."""
    period = request.GET.get("period") or "91d"
    if period not in PERIODS:
        raise BadInput("unknown_period", fields={"period": period})
    try:
        return StoriesAsked(
            days=PERIODS[period],
            state=StoryState(request.GET.get("state") or StoryState.OPEN),
            order=StoryOrder(request.GET.get("order") or StoryOrder.WAIT),
            channel=request.GET.get("channel") or None,
            limit=PER_PAGE,
            offset=(read_place(request) - 1) * PER_PAGE,
        )
    except ValueError as error:
        raise BadInput("bad_list", fields={"detail": error}) from error


def told_list(home: Home, request: HttpRequest, asked: StoriesAsked) -> ListPage:
    """One page of stories."""
    found = list_stories(home.desk, asked)
    here = asked.offset // PER_PAGE + 1
    last = asked.offset + len(found.lines)
    kept = {name: request.GET[name] for name in FIELDS if request.GET.get(name)}
    total = number(found.total, language())
    return ListPage(
        title=_title(found, asked),
        lede=plain_say("stories.lede"),
        with_state=asked.state is not StoryState.OPEN,
        lines=tuple(_listed(line, home) for line in found.lines),
        choosers=_choosers(home, asked),
        place=plain_say("stories.place", first=asked.offset + 1, last=last, total=total),
        previous=urlencode({**kept, "page": str(here - 1)}) if here > 1 else "",
        following=urlencode({**kept, "page": str(here + 1)}) if last < found.total else "",
    )


def search(home: Home, typed: str, *, widely: bool) -> tuple[Found, ...]:
    """The customers that what was typed may mean."""
    zone = zone_of(home)
    matches = match_people(home.desk, typed, widely=widely)
    return tuple(_found(match, zone) for match in matches)


def _found(match: Match, zone: ZoneInfo) -> Found:
    kind, value = mask_identity(match.identity) if match.identity else ("", "")
    url = f"/customers/{match.person}"
    return Found(url=url, person=match.person, kind=kind, value=value, last=_last(match, zone))


def _last(match: Match, zone: ZoneInfo) -> str:
    """The last contact and its motive, so that one can choose."""
    lang = language()
    known = [name_in("motive", match.motive, lang)] if match.motive else []
    if match.last_at is not None:
        at = instant(match.last_at.astimezone(zone), lang)
        known.insert(0, plain_say("stories.found_last", at=at))
    return " · ".join(known)


def _title(found: StoryList, asked: StoriesAsked) -> str:
    if asked.state is StoryState.OPEN:
        return plain_say("stories.title_open", count=found.total)
    return plain_say("stories.title_all", count=found.total)


def _listed(line: StoryLine, home: Home) -> Listed:
    lang = language()
    motive = name_in("motive", line.motive, lang) if line.motive else plain_say("stories.no_motive")
    state, kind = "", ""
    if line.resolved is not None:
        state = plain_say("customers.resolved" if line.resolved else "customers.unresolved")
        kind = "ok" if line.resolved else "hot"
    return Listed(
        url=f"/customers/{line.person}?{urlencode({'case': line.case_id})}",
        title=motive[:1].upper() + motive[1:],
        told=_burdens(line, lang),
        channels=" › ".join(channel_name(key, lang) for key in line.channels),
        last=instant(line.last_at.astimezone(zone_of(home)), lang),
        contacts=number(line.contacts, lang),
        wait=duration(line.wait_s, lang) if line.wait_s >= 1 else "",
        state=state,
        state_kind=kind,
    )


def _burdens(line: StoryLine, lang: str) -> str:
    parts = [plain_say("stories.who", person=line.person)]
    if line.failed_transfers:
        parts.append(count(line.failed_transfers, "failed_transfer", lang))
    if line.abandoned:
        parts.append(count(line.abandoned, "abandoned_contact", lang))
    return " · ".join(parts)


def _choosers(home: Home, asked: StoriesAsked) -> tuple[tuple[str, str, tuple[Choice, ...]], ...]:
    days = next(key for key, value in PERIODS.items() if value == asked.days)
    periods = tuple(_choice(key, plain_say(f"filters.period_{key}"), days) for key in PERIODS)
    states = tuple(
        _choice(key, plain_say(f"stories.state_{key}"), asked.state) for key in StoryState
    )
    orders = tuple(
        _choice(key, plain_say(f"stories.order_{key}"), asked.order) for key in StoryOrder
    )
    return (
        ("period", plain_say("filters.period"), periods),
        ("channel", plain_say("filters.channel"), _channels(home, asked.channel or "")),
        ("state", plain_say("stories.state"), states),
        ("order", plain_say("stories.order"), orders),
    )


def _choice(key: str, name: str, chosen: str) -> Choice:
    return Choice(value=key, name=name, is_chosen=key == chosen)


def _channels(home: Home, chosen: str) -> tuple[Choice, ...]:
    lang = language()
    held = [key for key, _ in home.status().result.channels]
    every = _choice("", plain_say("filters.every_channel"), chosen)
    return (every, *(_choice(key, channel_name(key, lang), chosen) for key in held))
