"""All moments, one moment, and their files."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from verite.home import Home
from verite.loop.moments.judging import held_back
from verite.pictures import Ink, draw
from verite.rows import Row, table
from verite.sentences import explain, explain_note
from verite.sentences.moments_drawn import outcome_name, with_names
from verite.sentences.zones import in_zone
from verite.web.exports import export, export_picture
from verite.web.house import home_here
from verite.web.language import language
from verite.web.lately import Lately
from verite.web.moments.effect import EffectPart, told_effect
from verite.web.moments.effecting import is_effect_asked, latest_effect, percent_done
from verite.web.moments.listing import told_moments
from verite.web.moments.looking import ask_study, latest_moment, latest_study
from verite.web.moments.one import told_moment
from verite.web.moments.wanted import Wanted, read_wanted
from verite.web.nothing import nothing_passes, say_nothing_passes
from verite.web.reader import reader
from verite.web.remembered import remembered
from verite.web.touchpoints.naming import Names, names_of
from verite.web.touchpoints.told import known_touchpoint
from verite.web.versions import versions_line
from verite.web.wording import say
from verite.web.working import follow_answer, whole_page
from verite.words.double import DoubleEffect
from verite.words.errors import VeriteError, WrongUse
from verite.words.member import Right

NAME = "moments"


def moments(request: HttpRequest) -> HttpResponse:
    """The touchpoints that move an outcome."""
    return _follow(request) if getattr(request, "htmx", False) else _moments(request)


def moment(request: HttpRequest, key: str) -> HttpResponse:
    """One touchpoint in depth."""
    return _follow(request, key) if getattr(request, "htmx", False) else _moment(request, key)


@remembered
def _moments(request: HttpRequest) -> HttpResponse:
    home = home_here()
    if home.as_of is None:
        return render(request, "empty.html", {"title": say("moments.empty")})
    wanted = read_wanted(request, home)
    if wanted is None:
        return _nothing(request, home, None, say("moments.no_outcome"))
    if nothing_passes(home, wanted.asked.where):
        return say_nothing_passes(request, home, wanted.asked, (say("moments.kicker"), "/moments"))
    found = latest_study(home, wanted.question)
    if found.answer is None:
        return _not_yet(request, home, wanted, found.error)
    if not found.answer.rows:
        return _nothing(request, home, wanted, say("moments.no_touchpoints"))
    study, names = found.answer, names_of(home)
    context = {
        "told": told_moments(home, study, wanted, names),
        "wanted": wanted,
        "asked": wanted.asked,
        "filters_action": "/moments",
        "is_current": found.is_current,
        "is_under_way": found.is_under_way,
        "again": request.get_full_path(),
        "notes": [explain_note(x, language()) for x in with_names(study, names.name).about.notes],
        "may_export": reader(request).may(Right.EXPORT),
        "versions": versions_line(home),
    }
    return render(request, "moments.html", context)


@remembered
def _moment(request: HttpRequest, key: str) -> HttpResponse:
    home = home_here()
    if home.as_of is None:
        return render(request, "empty.html", {"title": say("moments.empty")})
    names = names_of(home)
    known_touchpoint(home, names, key)
    wanted = read_wanted(request, home)
    if wanted is None:
        return _nothing(request, home, None, say("moments.no_outcome"))
    found = latest_moment(home, wanted.question, key)
    if found.answer is None:
        return _not_yet(request, home, wanted, found.error, names.name(key))
    learnt = latest_effect(home, wanted.question, key) if is_effect_asked(request) else None
    shown = held_back(found.answer, learnt.answer if learnt else None)
    context = {
        "told": told_moment(home, shown, wanted, names),
        "effect": _effect(learnt, wanted, key, names),
        "wanted": wanted,
        "asked": wanted.asked,
        "filters_action": wanted.path(key),
        "is_current": found.is_current,
        "is_under_way": found.is_under_way,
        "again": request.get_full_path(),
        "may_say": reader(request).may(Right.DECLARE_MOMENTS),
        "may_export": reader(request).may(Right.EXPORT),
        "versions": versions_line(home),
    }
    return render(request, "moment.html", context)


def _effect(
    learnt: Lately[DoubleEffect] | None, wanted: Wanted, key: str, names: Names
) -> EffectPart:
    """What is known of the effect of the moment; nothing until it is asked."""
    if learnt is None:
        return EffectPart()
    return told_effect(learnt, names, percent_done(wanted.question, key))


def export_moments(request: HttpRequest, kind: str) -> HttpResponse:
    """Every touchpoint studied as CSV or Excel, or the picture as SVG."""
    home = home_here()
    wanted = read_wanted(request, home)
    if wanted is None:
        raise WrongUse("no_outcome")
    answer = ask_study(home, wanted.question)
    if kind == "svg":
        shown = in_zone(with_names(answer.result, names_of(home).name), home.settings.zone)
        return export_picture(reader(request), draw(shown, lang=language(), ink=Ink.LIGHT), NAME)
    rows: list[Row] = table(answer.result)
    return export(reader(request), rows, kind, NAME)


@never_cache
def _follow(request: HttpRequest, key: str = "") -> HttpResponse:
    """The part that says that it is being worked out; once found, the whole page again."""
    home = home_here()
    wanted = read_wanted(request, home)
    if wanted is None:
        return whole_page()
    if key:
        found = latest_moment(home, wanted.question, key)
        if not found.is_under_way and is_effect_asked(request):
            return _follow_effect(request, home, wanted, key)
        return follow_answer(request, found)
    return follow_answer(request, latest_study(home, wanted.question))


def _follow_effect(request: HttpRequest, home: Home, wanted: Wanted, key: str) -> HttpResponse:
    """How far the effect of a moment is; once found, the whole page again."""
    learnt = latest_effect(home, wanted.question, key)
    if not learnt.is_under_way:
        return whole_page()
    effect = _effect(learnt, wanted, key, names_of(home))
    again = {"again": request.get_full_path(), "effect": effect}
    return render(request, "parts/effect_working.html", again)


def _not_yet(
    request: HttpRequest, home: Home, wanted: Wanted, error: VeriteError | None, name: str = ""
) -> HttpResponse:
    """No answer: it is being worked out, or there is a reason."""
    if error is not None:
        return _nothing(request, home, wanted, _explained(error, home), name)
    context = {
        "name": name or say("moments.title"),
        "again": request.get_full_path(),
        "wanted": wanted,
        "asked": wanted.asked,
        "filters_action": request.path,
        "versions": versions_line(home),
    }
    return render(request, "moments_working.html", context)


def _explained(error: VeriteError, home: Home) -> str:
    """The error's sentence, with outcomes and touchpoints by their names."""
    lang, names, fields = language(), names_of(home), dict(error.fields)
    if "outcome" in fields:
        fields["outcome"] = outcome_name(fields["outcome"], lang)
    if "touchpoint" in fields:
        fields["touchpoint"] = names.name(fields["touchpoint"])
        known = fields.get("known", "")
        fields["known"] = ", ".join(names.name(key) for key in known.split(", ") if key)
    return explain(VeriteError(error.code, fields=fields), lang)


def _nothing(
    request: HttpRequest, home: Home, wanted: Wanted | None, why: str, name: str = ""
) -> HttpResponse:
    """Why there is no moment, and what to do next."""
    context = {
        "name": name or say("moments.kicker"),
        "why": why,
        "wanted": wanted,
        "asked": wanted.asked if wanted else None,
        "filters_action": request.path,
        "clear": wanted.everything(request.path) if wanted else "",
        "versions": versions_line(home),
    }
    return render(request, "moments_nothing.html", context)
