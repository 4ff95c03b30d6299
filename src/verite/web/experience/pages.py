"""Experience and loyalty: the page, its waiting state, its files."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from verite.home import Home
from verite.pictures import Ink, draw
from verite.rows import table
from verite.sentences import explain
from verite.sentences.zones import in_zone
from verite.web.asked import read_asked
from verite.web.experience.headline import lede_of, title_of
from verite.web.experience.looking import latest_experience
from verite.web.experience.told import told_experience
from verite.web.exports import export, export_picture
from verite.web.house import home_here
from verite.web.language import language
from verite.web.reader import reader
from verite.web.remembered import remembered
from verite.web.versions import versions_line
from verite.web.wording import say
from verite.web.working import follow_answer
from verite.words.errors import VeriteError
from verite.words.experience import Topic
from verite.words.member import Right

NAME = "experience"


def experience(request: HttpRequest) -> HttpResponse:
    """What experience does to loyalty, a card a question."""
    return _follow(request) if getattr(request, "htmx", False) else _experience(request)


@remembered
def _experience(request: HttpRequest) -> HttpResponse:
    home = home_here()
    if home.as_of is None:
        return render(request, "empty.html", {"title": say("experience.empty")})
    found = latest_experience(home)
    if found.answer is None:
        return _not_yet(request, home, found.error)
    cards = told_experience(home, found.answer, read_asked(request, home, period="all"))
    context = {
        "title": title_of(found.answer),
        "lede": lede_of(found.answer),
        "cards": [card for card in cards if card.lines],
        "silent": [card for card in cards if not card.lines],
        "is_current": found.is_current,
        "is_under_way": found.is_under_way,
        "again": request.get_full_path(),
        "may_export": reader(request).may(Right.EXPORT),
        "versions": versions_line(home),
    }
    return render(request, "experience.html", context)


def export_experience(request: HttpRequest, kind: str) -> HttpResponse:
    """Every figure of every question as CSV or Excel."""
    return export(reader(request), table(home_here().experience().result), kind, NAME)


def export_drawing(request: HttpRequest, name: str) -> HttpResponse:
    """The picture of one question as SVG."""
    home = home_here()
    if name not in set(Topic):
        raise Http404
    reply = home.experience().result.of(Topic(name))
    if not reply.figures:
        raise Http404
    design = next(iter(home.designs()), None)
    svg = draw(in_zone(reply, home.settings.zone), lang=language(), ink=Ink.LIGHT, design=design)
    return export_picture(reader(request), svg, f"{NAME}-{name}")


@never_cache
def _follow(request: HttpRequest) -> HttpResponse:
    """The part that says that it is being worked out; once found, the whole page again."""
    return follow_answer(request, latest_experience(home_here()))


def _not_yet(request: HttpRequest, home: Home, error: VeriteError | None) -> HttpResponse:
    """No answer: it is being worked out, or there is a reason."""
    context = {
        "why": "" if error is None else explain(error, language()),
        "again": request.get_full_path(),
        "versions": versions_line(home),
    }
    return render(request, "experience_working.html", context)
