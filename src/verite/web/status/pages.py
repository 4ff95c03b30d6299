"""What the home holds; whether the server is alive and ready."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from verite.records.accounts.records import list_members
from verite.records.current import current_alias
from verite.web.clock import now
from verite.web.house import home_here
from verite.web.sources.told import told_lag
from verite.web.status.told import told_status
from verite.web.versions import versions_line
from verite.words.errors import VeriteError


@never_cache
def status(request: HttpRequest) -> HttpResponse:
    """Counts, period, channels, touchpoints, sources; how far the ledger is behind."""
    home = home_here()
    context = {
        "told": told_status(home),
        "lag": told_lag(home.backlog, home.settings.zone, now()),
        "versions": versions_line(home),
    }
    return render(request, "status.html", context)


def healthz(request: HttpRequest) -> HttpResponse:
    """Alive."""
    return HttpResponse("ok\n", content_type="text/plain")


def readyz(request: HttpRequest) -> HttpResponse:
    """Records, inbox and ledger usable."""
    try:
        list_members(using=current_alias())
        ledger, people = home_here().versions
    except VeriteError as error:
        return JsonResponse({"ready": False, "error": error.code}, status=503)
    return JsonResponse({"ready": True, "ledger_version": ledger, "people_version": people})
