"""One customer as their page and their card print them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from verite.sentences.card import fading
from verite.sentences.dates import instant
from verite.sentences.episodes import story_beats
from verite.sentences.headline import headline
from verite.sentences.names import channel_name, name_in, touchpoint_name, value_name
from verite.sentences.numbers import duration, number, span
from verite.sentences.tale import tell_lines
from verite.web.customers.efforts import Cost, told_costs
from verite.web.customers.masked import mask_identity
from verite.web.customers.plainly import known_say, plain_say
from verite.web.customers.story import Part, told_parts
from verite.web.customers.taling import TaleLine, told_lines, told_when
from verite.web.language import language
from verite.words.customer import Beat, Customer, FeelingNow, Remembered, Story

EARLIER = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """A contact before the story."""

    when: str
    channel: str
    motive: str
    outcome: str
    feeling: str
    sign: str  # up, down or nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A moment that stays."""

    name: str
    when: str
    where: str
    feeling: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Felt:
    """The running feeling."""

    value: str
    interval: str
    told: str
    is_calibrated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerPage:
    """Everything the page prints; the card prints its first half."""

    person: str
    kicker: str
    headline: str
    tag: str
    tag_kind: str
    costs: tuple[Cost, ...]
    parts: tuple[tuple[Part, ...], ...]  # three columns
    advice: str
    advice_why: str
    lines: tuple[TaleLine, ...]
    when: str
    earlier: tuple[Earlier, ...]
    earlier_told: str
    felt: Felt | None
    moments: tuple[Moment, ...]
    identities: tuple[tuple[str, str], ...]
    source: str


def told_customer(customer: Customer) -> CustomerPage:
    """A customer as `customer_there` gives them."""
    lang = language()
    lines = tell_lines(customer, lang)
    tag, kind = _tag(customer)
    earlier = _earlier(customer)
    return CustomerPage(
        person=customer.person,
        kicker=_kicker(customer),
        headline=headline(customer, lang),
        tag=tag,
        tag_kind=kind,
        costs=told_costs(customer),
        parts=told_parts(customer),
        advice=_advice(customer.story),
        advice_why=_why(customer),
        lines=told_lines(lines),
        when=told_when(lines),
        earlier=earlier,
        earlier_told=plain_say("customers.earlier_told", count=len(earlier)),
        felt=_felt(customer.feeling, customer.about.as_of),
        moments=_moments(customer.feeling),
        identities=tuple(_identity(identity) for identity in customer.identities),
        source=_source(customer),
    )


def _advice(story: Story) -> str:
    days = number(story.silent_days or 0, language())
    return known_say(f"customers.advice_{story.advice}", days=days)


def _tag(customer: Customer) -> tuple[str, str]:
    resolved = customer.effort.resolved
    if customer.story.since is None or resolved is None:
        return "", ""
    return (
        (plain_say("customers.resolved"), "ok")
        if resolved
        else (plain_say("customers.unresolved"), "hot")
    )


def _kicker(customer: Customer) -> str:
    parts = [plain_say("customers.who", person=customer.person)]
    named = (value_name(f"segment.{key}", value, language()) for key, value in customer.segments)
    parts += list(dict.fromkeys(named))[:2]
    if customer.since is not None:
        parts.append(plain_say("customers.since", year=str(customer.since.year)))
    parts.append(plain_say("customers.joined", count=len(customer.identities)))
    return " · ".join(parts)


def _why(customer: Customer) -> str:
    """Why that advice: the last alert, the channel that fits."""
    lang, parts = language(), []
    if customer.alerts:
        alert = customer.alerts[-1]
        channel = channel_name(alert.channel, lang).lower()
        parts.append(known_say(f"customers.alert_{alert.reason}", channel=channel))
    if customer.story.never_reached:
        team = name_in("team", customer.story.never_reached, lang)
        parts.append(plain_say("customers.never_reached", team=team))
    return " ".join(part for part in parts if part)


def _earlier(customer: Customer) -> tuple[Earlier, ...]:
    told = {beat.id for beat in story_beats(customer)}
    first = min((beat.at for beat in customer.timeline if beat.id in told), default=None)
    before = [
        beat
        for beat in customer.timeline
        if first is not None and beat.at < first and _is_contact(beat)
    ]
    newest = sorted(before, key=lambda beat: beat.at, reverse=True)
    return tuple(_one_earlier(beat) for beat in newest[:EARLIER])


def _is_contact(beat: Beat) -> bool:
    return beat.kind in {"contact", "complaint", "purchase", "delivery", "feedback"}


def _one_earlier(beat: Beat) -> Earlier:
    lang = language()
    place = touchpoint_name(beat.touchpoint) if beat.touchpoint else ""
    felt = beat.feeling
    return Earlier(
        when=instant(beat.at, lang),
        channel=channel_name(beat.channel, lang) if beat.channel else "",
        motive=_capital(name_in("motive", beat.motive, lang)) if beat.motive else place,
        outcome=name_in("outcome", beat.outcome, lang) if beat.outcome else "",
        feeling="" if felt is None else number(felt, lang, 2, signed=True),
        sign="" if felt is None or abs(felt) < 0.3 else "up" if felt > 0 else "down",
    )


def _felt(feeling: FeelingNow, at: datetime | None) -> Felt | None:
    if feeling.value is None or feeling.n == 0:
        return None
    lang = language()
    return Felt(
        value=number(feeling.value, lang),
        interval=span(feeling.low, feeling.high, lang) if feeling.low is not None else "",
        told=plain_say("customers.feeling_rests", count=feeling.n) + fading(at, lang),
        is_calibrated=feeling.calibrated,
    )


def _moments(feeling: FeelingNow) -> tuple[Moment, ...]:
    kept = (("worst", feeling.worst), ("best", feeling.best), ("last", feeling.last))
    return tuple(_moment(name, moment) for name, moment in kept if moment is not None)


def _moment(name: str, moment: Remembered) -> Moment:
    lang = language()
    return Moment(
        name=plain_say(f"customers.moment_{name}"),
        when=instant(moment.at, lang),
        where=touchpoint_name(moment.touchpoint) if moment.touchpoint else "",
        feeling=number(moment.feeling, lang, 2, signed=True),
    )


def _source(customer: Customer) -> str:
    lang, effort, feeling = language(), customer.effort, customer.feeling
    parts = [
        plain_say("customers.reached", count=effort.agents_reached),
        plain_say("customers.unreached", count=effort.agents_never_reached)
        if effort.agents_never_reached
        else "",
        plain_say("customers.model", model=feeling.model) if feeling.calibrated else "",
        plain_say("customers.year", count=customer.year.contacts,
            wait=duration(customer.year.wait_s, lang)),
    ]  # fmt: skip
    return " · ".join(part for part in parts if part)


def _identity(identity: str) -> tuple[str, str]:
    kind, value = mask_identity(identity)
    return known_say(f"customers.kind_{kind}") or kind, value


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
