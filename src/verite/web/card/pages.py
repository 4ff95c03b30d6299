"""The card itself: no navigation, no cookie, no script; framed only where the home says so."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from verite.home import Home
from verite.records.cards.records import find_card
from verite.records.current import current_alias
from verite.sentences.dates import instant
from verite.web.card.token import origins, read_card
from verite.web.clock import now
from verite.web.customers.found import customer_there, zone_of
from verite.web.customers.pictured import pictured
from verite.web.customers.told import told_customer
from verite.web.house import home_here
from verite.web.language import language
from verite.web.versions import versions_line
from verite.web.wording import say
from verite.words.errors import BadInput, VeriteError

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors {origins}"
)


def card(request: HttpRequest, token: str) -> HttpResponse:
    """The story of the customer that the link names, while the link stands."""
    home, at = home_here(), now()
    try:
        number, person = read_card(home, token, at)
        kept = find_card(number, at=at, using=current_alias())
        if kept is None or kept.person != person:
            raise BadInput("card_closed")
        found = customer_there(home, person)
    except VeriteError as error:
        return _closed(request, home, error)
    context = {
        "told": told_customer(found),
        "picture": pictured(found),
        "until": instant(kept.expires_at.astimezone(zone_of(home)), language()),
        "organisation": home.settings.name,
        "versions": versions_line(home),
        "lang": language(),
    }
    return _framed(render(request, "card.html", context), home)


def _closed(request: HttpRequest, home: Home, error: VeriteError) -> HttpResponse:
    """One page for every reason: a link tells nothing of what it no longer opens."""
    context = {"title": say("card.closed"), "lede": say("card.closed_lede"), "lang": language()}
    return _framed(render(request, "card_closed.html", context, status=404), home)


def _framed(response: HttpResponse, home: Home) -> HttpResponse:
    allowed = " ".join(origins(home)) or "'none'"
    response.headers["Content-Security-Policy"] = POLICY.format(origins=allowed)
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
