"""The page of the running feeling: its model card, and the form that fits it again."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from verite.records.current import current_alias
from verite.records.measure.fits import FitState, latest_fit
from verite.records.rights import need
from verite.sentences.say import say as say_result
from verite.web.feeling.running import start
from verite.web.feeling.told import told_choices, told_fit, told_model, told_needs
from verite.web.house import home_here
from verite.web.language import language
from verite.web.reader import reader
from verite.web.remembered import remembered
from verite.web.versions import versions_line
from verite.web.wording import say
from verite.web.working import whole_page
from verite.words.errors import WrongUse
from verite.words.feeling import FeelingAsked, FeelingOutcome
from verite.words.member import Right


@never_cache
def feeling(request: HttpRequest) -> HttpResponse:
    """The card of the model in use, the fit under way, the form."""
    if getattr(request, "htmx", False):
        return _progress(request)
    latest = latest_fit(using=current_alias())
    is_running = latest is not None and latest.state is FitState.RUNNING
    return _card(request) if is_running else _kept_card(request)


def _card(request: HttpRequest) -> HttpResponse:
    home = home_here()
    if home.as_of is None:
        return render(request, "empty.html", {"title": say("feeling.empty")})
    fit = told_fit(latest_fit(using=current_alias()))
    card = home.feeling().result
    outcomes, days = told_choices(card.model)
    context = {
        "card": card,
        "sentence": say_result(card, language(), home.settings.zone),
        "told": told_model(home, card),
        "fit": fit,
        "needs": told_needs(home),
        "outcomes": outcomes,
        "days": days,
        "may_fit": reader(request).may(Right.FIT_FEELING),
        "versions": versions_line(home),
    }
    return render(request, "feeling.html", context)


_kept_card = remembered(_card)


@require_POST
def fit_again(request: HttpRequest) -> HttpResponse:
    """Fit in the background, then back to the card."""
    need(reader(request), Right.FIT_FEELING)
    outcome, days = request.POST.get("outcome", ""), request.POST.get("days", "")
    if outcome not in set(FeelingOutcome):
        known = ", ".join(FeelingOutcome)
        raise WrongUse("bad_feeling_outcome", fields={"outcome": outcome, "known": known})
    asked = FeelingAsked(outcome=FeelingOutcome(outcome), days=int(days) if days.isdecimal() else 0)
    latest = latest_fit(using=current_alias())
    if latest is not None and latest.state is FitState.RUNNING:
        raise WrongUse("feeling_being_fitted")
    start(current_alias(), by=reader(request), asked=asked).join(0.3)  # its record is there by then
    return HttpResponseRedirect("/feeling")


def _progress(request: HttpRequest) -> HttpResponse:
    """The part that follows a fit; once it has ended, the whole page again."""
    fit = told_fit(latest_fit(using=current_alias()))
    if fit is not None and fit.is_running:
        return render(request, "parts/fitting.html", {"fit": fit})
    return whole_page()
