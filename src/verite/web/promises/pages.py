"""Promises: the page, its waiting state, its files."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from verite.home import Home
from verite.pictures import Ink, draw
from verite.rows import Row, table
from verite.sentences import explain
from verite.sentences.zones import in_zone
from verite.web.asked import read_asked
from verite.web.exports import export, export_picture
from verite.web.house import home_here
from verite.web.language import language
from verite.web.lately import Lately
from verite.web.nothing import nothing_passes, say_nothing_passes
from verite.web.promises.links import promise_url
from verite.web.promises.looking import latest_promises
from verite.web.promises.templates import TEMPLATES
from verite.web.promises.told import told_promises
from verite.web.promises.wanted import ADDRESS, Wanted, read_wanted, with_period
from verite.web.reader import reader
from verite.web.remembered import remembered
from verite.web.touchpoints.naming import names_of
from verite.web.versions import versions_line
from verite.web.wording import say
from verite.web.working import follow_answer, whole_page
from verite.words.errors import WrongUse
from verite.words.measured import Label
from verite.words.member import Right
from verite.words.promises import Promises, PromiseSlots

NAME = "promises"


def promises(request: HttpRequest) -> HttpResponse:
    """What the company says it does, and how often it does."""
    return _follow(request) if getattr(request, "htmx", False) else _promises(request)


@remembered
def _promises(request: HttpRequest) -> HttpResponse:
    home = home_here()
    if home.as_of is None:
        return render(request, "empty.html", {"title": say("promises.empty")})
    wanted = read_wanted(request, home)
    if wanted is None:
        return _none_written(request, home)
    if nothing_passes(home, wanted.asked.where):
        return say_nothing_passes(request, home, wanted.asked, (say("promises.kicker"), ADDRESS))
    found = latest_promises(home, wanted.records, wanted.asked.where)
    if found.answer is None:
        return _not_yet(request, home, wanted, found)
    context = {
        "told": told_promises(home, found.answer, wanted, names_of(home)),
        "query": wanted.query(),
        "is_current": found.is_current,
        "is_under_way": found.is_under_way,
        "again": request.get_full_path(),
        "may_export": reader(request).may(Right.EXPORT),
        "may_set": reader(request).may(Right.SET_PROMISES),
        **_frame(home, wanted),
    }
    return render(request, "promises.html", context)


def slot(request: HttpRequest, key: str, at: str) -> HttpResponse:
    """What was judged in an hour of a weekday: the interactions behind a cell."""
    home = home_here()
    asked = with_period(read_asked(request, home, period="all"))
    weekday, _, hour = at.partition("-")
    by = (Label(dimension="weekday", value=weekday), Label(dimension="hour", value=hour))
    return HttpResponseRedirect(promise_url(asked, key, by))


def export_promises(request: HttpRequest, kind: str) -> HttpResponse:
    """Every cell of every promise as CSV or Excel; the hours of one as SVG."""
    home = home_here()
    wanted = read_wanted(request, home)
    if wanted is None:
        raise WrongUse("unknown_promise", fields={"key": "–"})
    found = home.promises(where=wanted.asked.where).result
    if kind == "svg":
        return _picture(request, home, found, wanted)
    rows: list[Row] = table(found)
    return export(reader(request), rows, kind, NAME)


def _picture(request: HttpRequest, home: Home, found: Promises, wanted: Wanted) -> HttpResponse:
    kept = next(one for one in found.rows if one.promise.key == wanted.chosen)
    slots = in_zone(PromiseSlots(about=found.about, kept=kept), home.settings.zone)
    svg = draw(slots, lang=language(), ink=Ink.LIGHT)
    return export_picture(reader(request), svg, f"{NAME}-{wanted.chosen}")


@never_cache
def _follow(request: HttpRequest) -> HttpResponse:
    """The part that says that it is being worked out; once found, the whole page again."""
    home = home_here()
    wanted = read_wanted(request, home)
    if wanted is None:
        return whole_page()
    return follow_answer(request, latest_promises(home, wanted.records, wanted.asked.where))


def _none_written(request: HttpRequest, home: Home) -> HttpResponse:
    """What a promise is, and templates to begin with."""
    context = {
        "templates": [(key, say(f"promises.template_{key}")) for key in TEMPLATES],
        "may_set": reader(request).may(Right.SET_PROMISES),
        "versions": versions_line(home),
    }
    return render(request, "promises_none.html", context)


def _not_yet(
    request: HttpRequest, home: Home, wanted: Wanted, found: Lately[Promises]
) -> HttpResponse:
    """No answer: it is being worked out, or there is a reason."""
    context = {
        "again": request.get_full_path(),
        "error": explain(found.error, language()) if found.error is not None else "",
        "clear": wanted.everything,
        **_frame(home, wanted),
    }
    return render(request, "promises_working.html", context)


def _frame(home: Home, wanted: Wanted) -> dict[str, object]:
    """What every state of the page shows around its content."""
    return {
        "wanted": wanted,
        "asked": wanted.asked,
        "filters_action": ADDRESS,
        "versions": versions_line(home),
    }
