"""What repetition costs: the page and its files."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from verite.rows import Row, table
from verite.web.asked import read_asked
from verite.web.effort.told import told_effort
from verite.web.exports import export
from verite.web.house import home_here
from verite.web.nothing import nothing_passes, say_nothing_passes
from verite.web.reader import reader
from verite.web.remembered import remembered
from verite.web.touchpoints.naming import names_of
from verite.web.versions import versions_line
from verite.web.wording import say
from verite.words.member import Right


@remembered
def effort(request: HttpRequest) -> HttpResponse:
    """Time and money lost to repetition, by kind and by dimension."""
    home = home_here()
    if home.as_of is None:
        return render(request, "empty.html", {"title": say("effort.title")})
    asked = read_asked(request, home)
    if nothing_passes(home, asked.where):
        return say_nothing_passes(request, home, asked, (say("effort.title"), "/effort"))
    chosen = (request.GET.get("by") or "team", request.GET.get("sort") or "spent")
    context = {
        "told": told_effort(home, asked, names_of(home), chosen),
        "asked": asked,
        "filters_action": "/effort",
        "may_export": reader(request).may(Right.EXPORT),
        "versions": versions_line(home),
    }
    return render(request, "effort.html", context)


def export_effort(request: HttpRequest, kind: str) -> HttpResponse:
    """Every kind and group as CSV or Excel."""
    home = home_here()
    asked = read_asked(request, home)
    by = request.GET.get("by") or "team"
    rows: list[Row] = table(home.effort(by=(by,), where=asked.where).result)
    return export(reader(request), rows, kind, "effort")
