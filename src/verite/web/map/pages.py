"""The map: lived journeys, planned against lived."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST

from verite.records.current import current_alias
from verite.records.map.actions import activate_design, keep_design
from verite.sentences.dates import period
from verite.web.asked import read_asked
from verite.web.clock import now
from verite.web.house import home_here
from verite.web.language import language
from verite.web.map.told import told_map
from verite.web.nothing import nothing_passes, say_nothing_passes
from verite.web.reader import reader
from verite.web.remembered import remembered
from verite.web.touchpoints.naming import names_of
from verite.web.versions import versions_line
from verite.web.wording import say


@remembered
def journey(request: HttpRequest) -> HttpResponse:
    """The lived journeys of a home."""
    home = home_here()
    if home.as_of is None:
        return render(request, "empty.html", {"title": say("empty.title_map")})
    asked = read_asked(request, home)
    if nothing_passes(home, asked.where):
        return say_nothing_passes(request, home, asked, (say("map.page"), "/map"))
    chosen = (request.GET.get("case", "person"), request.GET.get("design", ""))
    context = {
        "told": told_map(home, asked, names_of(home), chosen),
        "asked": asked,
        "filters_action": "/map",
        "source": say("map.source", window=period(asked.window, language()))
        if asked.window
        else "",
        "versions": versions_line(home),
    }
    return render(request, "map.html", context)


@require_POST
def activate(request: HttpRequest) -> HttpResponse:
    """Lay journeys on this design from now on; a shipped one is kept first."""
    home, member = home_here(), reader(request)
    design = home.known_design(request.POST.get("design", ""))
    if design.key not in {kept.key for kept in home.designs()}:
        keep_design(design, by=member, at=now(), using=current_alias())
    activate_design(design.key, by=member, at=now(), using=current_alias())
    return HttpResponseRedirect("/map")
