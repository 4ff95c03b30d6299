"""Rows of experience and loyalty: a document by question, and one line per figure."""

from __future__ import annotations

from verite.rows.document import Json, Row, about_keys, document, estimate_keys, table
from verite.words.experience import (
    Appreciated,
    BadCost,
    Dissonance,
    Experience,
    Kept,
    KeptCurve,
    MakesUp,
    Reply,
    Strengths,
    Told,
    Topic,
)


@document.register
def _experience(result: Experience) -> dict[str, Json]:
    replies = {topic.value: _reply(result.of(topic)) for topic in Topic}
    return {**replies, **about_keys(result.about)}


@document.register
def _one(result: Reply) -> dict[str, Json]:
    return {**_reply(result), **about_keys(result.about)}


@table.register
def _table(result: Experience) -> list[Row]:
    """One line per figure of every question."""
    return [
        {"question": topic.value, **_figure(one)}
        for topic in Topic
        for one in result.of(topic).figures
    ]


@table.register
def _table_of_one(result: Reply) -> list[Row]:
    return [_figure(one) for one in result.figures]


def _reply(reply: Reply) -> dict[str, Json]:
    return {
        "figures": [_figure(one) for one in reply.figures],
        "reason": reply.reason or None,
        "before_days": reply.before_days,
        **_more(reply),
    }


def _more(reply: Reply) -> dict[str, Json]:
    """What a question tells beside its figures."""
    if isinstance(reply, Dissonance):
        pairs: list[Json] = [{"good": a, "bad": b, "people": n} for a, b, n in reply.pairs]
        return {"domain": reply.domain, "pairs": pairs}
    if isinstance(reply, Kept):
        return _kept(reply)
    if isinstance(reply, BadCost):
        return {
            "margin_per_customer": reply.margin,
            "cost_per_contact": reply.cost_per_contact,
            "currency": reply.currency,
        }
    if isinstance(reply, MakesUp):
        return {"verdict": None if reply.reason else reply.verdict.value}
    if isinstance(reply, Strengths):
        return {"centre": _plain(reply.centre), "tested": reply.tested}
    return {"metric": reply.metric} if isinstance(reply, Appreciated) else {}


def _kept(reply: Kept) -> dict[str, Json]:
    test = reply.test
    return {
        "days": reply.days,
        "curves": [_curve(one) for one in reply.curves],
        "log_rank": None
        if test is None
        else {"chi2": _plain(test.chi2), "freedom": test.freedom, "p": _plain(test.p)},
        "left_otherwise": reply.left_otherwise,
    }


def _curve(curve: KeptCurve) -> Json:
    return {
        "group": curve.group,
        "n": curve.n,
        "people": curve.people,
        "lost": curve.events,
        "points": [
            {
                "days": _plain(one.days),
                "share": _plain(one.share),
                "low": _plain(one.low),
                "high": _plain(one.high),
            }
            for one in curve.points
        ],
    }


def _figure(one: Told) -> dict[str, Json]:
    return {
        "figure": one.key,
        "name": one.name or None,
        **estimate_keys(one.estimate),
        "rung": one.rung.value,
        "verdict": one.verdict.value if one.verdict else None,
    }


def _plain(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.10g}")
