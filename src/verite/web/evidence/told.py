"""The interactions behind a figure, as the page lists them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from django.http import HttpRequest

from verite.home import Home
from verite.sentences.dates import instant
from verite.sentences.names import (
    channel_name,
    dimension_name,
    kind_name,
    metric_name,
    name_in,
    value_name,
)
from verite.sentences.numbers import duration, number
from verite.web.asked import Asked, Choice
from verite.web.evidence.address import GROUP
from verite.web.language import language
from verite.web.touchpoints.naming import Names
from verite.web.wording import say
from verite.words.asked import Filters
from verite.words.errors import BadInput
from verite.words.evidence import Behind, Line, Order, Page
from verite.words.measured import Label

PER_PAGE = 50
EXPORT_AT_MOST = 100_000
LAST_PLACE = 1_000_000_000  # beyond any list, within what SQLite counts
ONE_LINE_EACH = ("resolution", "retention", "lost")
ALSO = ("of", "rating", "kind", "case_id", "outcome", "team", "texts", "order")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One interaction as printed."""

    when: str
    touchpoint: str
    touchpoint_url: str
    channel: str
    kind: str
    person: str
    case: str
    case_url: str
    wait: str
    outcome: str
    score: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidencePage:
    """One page of the list, and the way to the others."""

    total: int
    told: str
    lede: str
    narrowed: tuple[str, ...]
    lines: tuple[Listed, ...]
    orders: tuple[Choice, ...]
    extra: tuple[tuple[str, str], ...]
    previous: str
    following: str
    place: str
    query: str
    cut: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the URL asks for beyond the common filters."""

    where: Filters
    page: Page
    extra: tuple[tuple[str, str], ...]


def read_wanted(request: HttpRequest, asked: Asked) -> Wanted:
    """The list asked for; raises `BadInput` for an unknown order or page."""
    asked_here = [name for name in request.GET if name in ALSO or name.startswith(GROUP)]
    given = {name: request.GET[name] for name in asked_here if request.GET[name]}
    try:
        order = Order(given.get("order", Order.NEWEST))
    except ValueError as error:
        raise BadInput("bad_list", fields={"detail": error}) from error
    place = read_place(request)
    page = Page(
        limit=PER_PAGE,
        offset=(place - 1) * PER_PAGE,
        order=order,
        with_text="texts" in given,
        kind=given.get("kind"),
        case_id=given.get("case_id"),
        outcome=given.get("outcome"),
        team=given.get("team"),
        behind=_behind(given),
    )
    where = replace(asked.where, metric=given.get("rating"))
    return Wanted(where=where, page=page, extra=tuple(given.items()))


def read_place(request: HttpRequest) -> int:
    """The page of a list asked in the URL, from 1 on; raises `BadInput` for what is no number."""
    text = request.GET.get("page", "1")
    try:
        return min(max(int(text), 1), LAST_PLACE)
    except ValueError as error:
        raise BadInput("bad_list", fields={"detail": text[:40]}) from error


def _behind(given: dict[str, str]) -> Behind | None:
    if "of" not in given:
        return None
    groups = [(name, value) for name, value in given.items() if name.startswith(GROUP)]
    by = tuple(Label(dimension=name.removeprefix(GROUP), value=value) for name, value in groups)
    return Behind(metric=given["of"], by=by)


def told_evidence(home: Home, asked: Asked, names: Names, wanted: Wanted) -> EvidencePage:
    """One page of interactions."""
    lang, page = language(), wanted.page
    found = home.interactions(where=wanted.where, page=page).result
    if found.total and page.offset >= found.total:  # beyond the end: the last page
        page = replace(page, offset=(found.total - 1) // page.limit * page.limit)
        found = home.interactions(where=wanted.where, page=page).result
    zone = ZoneInfo(home.settings.zone)
    last = min(page.offset + page.limit, found.total)
    here = page.offset // page.limit + 1
    extra = dict(wanted.extra)
    total = number(found.total, lang)
    return EvidencePage(
        total=found.total,
        told=say("evidence.title", count=found.total),
        lede=_lede(extra.get("of", "")),
        narrowed=_narrowed(extra),
        lines=tuple(_listed(line, zone, names, asked) for line in found.lines),
        orders=_orders(page.order),
        extra=tuple((name, text) for name, text in wanted.extra if name != "order"),
        previous=asked.query(**extra, page=str(here - 1)) if here > 1 else "",
        following=asked.query(**extra, page=str(here + 1)) if last < found.total else "",
        place=say("evidence.place", first=page.offset + 1, last=last, total=total),
        query=asked.query(**extra),
        cut=say("evidence.cut", most=EXPORT_AT_MOST) if found.total > EXPORT_AT_MOST else "",
    )


def _lede(metric: str) -> str:
    """What the list is to the figure: a case stands as one line, so does a customer."""
    if metric in ONE_LINE_EACH:
        return say(f"evidence.lede_{metric}")
    return say("evidence.lede")


def _narrowed(extra: dict[str, str]) -> tuple[str, ...]:
    lang = language()
    told: list[str] = []
    if "of" in extra:
        told.append(say("evidence.only_of", metric=metric_name(extra["of"], lang)))
    for name, value in extra.items():
        if name.startswith(GROUP):
            told.append(_group(name.removeprefix(GROUP), value))
    if "rating" in extra:
        told.append(say("evidence.only_rating", rating=metric_name(extra["rating"], lang)))
    if "kind" in extra:
        told.append(say("evidence.only_kind", kind=kind_name(extra["kind"], lang)))
    if "texts" in extra:
        told.append(say("evidence.only_texts"))
    for name in ("case_id", "outcome", "team"):
        if name in extra:
            value = value_name(name, extra[name], lang)
            told.append(say(f"evidence.only_{name}", value=value))
    return tuple(told)


def _group(dimension: str, value: str) -> str:
    lang = language()
    return say(
        "evidence.only_group",
        dimension=dimension_name(dimension, lang),
        value=value_name(dimension, value, lang),
    )


def _orders(chosen: Order) -> tuple[Choice, ...]:
    return tuple(
        Choice(value=order.value, name=say(f"evidence.order_{order}"), is_chosen=order is chosen)
        for order in Order
    )


def _listed(line: Line, zone: ZoneInfo, names: Names, asked: Asked) -> Listed:
    lang = language()
    return Listed(
        when=instant(line.at.astimezone(zone), lang),
        touchpoint=names.name(line.touchpoint) if line.touchpoint else "",
        touchpoint_url=names.url(line.touchpoint, asked.query()) if line.touchpoint else "",
        channel=channel_name(line.channel, lang) if line.channel else "",
        kind=kind_name(line.kind, lang) if line.kind else "",
        person=line.person[-6:],
        case=line.case_id or "",
        case_url="?" + asked.query(period="all", case_id=line.case_id) if line.case_id else "",
        wait=duration(line.wait_s, lang) if line.wait_s is not None else "",
        outcome=name_in("outcome", line.outcome, lang) if line.outcome else "",
        score=_score(line),
        text=line.text or "",
    )


def _score(line: Line) -> str:
    if line.score is None:
        return ""
    lang = language()
    digits = 0 if line.score.is_integer() else 1
    name = metric_name(line.metric, lang) if line.metric else ""
    told = number(line.score, lang, digits)
    if line.scale_max is not None:
        told = say("cockpit.score", score=told, top=number(line.scale_max, lang))
    return f"{name} {told}".strip()
