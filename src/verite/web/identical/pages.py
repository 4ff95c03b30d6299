"""Identical experience: the page, its waiting state, its files."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from verite.home import Home
from verite.pictures import Ink, draw
from verite.pictures.identity_map import map_of
from verite.rows import Row, table
from verite.sentences import explain
from verite.sentences.zones import in_zone
from verite.web.exports import export, export_picture
from verite.web.house import home_here
from verite.web.identical.looking import Found, find, latest_found
from verite.web.identical.told import told_identical
from verite.web.identical.wanted import ADDRESS, Wanted, read_wanted
from verite.web.language import language
from verite.web.lately import Lately
from verite.web.nothing import nothing_passes, say_nothing_passes
from verite.web.reader import reader
from verite.web.remembered import remembered
from verite.web.touchpoints.naming import names_of
from verite.web.versions import versions_line
from verite.web.wording import say
from verite.web.working import follow_answer
from verite.words.errors import BadInput
from verite.words.identical import Decomposition
from verite.words.member import Right

NAME = "identical"


def identical(request: HttpRequest) -> HttpResponse:
    """Whether comparable customers live the same, whoever serves them."""
    return _follow(request) if getattr(request, "htmx", False) else _identical(request)


@remembered
def _identical(request: HttpRequest) -> HttpResponse:
    home = home_here()
    if home.as_of is None:
        return render(request, "empty.html", {"title": say("identical.empty")})
    wanted = read_wanted(request, home)
    if wanted is None:
        return _nothing(request, home, None, say("identical.no_scores"))
    if nothing_passes(home, wanted.asked.where):
        return say_nothing_passes(request, home, wanted.asked, (say("identical.kicker"), ADDRESS))
    found = latest_found(home, wanted)
    if found.answer is None:
        return _not_yet(request, home, wanted, found)
    context = {
        "told": told_identical(home, found.answer, wanted, names_of(home)),
        "query": wanted.query(),
        "is_current": found.is_current,
        "is_under_way": found.is_under_way,
        "again": request.get_full_path(),
        "may_export": reader(request).may(Right.EXPORT),
        "agents": home.desk.agents_are_open(("agent",)),
        "least": found.answer.identical.level_of_agents,
        **_frame(home, wanted),
    }
    return render(request, "identical.html", context)


def export_identical(request: HttpRequest, kind: str) -> HttpResponse:
    """Every value and square as CSV or Excel; the map as SVG."""
    found = _asked(request)
    if kind == "svg":
        return _picture(request, map_of(found.identical), NAME)
    rows: list[Row] = table(found.identical)
    return export(reader(request), rows, kind, NAME)


def export_drawing(request: HttpRequest, name: str) -> HttpResponse:
    """The decomposition or the funnel as SVG."""
    found = _asked(request)
    shown = found.identical
    if name == "shares":
        return _picture(request, Decomposition(about=shown.about, shares=shown.shares), name)
    if name == "funnel" and found.funnel is not None:
        return _picture(request, found.funnel, name)
    raise Http404


def _asked(request: HttpRequest) -> Found:
    home = home_here()
    wanted = read_wanted(request, home)
    if wanted is None:
        raise BadInput("identical_too_few", fields={"metric": "score", "needed": 30})
    return find(home, wanted.question, wanted.asked.where)


def _picture(request: HttpRequest, result: object, name: str) -> HttpResponse:
    home = home_here()
    design = next(iter(home.designs()), None)
    shown = in_zone(result, home.settings.zone)
    svg = draw(shown, lang=language(), ink=Ink.LIGHT, design=design)
    return export_picture(reader(request), svg, name)


@never_cache
def _follow(request: HttpRequest) -> HttpResponse:
    """The part that says that it is being worked out; once found, the whole page again."""
    home = home_here()
    wanted = read_wanted(request, home)
    return follow_answer(request, None if wanted is None else latest_found(home, wanted))


def _not_yet(
    request: HttpRequest, home: Home, wanted: Wanted, found: Lately[Found]
) -> HttpResponse:
    """No answer: it is being worked out, or there is a reason."""
    if found.error is not None:
        return _nothing(request, home, wanted, explain(found.error, language()))
    context = {"again": request.get_full_path(), **_frame(home, wanted)}
    return render(request, "identical_working.html", context)


def _nothing(request: HttpRequest, home: Home, wanted: Wanted | None, why: str) -> HttpResponse:
    """Why there is no index, and what to do next."""
    clear = wanted.everything if wanted is not None else ""
    context = {"why": why, "clear": clear, **_frame(home, wanted)}
    return render(request, "identical_nothing.html", context)


def _frame(home: Home, wanted: Wanted | None) -> dict[str, object]:
    """What every state of the page shows around its content."""
    return {
        "wanted": wanted,
        "asked": wanted.asked if wanted is not None else None,
        "filters_action": ADDRESS,
        "versions": versions_line(home),
    }
