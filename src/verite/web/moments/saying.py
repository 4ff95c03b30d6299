"""A person declares or refuses a moment with a reason, or takes the last word back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from verite.home import Home
from verite.records.current import current_alias
from verite.records.moments.actions import say_of_moment, take_back
from verite.records.rights import need
from verite.web.clock import now
from verite.web.house import home_here
from verite.web.moments.looking import ask_moment
from verite.web.moments.signs import told_lacks
from verite.web.moments.wanted import Wanted, read_wanted
from verite.web.reader import reader
from verite.web.touchpoints.naming import names_of
from verite.web.touchpoints.told import known_touchpoint
from verite.words.declared import Saying, Stake, Stand
from verite.words.errors import WrongUse
from verite.words.member import Right
from verite.words.moments import Lack, OneMoment


@require_POST
def say_of(request: HttpRequest, key: str) -> HttpResponse:
    """Declare or refuse; a moment without its figures and its words cannot be declared."""
    need(reader(request), Right.DECLARE_MOMENTS)
    home, wanted = _asked(request, key)
    stand = request.POST.get("stand", "")
    if stand not in {Stand.DECLARED, Stand.REFUSED}:
        raise WrongUse("bad_stand", fields={"stand": stand[:40]})
    found = ask_moment(home, wanted.question, key).result
    if stand == Stand.DECLARED:
        _allow(home, found)
    saying = Saying(
        touchpoint=key,
        outcome=found.outcome,
        stand=Stand(stand),
        reason=request.POST.get("reason", ""),
        stake=_stake(found),
    )
    say_of_moment(saying, by=reader(request), at=now(), using=current_alias())
    return HttpResponseRedirect(f"{wanted.url(key)}#said")


@require_POST
def undo(request: HttpRequest, key: str) -> HttpResponse:
    """Take back the last word, by a new version."""
    need(reader(request), Right.DECLARE_MOMENTS)
    _, wanted = _asked(request, key)
    take_back(
        touchpoint=key,
        outcome=request.POST.get("of", ""),
        by=reader(request),
        at=now(),
        using=current_alias(),
    )
    return HttpResponseRedirect(f"{wanted.url(key)}#said")


def _asked(request: HttpRequest, key: str) -> tuple[Home, Wanted]:
    home = home_here()
    known_touchpoint(home, names_of(home), key)
    wanted = read_wanted(request, home)
    if wanted is None:
        raise WrongUse("no_outcome")
    return home, wanted


def _allow(home: Home, found: OneMoment) -> None:
    row = found.moment
    lacks = tuple(lack for lack in row.lacks if lack is not Lack.REFUSED)
    if lacks:
        fields = {"touchpoint": names_of(home).name(row.touchpoint), "lacks": told_lacks(lacks)}
        raise WrongUse("not_yet_a_moment", fields=fields)


def _stake(found: OneMoment) -> Stake:
    points = found.moment.stake
    return Stake(
        value=points.value if points else None,
        low=points.low if points else None,
        high=points.high if points else None,
        n=found.moment.n,
        ledger_version=found.about.ledger_version,
    )
