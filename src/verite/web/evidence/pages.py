"""The list of interactions behind a figure, and its export."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from verite.rows import table
from verite.web.asked import read_asked
from verite.web.evidence.told import EXPORT_AT_MOST, read_wanted, told_evidence
from verite.web.exports import export
from verite.web.house import home_here
from verite.web.reader import reader
from verite.web.remembered import remembered
from verite.web.touchpoints.naming import names_of
from verite.web.versions import versions_line
from verite.web.wording import say
from verite.words.member import Right


@remembered
def interactions(request: HttpRequest) -> HttpResponse:
    """The interactions, filtered, sorted, page by page."""
    home = home_here()
    if home.as_of is None:
        return render(request, "empty.html", {"title": say("empty.title_evidence")})
    asked = read_asked(request, home)
    wanted = read_wanted(request, asked)
    context = {
        "told": told_evidence(home, asked, names_of(home), wanted),
        "asked": asked,
        "filters_action": "/interactions",
        "may_export": reader(request).may(Right.EXPORT),
        "versions": versions_line(home),
    }
    return render(request, "interactions.html", context)


def export_interactions(request: HttpRequest, kind: str) -> HttpResponse:
    """The whole list, up to a hundred thousand lines."""
    home = home_here()
    asked = read_asked(request, home)
    wanted = read_wanted(request, asked)
    page = replace(wanted.page, limit=EXPORT_AT_MOST, offset=0)
    found = home.interactions(where=wanted.where, page=page).result
    return export(reader(request), table(found), kind, "interactions")
