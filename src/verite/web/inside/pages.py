"""Values known by staff, and the same answer everywhere: pages and files."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from verite.rows import table
from verite.web.exports import export
from verite.web.house import home_here
from verite.web.inside.told import (
    answers_title,
    asked_items,
    is_asked,
    told_answers,
    told_contacts,
    told_values,
    values_title,
)
from verite.web.language import language
from verite.web.reader import reader
from verite.words.errors import BadInput
from verite.words.items import Audience
from verite.words.member import Right


@never_cache
def values(request: HttpRequest) -> HttpResponse:
    """The share of staff who know each declared value, by team and site."""
    home = home_here()
    found = home.values()
    is_told = is_asked(found.result)
    context = {
        "title": values_title(found.result),
        "is_told": is_told,
        "told": told_values(found.result) if is_told else (),
        "declared": bool(found.result.values),
        "asked": asked_items(home.items().result, Audience.STAFF),
        "notes": found.notes(language()),
        "threshold": f"{found.result.threshold:g}",
        "margin": f"{found.result.margin:g}",
        "may_export": reader(request).may(Right.EXPORT),
    }
    return render(request, "values.html", context)


@never_cache
def answers(request: HttpRequest) -> HttpResponse:
    """Whether a question gets one answer on every channel; the contacts of one question."""
    home = home_here()
    found = home.answers().result
    question = request.GET.get("question", "")
    contacts = home.contacts_of(question) if question else ()
    if question and not contacts:
        raise BadInput("unknown_question", fields={"question": question[:80]})
    context = {
        "title": answers_title(found),
        "told": told_answers(found),
        "question": question,
        "contacts": told_contacts(home, contacts),
        "level": f"{found.level:g}",
        "may_export": reader(request).may(Right.EXPORT),
    }
    return render(request, "answers.html", context)


def export_values(request: HttpRequest, kind: str) -> HttpResponse:
    """Every share as CSV or Excel."""
    return export(reader(request), table(home_here().values().result), kind, "values")


def export_answers(request: HttpRequest, kind: str) -> HttpResponse:
    """Every question, channel and answer as CSV or Excel."""
    return export(reader(request), table(home_here().answers().result), kind, "answers")


def export_items(request: HttpRequest, kind: str) -> HttpResponse:
    """The questions ready to be copied, as CSV or Excel."""
    return export(reader(request), table(home_here().items().result), kind, "items")
