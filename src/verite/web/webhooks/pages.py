"""Webhook pages: name a target, try it, change its secret, turn it off, let it go."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from verite.home.outgoing.addresses import read_place
from verite.records.current import current_alias
from verite.records.outgoing.actions import (
    change_secret,
    drop_target,
    name_target,
    turn_off,
    turn_on,
)
from verite.records.outgoing.sending import queue_test, try_again
from verite.records.rights import need
from verite.sentences import explain
from verite.web.clock import now
from verite.web.house import home_here
from verite.web.language import language
from verite.web.reader import reader
from verite.web.webhooks.told import told_webhooks
from verite.words.errors import BadInput
from verite.words.member import Right

CHANGES: Final[dict[str, Callable[..., object]]] = {
    "test": queue_test,
    "on": turn_on,
    "off": turn_off,
    "drop": drop_target,
}


@never_cache
@require_http_methods(["GET", "POST"])
def webhooks(request: HttpRequest) -> HttpResponse:
    """Targets and deliveries; a new target's secret is shown this once."""
    need(reader(request), Right.MANAGE_SOURCES)
    if request.method == "GET":
        return _page(request, {})
    name, url = request.POST.get("name", ""), request.POST.get("url", "").strip()
    try:
        read_place(url, home_here().settings.outgoing_allow)
        made = name_target(using=current_alias(), by=reader(request), name=name, url=url, at=now())
    except BadInput as error:
        fault = explain(error, language())
        return _page(request, {"fault": fault, "name": name, "url": url}, status=400)
    return _page(request, {"secret": made.secret, "secret_of": made.target.name})


@never_cache
@require_POST
def change(request: HttpRequest, target: int, what: str) -> HttpResponse:
    """One change of one target."""
    using, by = current_alias(), reader(request)
    if what == "secret":
        made = change_secret(using=using, by=by, target=target, at=now())
        return _page(request, {"secret": made.secret, "secret_of": made.target.name})
    if what not in CHANGES:
        raise Http404
    CHANGES[what](using=using, by=by, target=target, at=now())
    return HttpResponseRedirect("/webhooks")


@require_POST
def again(request: HttpRequest, delivery: int) -> HttpResponse:
    """Try a failed delivery again."""
    try_again(using=current_alias(), by=reader(request), delivery=delivery, at=now())
    return HttpResponseRedirect("/webhooks")


def _page(request: HttpRequest, more: dict[str, object], status: int = 200) -> HttpResponse:
    home = home_here()
    context = {"told": told_webhooks(current_alias(), home.settings.zone), **more}
    return render(request, "webhooks.html", context, status=status)
