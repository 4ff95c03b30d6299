"""The page of alerts: open ones first."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from verite.web.alerts.told import told_alerts, told_last
from verite.web.asked import read_asked
from verite.web.house import home_here
from verite.web.reader import reader
from verite.web.remembered import remembered
from verite.web.versions import versions_line
from verite.web.wording import say
from verite.words.member import Right


@remembered
def alerts(request: HttpRequest) -> HttpResponse:
    """Contacts that should have become a call, in a period."""
    home = home_here()
    if home.as_of is None:
        return render(request, "empty.html", {"title": say("alerts.empty")})
    asked = read_asked(request, home)
    found = home.alerts(where=asked.where).result
    before = () if found.rows else home.alerts(where=asked.so_far).result.rows
    context = {
        "told": told_alerts(found, home.settings.zone),
        "last": told_last(before, asked, home.settings.zone),
        "asked": asked,
        "filters_action": "/alerts",
        "may_manage": reader(request).may(Right.MANAGE_SOURCES),
        "versions": versions_line(home),
    }
    return render(request, "alerts.html", context)
