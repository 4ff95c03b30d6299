"""Promises written by people: the form, a file pasted, one withdrawn."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from verite.measure.promises import read_promises
from verite.records.current import current_alias
from verite.records.promises.actions import set_promises, withdraw_promise, write_promise
from verite.records.rights import need
from verite.sentences import explain
from verite.web.clock import now
from verite.web.house import home_here
from verite.web.language import language
from verite.web.promises.form import blank, read_form, read_table, told_form
from verite.web.promises.templates import TEMPLATES
from verite.web.promises.wanted import ADDRESS
from verite.web.reader import reader
from verite.web.touchpoints.naming import names_of
from verite.web.wording import say
from verite.words.errors import BadInput, VeriteError
from verite.words.member import Right


@never_cache
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """One promise, new or changed: each time a new version."""
    need(reader(request), Right.SET_PROMISES)
    if request.method == "GET":
        key = request.GET.get("promise", "")
        return _page(request, blank(home_here(), key, request.GET.get("template", "")), not key)
    try:
        promise = read_form(request.POST)
        write_promise(promise, by=reader(request), at=now(), using=current_alias())
    except VeriteError as error:
        return _page(request, _typed(request), "is_new" in request.POST, fault=error)
    return HttpResponseRedirect(f"{ADDRESS}?promise={promise.key}")


@never_cache
@require_POST
def take_file(request: HttpRequest) -> HttpResponse:
    """A TOML text in place of all promises."""
    need(reader(request), Right.SET_PROMISES)
    try:
        told = read_promises(request.POST.get("text", ""), file=say("promises.pasted"))
        set_promises(told, by=reader(request), at=now(), using=current_alias())
    except VeriteError as error:
        return _page(request, blank(home_here(), "", ""), True, fault=error)
    return HttpResponseRedirect(ADDRESS)


@require_POST
def withdraw(request: HttpRequest, key: str) -> HttpResponse:
    """One promise fewer; its versions stay."""
    need(reader(request), Right.SET_PROMISES)
    withdraw_promise(key=key, by=reader(request), at=now(), using=current_alias())
    return HttpResponseRedirect(ADDRESS)


def _typed(request: HttpRequest) -> Mapping[str, object]:
    """What was typed, to be shown again; a target that is no number is left blank."""
    try:
        return read_table(request.POST)
    except BadInput:
        post = request.POST.copy()
        post["target"] = "0"
        return {**read_table(post), "target": None}


def _page(
    request: HttpRequest,
    table: Mapping[str, object],
    is_new: bool,
    *,
    fault: VeriteError | None = None,
) -> HttpResponse:
    home = home_here()
    context = {
        "form": told_form(home, names_of(home), table, is_new=is_new),
        "fault": explain(fault, language()) if fault is not None else "",
        "pasted": request.POST.get("text", ""),
        "templates": [(key, say(f"promises.template_{key}")) for key in TEMPLATES],
    }
    return render(request, "promise_form.html", context, status=400 if fault is not None else 200)
