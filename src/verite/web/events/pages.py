"""Say what an event name means, ignore it, take it back; every step can be undone at once."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from verite.records.current import current_alias
from verite.records.listen.rule_actions import forget_rule, set_rule
from verite.sentences import explain
from verite.web.clock import now
from verite.web.events.told import rule_as_dict, rule_from, told_events, told_meaning
from verite.web.house import home_here
from verite.web.language import language
from verite.web.reader import reader
from verite.web.versions import versions_line
from verite.web.wording import say
from verite.words.errors import BadInput
from verite.words.events import EventRule
from verite.words.member import Right

HERE = "/listen/events"
LAST = "event_rule_done"  # in the session: what was done last, and what stood there before


@never_cache
@require_http_methods(["GET", "POST"])
def events(request: HttpRequest) -> HttpResponse:
    """Rules and unknown names; a post changes one rule."""
    fault = ""
    if request.method == "POST":
        try:
            _act(request)
            return HttpResponseRedirect(HERE)
        except BadInput as error:
            fault = explain(error, language())
    home = home_here()
    context = {
        "told": told_events(home, current_alias()),
        "done": "" if fault else _done(request),
        "may_manage": reader(request).may(Right.MANAGE_SOURCES),
        "fault": fault,
        "versions": versions_line(home),
    }
    return render(request, "events.html", context, status=400 if fault else 200)


def _act(request: HttpRequest) -> None:
    using, by, at = current_alias(), reader(request), now()
    did = request.POST.get("do", "map")
    if did == "undo":
        _undo(request)
        return
    rule = rule_from({**request.POST.dict(), "ignored": did == "ignore"})
    if did == "forget":
        before: EventRule | None = forget_rule(using=using, by=by, rule=rule, at=at)
    else:
        before = set_rule(using=using, by=by, rule=rule, at=at)
    request.session[LAST] = {
        "did": did,
        "rule": rule_as_dict(rule),
        "before": rule_as_dict(before),
    }


def _undo(request: HttpRequest) -> None:
    """Puts back what stood before the last step of this reader."""
    using, by, at = current_alias(), reader(request), now()
    last = request.session.pop(LAST, None)
    if last is None:
        return
    if last["before"] is not None:
        set_rule(using=using, by=by, rule=rule_from(last["before"]), at=at)
    else:
        forget_rule(using=using, by=by, rule=rule_from(last["rule"]), at=at)


def _done(request: HttpRequest) -> str:
    """What was done last, in words; empty when there is nothing to undo."""
    last = request.session.get(LAST)
    if last is None:
        return ""
    rule = rule_from(last["rule"])
    if last["did"] == "forget":
        return say("events.done_forget", event=rule.event)
    if rule.ignored:
        return say("events.done_ignore", event=rule.event)
    return say("events.done_map", event=rule.event, means=told_meaning(rule))
