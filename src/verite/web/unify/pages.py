"""Who is who: people, what joined their identities, what waits for someone to decide."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from verite.records.current import current_alias
from verite.records.rights import need
from verite.sentences import explain
from verite.web.clock import now
from verite.web.house import home_here
from verite.web.language import language
from verite.web.reader import reader
from verite.web.unify.searching import ToldSearch, start_looking, told_search
from verite.web.unify.told import told_people
from verite.web.versions import versions_line
from verite.web.working import whole_page
from verite.words.errors import BadInput, VeriteError
from verite.words.member import Right

DONE = "unified"


@never_cache
def unify(request: HttpRequest) -> HttpResponse:
    """People from identities, what waits, what was done last."""
    home = home_here()
    search = told_search(home)
    if getattr(request, "htmx", False):
        return _follow(request, search)
    may_decide = reader(request).may(Right.MERGE_PEOPLE)
    done, is_fault = request.session.pop(DONE, ("", False))
    context = {
        "told": told_people(home, may_see=may_decide),
        "search": search,
        "may_decide": may_decide,
        "done": done,
        "is_fault": is_fault,
        "versions": versions_line(home),
    }
    return render(request, "unify.html", context)


def _follow(request: HttpRequest, search: ToldSearch | None) -> HttpResponse:
    """How far the search is; once it has ended, the whole page again."""
    if search is not None and search.is_running:
        return render(request, "parts/searching.html", {"search": search})
    return whole_page()


@require_POST
def propose(request: HttpRequest) -> HttpResponse:
    """Looks for customers who are alike; they wait with the others, nobody is joined."""
    by = reader(request)
    need(by, Right.MERGE_PEOPLE)
    start_looking(current_alias(), by=by)
    return HttpResponseRedirect("/unify#review")


@require_POST
def decide(request: HttpRequest) -> HttpResponse:
    """Accept or reject what waits, or undo a merge; then the page says what changed."""
    by, home = reader(request), home_here()
    need(by, Right.MERGE_PEOPLE)
    deciding = {"accept": home.accept, "reject": home.reject, "undo": home.undo}
    verb = request.POST.get("do", "")
    if verb not in deciding:
        raise BadInput("unknown_doubt", fields={"id": verb})
    try:
        answer = deciding[verb](request.POST.get("id", ""), at=now(), by=by)
        request.session[DONE] = (answer.sentence(language()), False)
    except VeriteError as error:  # somebody else decided in the meantime
        request.session[DONE] = (explain(error, language()), True)
    return HttpResponseRedirect("/unify")
