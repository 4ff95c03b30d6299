"""Pages of the rights of a person: what is held, its export, its erasure, the receipts."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from verite.home.archive import write_archive
from verite.records.current import current_alias
from verite.records.erasures.records import list_erasures
from verite.records.rights import need
from verite.web.clock import now
from verite.web.house import home_here
from verite.web.language import language
from verite.web.reader import reader
from verite.web.rights.told import told_erasures, told_held, told_receipt, told_verdict
from verite.web.wording import say
from verite.words.customer import read_person, show_person
from verite.words.errors import BadInput
from verite.words.member import Right
from verite.words.rights import Held

LARGEST_RECEIPT = 100_000


@never_cache
@require_http_methods(["GET", "POST"])
def export(request: HttpRequest, person: str) -> HttpResponse:
    """What is held about somebody; handed out as a ZIP when asked."""
    need(reader(request), Right.EXPORT)
    held = _held(request, person)
    if request.method == "GET":
        return render(request, "export.html", {"told": told_held(held)})
    response = HttpResponse(write_archive(held, lang=language()), content_type="application/zip")
    name = f'attachment; filename="verite-{held.person}.zip"'
    response.headers["Content-Disposition"] = name
    return response


@never_cache
@require_http_methods(["GET", "POST"])
def erase(request: HttpRequest, person: str) -> HttpResponse:
    """Asks for the word to type, then erases for ever and hands the receipt out."""
    by = reader(request)
    need(by, Right.ERASE_PEOPLE)
    word, fault = say("rights.word"), ""
    if request.method == "POST":
        if request.POST.get("word", "").strip().upper() == word:
            shown = show_person(_key(person))
            erasure = home_here().erase(shown, by=by, at=now()).result
            return render(request, "erased.html", {"told": told_receipt(erasure)})
        fault = say("rights.not_typed", word=word)
    held = _held(request, person)
    context = {"told": told_held(held), "word": word, "fault": fault}
    return render(request, "erase.html", context, status=400 if fault else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def rights(request: HttpRequest) -> HttpResponse:
    """The erasures done, and whether a receipt is one of ours."""
    need(reader(request), Right.EXPORT)
    verdict = None
    if request.method == "POST":
        text = request.POST.get("receipt", "")[:LARGEST_RECEIPT]
        of = request.POST.get("of", "").strip() or None
        verdict = told_verdict(home_here().verify_receipt(text, of=of).result)
    erasures = told_erasures(list_erasures(using=current_alias()), home_here().settings.zone)
    return render(request, "rights.html", {"erasures": erasures, "verdict": verdict})


@require_POST
def receipt(request: HttpRequest) -> HttpResponse:
    """The receipt just shown, as a file: nothing of it is kept here, its signature is enough."""
    need(reader(request), Right.ERASE_PEOPLE)
    text = request.POST.get("receipt", "")[:LARGEST_RECEIPT]
    verdict = home_here().verify_receipt(text).result
    if not verdict.is_ours:
        raise BadInput("bad_receipt")
    told = json.dumps(json.loads(text), ensure_ascii=False, indent=2) + "\n"
    response = HttpResponse(told, content_type="application/json")
    name = f'attachment; filename="verite-receipt-{verdict.number[:16]}.json"'
    response.headers["Content-Disposition"] = name
    return response


def _held(request: HttpRequest, person: str) -> Held:
    asked = show_person(_key(person))
    return home_here().held_about(asked, by=reader(request), at=now()).result


def _key(person: str) -> int:
    """Only the id that pages show: never an address or a phone in an address bar."""
    key = read_person(person)
    if key is None:
        raise BadInput("unknown_customer", fields={"customer": person})
    return key
