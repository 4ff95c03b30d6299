"""All measures, and the form where targets are set."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from verite.measure import METRICS
from verite.records.current import current_alias
from verite.records.measure.actions import set_targets
from verite.rows import Row, table
from verite.sentences import explain
from verite.web.asked import read_asked
from verite.web.clock import now
from verite.web.exports import export
from verite.web.house import home_here
from verite.web.language import language
from verite.web.measure.form import read_form, told_form
from verite.web.measure.kpis import kpis_of
from verite.web.measure.told import told_measures
from verite.web.nothing import nothing_passes, say_nothing_passes
from verite.web.reader import reader
from verite.web.remembered import remembered
from verite.web.touchpoints.naming import names_of
from verite.web.versions import versions_line
from verite.web.wording import say
from verite.words.errors import VeriteError
from verite.words.member import Right


@remembered
def measures(request: HttpRequest) -> HttpResponse:
    """Every measure with its interval; one by dimension and over time; the targets."""
    home = home_here()
    if home.as_of is None:
        return render(request, "empty.html", {"title": say("empty.title_measure")})
    asked = read_asked(request, home)
    if nothing_passes(home, asked.where):
        return say_nothing_passes(request, home, asked, (say("measure.title"), "/measure"))
    names = names_of(home)
    chosen = (request.GET.get("metric", ""), request.GET.get("by") or "channel")
    context = {
        "told": told_measures(home, asked, names, chosen),
        "kpis": kpis_of(home, asked, names),
        "asked": asked,
        "filters_action": "/measure",
        "may_set": reader(request).may(Right.SET_TARGETS),
        "may_export": reader(request).may(Right.EXPORT),
        "versions": versions_line(home),
    }
    return render(request, "measure.html", context)


def export_measures(request: HttpRequest, kind: str) -> HttpResponse:
    """All measures by the chosen dimension, as CSV or Excel."""
    home = home_here()
    asked = read_asked(request, home)
    by = request.GET.get("by")
    metrics = () if by else (*METRICS, *home.ratings())
    result = home.measure(*metrics, by=(by,) if by else (), where=asked.where).result
    rows: list[Row] = table(result)
    return export(reader(request), rows, kind, "measure")


@never_cache
@require_http_methods(["GET", "POST"])
def targets(request: HttpRequest) -> HttpResponse:
    """The targets form."""
    home = home_here()
    names = names_of(home)
    if request.method == "GET":
        return render(request, "targets.html", {"form": told_form(home, names), "fault": ""})
    try:
        wishes = read_form(request.POST, home)
        set_targets(wishes, by=reader(request), at=now(), using=current_alias())
    except VeriteError as error:
        if error.code == "not_allowed":
            raise
        context = {
            "form": told_form(home, names, request.POST),
            "fault": explain(error, language()),
        }
        return render(request, "targets.html", context, status=400)
    return HttpResponseRedirect("/measure#targets")
