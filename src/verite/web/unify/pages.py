"""Who is who: people, what joined their identities, what waits for someone to decide."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from verite.web.house import home_here
from verite.web.versions import versions_line


@never_cache
def unify(request: HttpRequest) -> HttpResponse:
    """People from identities."""
    home = home_here()
    context = {"told": home.unify().result, "versions": versions_line(home)}
    return render(request, "unify.html", context)
