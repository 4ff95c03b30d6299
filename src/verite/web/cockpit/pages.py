"""The cockpit, or the first steps of a home that holds nothing yet."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from verite.web.asked import read_asked
from verite.web.cockpit.told import told_cockpit
from verite.web.house import home_here
from verite.web.nothing import nothing_passes, say_nothing_passes
from verite.web.remembered import remembered
from verite.web.touchpoints.naming import names_of
from verite.web.versions import versions_line
from verite.web.wording import say


@remembered
def cockpit(request: HttpRequest) -> HttpResponse:
    """What changed and is more than noise, where we stand, what is silent."""
    home = home_here()
    if home.as_of is None:
        return render(request, "empty.html", {"title": say("empty.title_cockpit")})
    asked = read_asked(request, home)
    if nothing_passes(home, asked.where):
        return say_nothing_passes(request, home, asked, (say("cockpit.title"), "/"))
    names = names_of(home)
    context = {
        "told": told_cockpit(home, asked, names),
        "asked": asked,
        "filters_action": "/",
        "versions": versions_line(home),
    }
    return render(request, "cockpit.html", context)
