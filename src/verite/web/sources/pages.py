"""The page of live sources: make one and see its key once, renew a key, close."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from verite.records.current import current_alias
from verite.records.listen.change_actions import renew_secret, set_origins
from verite.records.listen.source_actions import (
    EVENTS,
    LONGEST_NAME,
    USUAL_RATE,
    Keys,
    Wanted,
    close_source,
    make_source,
    renew_key,
)
from verite.records.listen.sources import live_source, live_sources
from verite.sentences import explain
from verite.web.clock import now
from verite.web.house import home_here
from verite.web.language import language
from verite.web.reader import reader
from verite.web.sources.examples import KEY, examples
from verite.web.sources.told import told_choices, told_former, told_lag, told_modes, told_sources
from verite.web.versions import versions_line
from verite.words.errors import BadInput
from verite.words.live import Mode, Scope
from verite.words.member import Right


@never_cache
@require_http_methods(["GET", "POST"])
def sources(request: HttpRequest) -> HttpResponse:
    """Every source and how far the ledger is behind; a form to make another."""
    fault = ""
    if request.method == "POST":
        try:
            wanted = _wanted(request)
            keys = make_source(using=current_alias(), by=reader(request), wanted=wanted, at=now())
            return _shown_once(request, keys)
        except BadInput as error:
            fault = explain(error, language())
    home = home_here()
    asked = request.POST if request.method == "POST" else None
    context = {
        "lines": told_sources(home, live_sources(using=current_alias())),
        "lag": told_lag(home.backlog, home.settings.zone, now()),
        "may_manage": reader(request).may(Right.MANAGE_SOURCES),
        "modes": told_modes(asked.get("mode", "") if asked else Mode.IDENTIFIED),
        "scopes": told_choices(frozenset(asked.getlist("scope") if asked else EVENTS)),
        "name": asked.get("name", "") if asked else "",
        "rate": asked.get("rate", "") if asked else str(USUAL_RATE),
        "origins": asked.get("origins", "") if asked else "",
        "fault": fault,
        "versions": versions_line(home),
    }
    return render(request, "sources.html", context, status=400 if fault else 200)


@never_cache
@require_http_methods(["GET"])
def source(request: HttpRequest, name: str) -> HttpResponse:
    """One source: how to send from it, how to renew its key, how to close it."""
    return _page(request, name)


def _page(request: HttpRequest, name: str, *, fault: str = "", typed: str = "") -> HttpResponse:
    found = live_source(name, using=current_alias())
    if found is None:
        raise BadInput("unknown_source", fields={"name": name})
    home = home_here()
    (line,) = told_sources(home, (found,))
    context = {
        "line": line,
        "examples": examples(found, _address(request)),
        "key": KEY,
        "hook": f"{_address(request)}/v1/webhook/{line.url.rpartition('/')[2]}",
        "is_signed": Scope.WEBHOOK in found.scopes,
        "origins": typed or "\n".join(found.origins),
        "former": told_former(found, home.settings.zone, now()),
        "fault": fault,
        "may_manage": reader(request).may(Right.MANAGE_SOURCES),
    }
    return render(request, "source.html", context, status=400 if fault else 200)


@never_cache
@require_POST
def renew(request: HttpRequest, name: str) -> HttpResponse:
    """Another key, shown once."""
    return _shown_once(
        request, renew_key(using=current_alias(), by=reader(request), name=name, at=now())
    )


@never_cache
@require_POST
def new_secret(request: HttpRequest, name: str) -> HttpResponse:
    """Another signing secret, shown once; the sender's own when one was typed."""
    secret = request.POST.get("secret", "")
    using, by = current_alias(), reader(request)
    try:
        keys = renew_secret(using=using, by=by, name=name, secret=secret, at=now())
    except BadInput as error:
        return _page(request, name, fault=explain(error, language()))
    return _shown_once(request, keys)


@never_cache
@require_POST
def change_origins(request: HttpRequest, name: str) -> HttpResponse:
    """The web pages that may send, one a line."""
    typed = request.POST.get("origins", "")
    using, by = current_alias(), reader(request)
    try:
        set_origins(using=using, by=by, name=name, origins=typed.split(), at=now())
    except BadInput as error:
        return _page(request, name, fault=explain(error, language()), typed=typed)
    return HttpResponseRedirect(request.path.removesuffix("/origins"))


@never_cache
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, name: str) -> HttpResponse:
    """Asks once more, then closes."""
    found = live_source(name, using=current_alias())
    if found is None:
        raise BadInput("unknown_source", fields={"name": name})
    if request.method == "POST":
        close_source(using=current_alias(), by=reader(request), name=name, at=now())
        return HttpResponseRedirect("/listen/sources")
    (line,) = told_sources(home_here(), (found,))
    return render(request, "source_close.html", {"line": line})


def _shown_once(request: HttpRequest, keys: Keys) -> HttpResponse:
    """The only page that ever holds the key: an answer that nobody may keep."""
    address = _address(request)
    (line,) = told_sources(home_here(), (keys.source,))
    context = {
        "line": line,
        "key": keys.key,
        "secret": keys.secret,
        "former": told_former(keys.source, home_here().settings.zone, now()),
        "hook": f"{address}/v1/webhook/{line.url.rpartition('/')[2]}",
        "is_signed": Scope.WEBHOOK in keys.source.scopes,
        "examples": examples(keys.source, address, keys.key) if keys.key else (),
    }
    return render(request, "source_key.html", context)


def _address(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"


def _wanted(request: HttpRequest) -> Wanted:
    form = request.POST
    rate = form.get("rate", "").replace("\u202f", "").replace(" ", "")
    try:
        return Wanted(
            name=form.get("name", ""),
            mode=Mode(form.get("mode", "")),
            scopes=frozenset(Scope(value) for value in form.getlist("scope")),
            rate_per_s=int(rate),
            secret=form.get("secret", "").strip(),
            origins=tuple(form.get("origins", "").split()),
        )
    except ValueError as error:
        if rate.isdecimal():
            raise BadInput("bad_source_mode") from error
        typed = form.get("rate", "")[:LONGEST_NAME]
        raise BadInput("bad_source_rate", fields={"rate": typed}) from error
