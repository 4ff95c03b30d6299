"""The list of customers: stories that wait for their end, and the search."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from verite.home.matching import AT_MOST
from verite.web.customers.listing import read_stories_asked, search, told_list
from verite.web.house import home_here
from verite.web.reader import reader
from verite.web.remembered import remembered
from verite.web.versions import versions_line
from verite.web.wording import say
from verite.words.member import Right

LONGEST = 254


# A search changes nothing; it is posted only to keep e-mails out of addresses, histories and logs.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def customers(request: HttpRequest) -> HttpResponse:
    """Who was searched for, else the stories, the most trying first."""
    typed = (request.POST.get("q") or request.GET.get("q") or "").strip()[:LONGEST]
    return _searched(request, typed) if typed else _listed(request)


@never_cache
def _searched(request: HttpRequest, typed: str) -> HttpResponse:
    home = home_here()
    if home.as_of is None:
        return render(request, "empty.html", {"title": say("customers.page")})
    found = search(home, typed, widely=reader(request).may(Right.MERGE_PEOPLE))
    if len(found) == 1:
        return HttpResponseRedirect(found[0].url)
    context = {
        "found": found[:AT_MOST],
        "most": AT_MOST if len(found) > AT_MOST else 0,
        "typed": typed,
        "versions": versions_line(home),
    }
    return render(request, "found.html", context)


@remembered
def _listed(request: HttpRequest) -> HttpResponse:
    home = home_here()
    if home.as_of is None:
        return render(request, "empty.html", {"title": say("customers.page")})
    context = {
        "told": told_list(home, request, read_stories_asked(request)),
        "versions": versions_line(home),
    }
    return render(request, "customers.html", context)
