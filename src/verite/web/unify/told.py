"""Who is who, as its page prints it."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from verite.home import Home
from verite.sentences.dates import day, instant
from verite.sentences.names import name_in
from verite.sentences.numbers import count, number
from verite.web.language import language
from verite.web.wording import say
from verite.words.people import Doubt, Junk, Merge, Seen, Unified, Waiting

SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityLine:
    """One identity of a doubt, and when it was met."""

    name: str
    url: str
    interactions: str
    met: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtPart:
    """What waits, why, on what evidence, and what each answer would do."""

    id: str
    title: str
    why: str
    facts: str
    lines: tuple[IdentityLine, ...]
    more: str
    accept: str
    sure: str
    reject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeLine:
    """A merge in force."""

    id: str
    one: str
    other: str
    reason: str
    when: str
    is_decided: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The whole page."""

    sentence: str
    is_empty: bool
    counts: tuple[tuple[str, str], ...]
    reasons: tuple[tuple[str, str], ...]
    doubts: tuple[DoubtPart, ...]
    waiting: str
    more: str
    merges: tuple[MergeLine, ...]
    junk: tuple[tuple[str, str, str], ...]
    more_junk: str


def told_people(home: Home, *, may_see: bool) -> Told:
    """Everything the page prints; who may not decide sees no identity."""
    answer, lang = home.unify(limit=SHOWN), language()
    result, zone = answer.result, ZoneInfo(home.settings.zone)
    left = result.waiting - len(result.review)
    junk_left = result.all_junk - len(result.junk)
    return Told(
        sentence=answer.sentence(lang),
        is_empty=result.identities == 0,
        counts=_counts(result),
        reasons=tuple((name_in("link", key, lang), number(n, lang)) for key, n in result.reasons),
        doubts=tuple(_doubt(one, zone, may_see) for one in result.review),
        waiting=count(result.waiting, "doubt", lang),
        more=say("unify.more_doubts", count=left) if left > 0 else "",
        merges=tuple(_merge(one, zone, may_see) for one in result.merges),
        junk=tuple(_junk(one, may_see) for one in result.junk),
        more_junk=say("unify.more_junk", count=junk_left) if junk_left > 0 else "",
    )


def _counts(result: Unified) -> tuple[tuple[str, str], ...]:
    lang = language()
    return (
        (say("unify.people"), number(result.people, lang)),
        (say("unify.identities"), number(result.identities, lang)),
        (say("unify.merged"), number(result.merged, lang)),
        (say("unify.waiting"), number(result.waiting, lang)),
        (say("unify.junk_count"), number(result.all_junk, lang)),
    )


def _doubt(one: Waiting, zone: ZoneInfo, may_see: bool) -> DoubtPart:
    lang = language()
    reason = one.reason.value
    left = one.all_identities - len(one.identities)
    first = _name(one.identities[0].identity, may_see) if one.identities else ""
    told = ", ".join(name_in("link", key, lang) for key in one.told)
    when = instant(one.at.astimezone(zone), lang)
    facts = [say("unify.told_by", told=told, when=when), count(one.links, "link", lang)]
    if one.likely is not None:
        facts = _alike(one, when)
    if one.shared_cases:
        facts.append(say("unify.cases", count=one.shared_cases))
    rejected = "not_shared" if one.reason in {Doubt.SHARED, Doubt.CROWD} else "not_one"
    return DoubtPart(
        id=one.id,
        title=say(f"unify.title_{reason}", identity=first, count=one.all_identities),
        why=say(f"unify.why_{reason}"),
        facts=" · ".join(facts),
        lines=tuple(_line(seen, zone, may_see) for seen in one.identities),
        more=say("unify.more_identities", count=left) if left > 0 else "",
        accept=say("unify.accept"),
        sure=say("unify.accept_sure" if one.people > 1 else "unify.accept_one", count=one.people),
        reject=say(f"unify.{rejected}"),
    )


def _alike(one: Waiting, when: str) -> list[str]:
    """What agrees, what does not, how likely that makes it, and since when it waits."""
    lang = language()
    told = [
        (say(f"unify.{key}", told=", ".join(name_in("alike", code, lang) for code in codes)))
        for key, codes in (("agreed", one.agreed), ("apart", one.apart))
        if codes
    ]
    likely = name_in("likely", one.likely.value if one.likely else "", lang)
    return [*told, say("unify.likely", told=likely), say("unify.found", when=when)]


def _line(seen: Seen, zone: ZoneInfo, may_see: bool) -> IdentityLine:
    lang, met = language(), str(say("unify.never_met"))
    if seen.first is not None and seen.last is not None:
        first, last = (day(at.astimezone(zone), lang) for at in (seen.first, seen.last))
        met = first if first == last else f"{first} – {last}"
    return IdentityLine(
        name=_name(seen.identity, may_see),
        url=f"/customers/{seen.person}" if seen.person and seen.interactions else "",
        interactions=number(seen.interactions, lang),
        met=met,
    )


def _merge(one: Merge, zone: ZoneInfo, may_see: bool) -> MergeLine:
    lang = language()
    return MergeLine(
        id=one.id,
        one=_name(one.identities[0], may_see),
        other=_name(one.identities[1], may_see),
        reason=name_in("link", one.reason, lang),
        when=instant(one.at.astimezone(zone), lang),
        is_decided=one.decided,
    )


def _junk(one: Junk, may_see: bool) -> tuple[str, str, str]:
    lang = language()
    return _name(one.identity, may_see), name_in("junk", one.why, lang), number(one.links, lang)


def _name(identity: str, may_see: bool) -> str:
    """An identity; only its kind for who may not decide.

    >>> _name("email:a@b.fr", True), _name("email:a@b.fr", False)
    ('email:a@b.fr', 'email:…')
    """
    return identity if may_see else f"{identity.partition(':')[0]}:…"
