"""The works council's consultation: what is on record, recorded anew, withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from verite.home import Home
from verite.records.rights import need
from verite.sentences import explain
from verite.sentences.dates import day, instant
from verite.web.clock import now
from verite.web.house import home_here
from verite.web.language import language
from verite.web.reader import reader
from verite.web.wording import say
from verite.words.council import NAMED_FROM, NOTE_AT_MOST, Consultation, Consulted
from verite.words.errors import BadInput, VeriteError
from verite.words.member import Right


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One record as printed."""

    consulted: str
    informed: str
    note: str
    recorded: str
    state: str
    is_in_force: bool


@never_cache
@require_http_methods(["GET", "POST"])
def council(request: HttpRequest) -> HttpResponse:
    """Anybody may read whether figures per agent are open; owners open and close them."""
    if request.method == "GET":
        return _page(request)
    by, home = reader(request), home_here()
    need(by, Right.RECORD_COUNCIL)
    try:
        if request.POST.get("do") == "withdraw":
            home.withdraw_council(by=by, at=now())
        else:
            home.record_council(_read(request), by=by, at=now())
    except VeriteError as error:
        return _page(request, fault=explain(error, language()), status=400)
    return HttpResponseRedirect("/members/council")


def _read(request: HttpRequest) -> Consulted:
    try:
        days = [
            date.fromisoformat(request.POST.get(name, "")) for name in ("consulted", "informed")
        ]
    except ValueError as error:
        raise BadInput("council_days_missing") from error
    note = " ".join(request.POST.get("note", "").split())
    return Consulted(consulted_on=days[0], informed_on=days[1], note=note)


def _page(request: HttpRequest, *, fault: str = "", status: int = 200) -> HttpResponse:
    home, lang = home_here(), language()
    answer = home.council()
    context = {
        "title": say("council.open") if answer.result.is_open else say("council.closed"),
        "sentence": answer.sentence(lang),
        "is_open": answer.result.is_open,
        "lines": [_line(one, home) for one in answer.result.records],
        "may_record": reader(request).may(Right.RECORD_COUNCIL),
        "least": NAMED_FROM,
        "note_at_most": NOTE_AT_MOST,
        "given": request.POST,
        "fault": fault,
    }
    return render(request, "council.html", context, status=status)


def _line(one: Consultation, home: Home) -> Line:
    lang, zone = language(), ZoneInfo(home.settings.zone)
    state = say("council.in_force")
    if one.withdrawn_at is not None:
        when = instant(one.withdrawn_at.astimezone(zone), lang)
        state = say("council.withdrawn", when=when, who=one.withdrawn_by)
    recorded = instant(one.at.astimezone(zone), lang)
    return Line(
        consulted=day(one.consulted.consulted_on, lang),
        informed=day(one.consulted.informed_on, lang),
        note=one.consulted.note,
        recorded=say("council.recorded_by", when=recorded, who=one.by),
        state=state,
        is_in_force=one.is_in_force,
    )
