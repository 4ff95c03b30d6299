"""What can be asked over HTTP: the questions of the command line, by the same names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest

from verite.answer import Answer
from verite.web.asked import DEFAULT_API_PERIOD, read_asked
from verite.web.house import home_here
from verite.web.identical.wanted import read_delta
from verite.words.asked import Filters
from verite.words.errors import WrongUse
from verite.words.member import Scope
from verite.words.moments import BEFORE_LEAST, BEFORE_MOST, MomentsAsked

FILTERS = ("period", "since", "until", "channel", "touchpoint", "segment")


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """One question: its parameters, the keys of its answer, the scope that a key needs."""

    name: str
    summary: str
    ask: Callable[[HttpRequest], Answer[object]]
    parameters: tuple[str, ...] = ()
    keys: tuple[str, ...]
    scope: Scope = Scope.READ


def _status(request: HttpRequest) -> Answer[object]:
    return home_here().status()


def _measure(request: HttpRequest) -> Answer[object]:
    metrics = _names(request, "metric")
    return home_here().measure(*metrics, by=_names(request, "by"), where=_where(request))


def _map(request: HttpRequest) -> Answer[object]:
    case = request.GET.get("case", "person")
    return home_here().map(case=case, where=_where(request))


def _targets(request: HttpRequest) -> Answer[object]:
    return home_here().targets(where=_where(request))


def _unify(request: HttpRequest) -> Answer[object]:
    return home_here().unify()


def _customer(request: HttpRequest) -> Answer[object]:
    who = request.GET.get("id", "").strip()
    if not who:
        raise WrongUse("missing_parameter", fields={"parameter": "id"})
    return home_here().customer(who)


def _effort(request: HttpRequest) -> Answer[object]:
    return home_here().effort(by=_names(request, "by"), where=_where(request))


def _alerts(request: HttpRequest) -> Answer[object]:
    return home_here().alerts(where=_where(request))


def _feeling(request: HttpRequest) -> Answer[object]:
    return home_here().feeling()


def _moments(request: HttpRequest) -> Answer[object]:
    asked = MomentsAsked(
        outcome=request.GET.get("outcome", "nps"),
        before_days=_days(request.GET.get("before", "90")),
        segment=request.GET.get("by", "").removeprefix("segment.") or None,
        where=_where(request),
        assume=_names(request, "assume"),
    )
    return home_here().moments(asked)


def _identical(request: HttpRequest) -> Answer[object]:
    return home_here().identical(
        _needed(request, "metric"),
        delta=read_delta(request.GET.get("delta", "").strip()),
        over=_names(request, "over"),
        rows=request.GET.get("rows", ""),
        where=_where(request),
    )


def _promises(request: HttpRequest) -> Answer[object]:
    return home_here().promises(where=_where(request))


def _experience(request: HttpRequest) -> Answer[object]:
    return home_here().experience()


def _items(request: HttpRequest) -> Answer[object]:
    return home_here().items()


def _values(request: HttpRequest) -> Answer[object]:
    return home_here().values(where=_where(request))


def _answers(request: HttpRequest) -> Answer[object]:
    return home_here().answers(where=_where(request))


def _control(request: HttpRequest) -> Answer[object]:
    by = request.GET.get("by") or "team"
    return home_here().controls(_needed(request, "metric"), by=by, where=_where(request))


def _funnel(request: HttpRequest) -> Answer[object]:
    by = request.GET.get("by") or "team"
    return home_here().funnel(_needed(request, "metric"), by=by, where=_where(request))


def _council(request: HttpRequest) -> Answer[object]:
    return home_here().council()


def _needed(request: HttpRequest, parameter: str) -> str:
    given = request.GET.get(parameter, "").strip()
    if not given:
        raise WrongUse("missing_parameter", fields={"parameter": parameter})
    return given


def _days(text: str) -> int:
    if not text.isdecimal() or len(text) > 4:
        fields = {"days": text[:20], "least": BEFORE_LEAST, "most": BEFORE_MOST}
        raise WrongUse("moments_days", fields=fields)
    return int(text)


def _where(request: HttpRequest) -> Filters:
    return read_asked(request, home_here(), period=DEFAULT_API_PERIOD).where


def _names(request: HttpRequest, parameter: str) -> tuple[str, ...]:
    return tuple(name for name in request.GET.get(parameter, "").split(",") if name)


ENDPOINTS: dict[str, Endpoint] = {
    one.name: one
    for one in (
        Endpoint(
            name="status",
            summary="What is here",
            ask=_status,
            keys=(
                "interactions", "people", "identities", "period", "channels", "touchpoints",
                "quarantined", "inbox",
            ),
        ),
        Endpoint(
            name="measure",
            summary="KPIs with their intervals, whole and by dimensions",
            ask=_measure,
            parameters=("metric", "by", *FILTERS),
            keys=("rows",),
        ),
        Endpoint(
            name="map",
            summary="Lived journeys",
            ask=_map,
            parameters=("case", *FILTERS),
            keys=("cases", "nodes", "edges", "variants"),
        ),
        Endpoint(
            name="targets",
            summary="KPI, now, target, gap",
            ask=_targets,
            parameters=FILTERS,
            keys=("rows",),
        ),
        Endpoint(
            name="unify",
            summary="People from identities, and what waits for somebody to decide",
            ask=_unify,
            keys=("people", "merged", "review"),
            scope=Scope.CUSTOMERS,  # what waits names its identities
        ),
        Endpoint(
            name="customer",
            summary="The story so far of one person, by any identity",
            ask=_customer,
            parameters=("id",),
            keys=("person", "identities", "timeline", "story", "effort", "feeling"),
            scope=Scope.CUSTOMERS,
        ),
        Endpoint(
            name="effort",
            summary="Time and money lost to repetition, whole and by dimensions",
            ask=_effort,
            parameters=("by", *FILTERS),
            keys=("rows", "happened", "channel_switches", "cost_per_minute", "currency"),
        ),
        Endpoint(
            name="alerts",
            summary="Contacts that did not suit their channel",
            ask=_alerts,
            parameters=FILTERS,
            keys=("alerts",),
            scope=Scope.CUSTOMERS,
        ),
        Endpoint(
            name="moments",
            summary="Moments of truth: which touchpoints move an outcome, how much, how surely",
            ask=_moments,
            parameters=("outcome", "by", "before", "assume", *FILTERS),
            keys=("outcome", "n", "r2", "rung", "rows", "left_out", "segments", "tested"),
            scope=Scope.CUSTOMERS,  # with the words of customers
        ),
        Endpoint(
            name="identical",
            summary="The law of identical experience: index, shares, cells, contrasts, level up",
            ask=_identical,
            parameters=("metric", "delta", "over", "rows", *FILTERS),
            keys=(
                "index", "low", "high", "delta", "sigma_between", "gap", "shares",
                "on_target_share", "cells", "map", "contrasts", "level_up", "promise",
            ),
        ),
        Endpoint(
            name="promises",
            summary="Promises against deeds: the share kept, by hour and day, the drift",
            ask=_promises,
            parameters=FILTERS,
            keys=("rows",),
        ),
        Endpoint(
            name="experience",
            summary="Experience and loyalty: who stays, cost, strengths, dissonance, word of mouth",
            ask=_experience,
            keys=(
                "dissonance", "kept", "cost", "makes_up", "service", "strengths", "appreciated",
                "word_of_mouth",
            ),
        ),
        Endpoint(
            name="items", summary="Questions ready to be asked", ask=_items, keys=("items",)
        ),
        Endpoint(
            name="values",
            summary="Values known by staff, by team and site",
            ask=_values,
            parameters=("since", "until"),
            keys=("values", "rows", "threshold", "margin"),
        ),
        Endpoint(
            name="answers",
            summary="The same answer everywhere: each question between channels",
            ask=_answers,
            parameters=("since", "until"),
            keys=("overall", "verdict", "questions"),
        ),
        Endpoint(
            name="control",
            summary="Control charts of each channel or team: limits, rules broken, drifts",
            ask=_control,
            parameters=("metric", "by", *FILTERS),
            keys=("metric", "dimension", "period", "rules", "charts", "left_out"),
        ),
        Endpoint(
            name="funnel",
            summary="Each channel or team against what chance allows at its size",
            ask=_funnel,
            parameters=("metric", "by", *FILTERS),
            keys=("metric", "dimension", "centre", "phi", "tau", "exact", "rows"),
        ),
        Endpoint(
            name="council",
            summary="Whether figures per agent are open: the works council's consultations",
            ask=_council,
            keys=("agent_figures", "records"),
        ),
        Endpoint(
            name="feeling",
            summary="The running feeling: its model, and how good it proved out of time",
            ask=_feeling,
            keys=(),
        ),
    )
}  # fmt: skip
