"""One touchpoint, and the form that names its owner."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from verite.records.current import current_alias
from verite.records.map.actions import name_owner
from verite.web.asked import read_asked
from verite.web.clock import now
from verite.web.house import home_here
from verite.web.nothing import nothing_passes, say_nothing_passes
from verite.web.reader import reader
from verite.web.remembered import remembered
from verite.web.touchpoints.naming import names_of
from verite.web.touchpoints.told import known_touchpoint, told_touchpoint
from verite.web.versions import versions_line
from verite.web.wording import say
from verite.words.member import Right


@remembered
def touchpoint(request: HttpRequest, key: str) -> HttpResponse:
    """The figures, flows, words and owner of a touchpoint."""
    home = home_here()
    if home.as_of is None:
        return render(request, "empty.html", {"title": say("empty.title_evidence")})
    asked = read_asked(request, home)
    names = names_of(home)
    held = known_touchpoint(home, names, key)
    here = replace(asked.where, touchpoints=(key,))
    if key in held and nothing_passes(home, here):
        return say_nothing_passes(request, home, asked, (names.name(key), names.url(key)))
    context = {
        "told": told_touchpoint(home, asked, names, key, request.GET.get("metric", "")),
        "asked": asked,
        "filters_action": names.url(key),
        "owner_url": names.url(key) + "/owner",
        "may_name": reader(request).may(Right.DRAW_MAPS),
        "versions": versions_line(home),
    }
    return render(request, "touchpoint.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def owner(request: HttpRequest, key: str) -> HttpResponse:
    """Who answers for this touchpoint."""
    home = home_here()
    names = names_of(home)
    known_touchpoint(home, names, key)
    if request.method == "GET":
        context = {"name": names.name(key), "owner": names.owner(key) or "", "back": names.url(key)}
        return render(request, "owner.html", context)
    name_owner(
        using=current_alias(),
        by=reader(request),
        touchpoint=key,
        owner=request.POST.get("owner", "")[:120],
        at=now(),
    )
    return HttpResponseRedirect(names.url(key))
