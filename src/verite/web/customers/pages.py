"""The story of one customer, and the page that hands it over."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from verite.records.cards.actions import make_card, revoke_card
from verite.records.cards.records import list_cards
from verite.records.current import current_alias
from verite.sentences.dates import instant
from verite.web.card.token import card_days, card_until, card_url, origins
from verite.web.clock import now
from verite.web.customers.found import customer_there, zone_of
from verite.web.customers.pictured import pictured
from verite.web.customers.plain import plain_story
from verite.web.customers.told import told_customer
from verite.web.house import home_here
from verite.web.language import language
from verite.web.reader import reader
from verite.web.remembered import remembered
from verite.web.versions import versions_line
from verite.words.member import Right


@remembered
def customer(request: HttpRequest, person: str) -> HttpResponse:
    """What happened, what it cost, what the next agent must know."""
    home, member = home_here(), reader(request)
    found = customer_there(home, person, request.GET.get("case") or None)
    context = {
        "told": told_customer(found),
        "picture": pictured(found),
        "base": f"/customers/{found.person}",
        "may_erase": member.may(Right.ERASE_PEOPLE),
        "may_export": member.may(Right.EXPORT),
        "versions": versions_line(home),
    }
    return render(request, "customer.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: HttpRequest, person: str) -> HttpResponse:
    """The story as text to copy, and a link to a card that opens without signing in."""
    home, alias, at = home_here(), current_alias(), now()
    found = customer_there(home, person)
    made = ""
    if request.method == "POST":
        until = card_until(home, at)
        number = make_card(person=found.person, by=reader(request), at=at, until=until, using=alias)
        made = request.build_absolute_uri(card_url(home, number, found.person, until))
    told = told_customer(found)
    context = {
        "told": told,
        "text": plain_story(told),
        "made": f"{made}?lang={language()}" if made else "",
        "days": card_days(home),
        "frame": f'<iframe src="{made}" width="380" height="900" title="Vérité"></iframe>'
        if made and origins(home)
        else "",
        "base": f"/customers/{found.person}",
        "cards": [
            (card, instant(card.expires_at.astimezone(zone_of(home)), language()))
            for card in list_cards(found.person, at=at, using=alias)
        ],
    }
    return render(request, "hand_over.html", context)


@require_POST
def take_back(request: HttpRequest, person: str, number: int) -> HttpResponse:
    """A card opens nothing from now on."""
    revoke_card(number, person=person, by=reader(request), at=now(), using=current_alias())
    return HttpResponseRedirect(f"/customers/{person}/card")
