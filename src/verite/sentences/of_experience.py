"""Experience and loyalty in words: a sentence by question, names of figures, how it was found."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from verite.sentences.catalogue import Phrases, text
from verite.sentences.names import metric_name, touchpoint_name
from verite.sentences.numbers import difference, interval, number, span, value
from verite.sentences.of_effort import money
from verite.sentences.telling import listed
from verite.words.experience import (
    Appreciated,
    BadCost,
    Dissonance,
    Experience,
    Kept,
    MakesUp,
    Reply,
    ServiceApart,
    Strengths,
    Told,
    Topic,
    Verdict,
    WordOfMouth,
)

experience_words: Final = Phrases("experience")  # a text of experience and loyalty, filled

_TOPICS: Final[Mapping[type[Reply], Topic]] = {
    Dissonance: Topic.DISSONANCE, Kept: Topic.KEPT, BadCost: Topic.COST, MakesUp: Topic.MAKES_UP,
    ServiceApart: Topic.SERVICE, Strengths: Topic.STRENGTHS, Appreciated: Topic.APPRECIATED,
    WordOfMouth: Topic.WORD_OF_MOUTH,
}  # fmt: skip
_GAPS: Final = frozenset(
    {"dissonance.nps", "dissonance.kept", "strengths.touchpoint", "strengths.signal"}
    | {"appreciated.nps", "word_of_mouth.bought", "word_of_mouth.tells"}
)


def topic_of(reply: Reply) -> Topic:
    """Which question it answers."""
    return _TOPICS[type(reply)]


def is_gap(reply: Reply, one: Told) -> bool:
    """Whether the figure is a difference: signed, and shares differ by points."""
    key = f"{topic_of(reply).value}.{one.key}"
    return key in _GAPS or isinstance(reply, MakesUp)


def figure_told(reply: Reply, one: Told, lang: str) -> tuple[str, str]:
    """The value and its interval, as printed."""
    if isinstance(reply, BadCost) and one.key == "money":
        bounds = span(one.estimate.low, one.estimate.high, lang)
        return money(one.estimate.value, reply.currency, lang), bounds
    if is_gap(reply, one):
        return difference(one.estimate, lang)
    return value(one.estimate, lang), interval(one.estimate, lang)


def figure_name(
    reply: Reply, one: Told, lang: str, touchpoint: Callable[[str], str] | None = None
) -> str:
    """What the figure is called; touchpoints by the names given."""
    name = one.name
    if isinstance(reply, Strengths):
        name = touchpoint(name) if touchpoint else touchpoint_name(name, (), lang)
    elif isinstance(reply, ServiceApart) and name and name != "feeling":
        metric, _, scale = name.partition(" ")
        name = f"{metric_name(metric, lang)} {scale}".strip()
    elif name and not isinstance(reply, Appreciated):
        name = experience_words(f"group.{name}", lang)
    topic = topic_of(reply).value
    return experience_words(f"figure.{topic}.{one.key}", lang, {"name": name}).strip()


def verdict_told(reply: Reply, one: Told, lang: str) -> str:
    """What the interval says, in words; empty for a figure that decides nothing."""
    if one.verdict is None:
        return ""
    key = f"verdict.{one.verdict.value}"
    own = f"{key}.{topic_of(reply).value}"
    return text("experience", own, lang) or experience_words(key, lang)


def how_found(reply: Reply, lang: str) -> str:
    """The method in two lines: what was read, compared with what."""
    fields = {"days": str(reply.before_days)}
    if isinstance(reply, Kept):
        fields["apart"] = number(reply.left_otherwise, lang)
    return experience_words(f"method.{topic_of(reply).value}", lang, fields)


def say_experience(found: Experience, lang: str) -> str:
    """How many questions have an answer, and who stays."""
    answered = sum(not reply.reason for reply in found.replies)
    return experience_words("say.whole", lang, {
        "answered": number(answered, lang),
        "asked": number(len(found.replies), lang),
        "kept": say_reply(found.of(Topic.KEPT), lang),
    })  # fmt: skip


def say_reply(reply: Reply, lang: str) -> str:
    """What one question found, or what to import so that it can."""
    topic = topic_of(reply).value
    if reply.reason:
        fields = {"metric": reply.metric} if isinstance(reply, Appreciated) else {}
        return experience_words(f"reason.{topic}.{reply.reason}", lang, fields)
    return _SAYING[type(reply)](reply, lang)


def _dissonance(reply: Reply, lang: str) -> str:
    shared = reply.find("share")
    told = [reply.find(key) for key in ("nps", "kept")]
    effects = [one for one in told if one is not None]
    shown, bounds = figure_told(reply, shared, lang) if shared else ("", "")
    domain = reply.domain if isinstance(reply, Dissonance) else "channel"
    return experience_words(f"say.dissonance_{domain}", lang, {
        "share": shown, "range": bounds,
        "effects": _effects(reply, effects, lang),
    })  # fmt: skip


def _effects(reply: Reply, effects: list[Told], lang: str) -> str:
    if not effects:
        return experience_words("say.no_effect", lang)
    verdicts = {one.verdict for one in effects}
    verdict = verdicts.pop() if len(verdicts) == 1 else None
    if verdict is None:  # one decides, another does not: each with its own
        named = zip(_named(reply, effects, lang), effects, strict=True)
        each = [f"{told} ({verdict_told(reply, one, lang)})" for told, one in named]
        return experience_words("say.effects_mixed", lang, {"list": listed(each, lang)})
    which = verdict.value
    return experience_words(
        f"say.effects_{which}", lang, {"list": listed(_named(reply, effects, lang), lang)}
    )


def _named(reply: Reply, figures: list[Told], lang: str) -> list[str]:
    found = []
    for one in figures:
        shown, bounds = figure_told(reply, one, lang)
        name = figure_name(reply, one, lang)
        fields = {"name": name, "value": shown, "range": bounds}
        found.append(experience_words("say.effect", lang, fields).strip())
    return found


def _kept(reply: Reply, lang: str) -> str:
    fields = {"days": str(reply.days) if isinstance(reply, Kept) else ""}
    good, bad = reply.find("kept", "good"), reply.find("kept", "bad")
    if good is None or bad is None:
        any_one = next(iter(reply.figures), None)
        shown, bounds = figure_told(reply, any_one, lang) if any_one else ("–", "")
        return experience_words("say.kept_few", lang, {**fields, "value": shown, "range": bounds})
    for key, one in (("good", good), ("bad", bad)):
        fields[key], fields[f"{key}_range"] = figure_told(reply, one, lang)
    fields["test"] = _tested(reply, lang)
    return experience_words("say.kept", lang, fields)


def _tested(reply: Reply, lang: str) -> str:
    test = reply.test if isinstance(reply, Kept) else None
    p = 1.0 if test is None else test.p
    told = number(p, lang, 3) if p >= 0.001 else f"< {number(0.001, lang, 3)}"
    if p >= 0.001:
        told = f"= {told}"
    return experience_words("say.apart" if p < 0.05 else "say.not_apart", lang, {"p": told})


def _cost(reply: Reply, lang: str) -> str:
    parts = []
    for key in ("lost", "again"):
        one = reply.find(key)
        if one is not None:
            shown, bounds = figure_told(reply, one, lang)
            parts.append(experience_words(f"say.{key}", lang, {"value": shown, "range": bounds}))
    one = reply.find("money")
    told = experience_words("say.no_money", lang)
    if one is not None and isinstance(reply, BadCost):
        amounts = (one.estimate.value, one.estimate.low, one.estimate.high)
        shown, low, high = (money(x, reply.currency, lang) for x in amounts)
        told = experience_words("say.money", lang, {"value": shown, "low": low, "high": high})
    return experience_words("say.cost", lang, {"list": listed(parts, lang), "money": told})


def _makes_up(reply: Reply, lang: str) -> str:
    cushions = [one for one in reply.figures if one.key.endswith("_cushion")]
    verdict = reply.verdict if isinstance(reply, MakesUp) else Verdict.UNDECIDED
    parts = []
    for one in cushions:
        shown, bounds = figure_told(reply, one, lang)
        outcome = experience_words(f"outcome.{one.key.partition('_')[0]}", lang)
        parts.append(f"{shown} {bounds} {outcome}".strip())
    claim = experience_words(f"claim.{verdict.value}", lang)
    return experience_words("say.makes_up", lang, {"verdict": claim, "list": listed(parts, lang)})


def _service(reply: Reply, lang: str) -> str:
    fields = {
        key: listed(_named(reply, [one for one in reply.figures if one.key == key], lang), lang)
        for key in ("service", "whole")
    }
    one = reply.find("together")
    fields["together"] = "" if one is None else _told_in("say.together", reply, one, lang)
    told = experience_words("say.service", lang, fields)
    if reply.find("whole", "nps_relational") is not None:
        return told
    return f"{told} {experience_words('reason.service.no_relational', lang)}"


def _told_in(key: str, reply: Reply, one: Told, lang: str) -> str:
    shown, bounds = figure_told(reply, one, lang)
    fields = {"value": shown, "range": bounds, "days": str(reply.before_days)}
    return experience_words(key, lang, fields)


def _strengths(reply: Reply, lang: str) -> str:
    verdicts = [one.verdict for one in reply.figures if one.key == "touchpoint"]
    signals = len(reply.figures) - len(verdicts)
    known = experience_words("say.signals", lang, {"n": number(signals, lang)}) if signals else ""
    if not verdicts:
        return experience_words("say.only_signals", lang, {"n": number(signals, lang)})
    centre = reply.centre if isinstance(reply, Strengths) else None
    told = experience_words("say.strengths", lang, {
        "strong": number(verdicts.count(Verdict.STRENGTH), lang),
        "weak": number(verdicts.count(Verdict.WEAKNESS), lang),
        "undecided": number(verdicts.count(Verdict.UNDECIDED), lang),
        "tested": number(len(verdicts), lang),
        "centre": "–" if centre is None else number(centre, lang, 1),
    })  # fmt: skip
    return f"{told} {known}".strip()


def _appreciated(reply: Reply, lang: str) -> str:
    mean, link = reply.find("mean"), reply.find("nps")
    shown, bounds = figure_told(reply, mean, lang) if mean else ("–", "")
    return experience_words("say.appreciated", lang, {
        "metric": reply.metric if isinstance(reply, Appreciated) else "",
        "mean": shown, "range": bounds,
        "link": "" if link is None else _told_in("say.link", reply, link, lang),
    })  # fmt: skip


def _word_of_mouth(reply: Reply, lang: str) -> str:
    parts = [_told_in(f"say.{one.key}", reply, one, lang) for one in reply.figures]
    told = experience_words(
        "say.word_of_mouth", lang, {"list": experience_words("say.join", lang).join(parts)}
    )
    return told[:1].upper() + told[1:]


_SAYING: Final[Mapping[type[Reply], Callable[[Reply, str], str]]] = {
    Dissonance: _dissonance, Kept: _kept, BadCost: _cost, MakesUp: _makes_up,
    ServiceApart: _service, Strengths: _strengths, Appreciated: _appreciated,
    WordOfMouth: _word_of_mouth,
}  # fmt: skip


def read_reply(result: Experience | Reply, lang: str) -> str:
    """How to read its picture; that of all of them is of who stays."""
    is_curve = isinstance(result, Experience | Kept)
    return experience_words("reading.kept" if is_curve else "reading.forest", lang)
