"""Values and answers as their pages print them."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from verite.home import Home
from verite.sentences.dates import instant
from verite.sentences.names import name_in
from verite.sentences.numbers import difference, interval, number, value
from verite.sentences.of_inside import (
    inside_words,
    known_words,
    same_words,
    say_answers,
    say_value,
)
from verite.web.language import language
from verite.web.wording import say
from verite.words.estimate import Estimate, Status
from verite.words.identical import Alike
from verite.words.inside import (
    ChannelAnswers,
    CheckContact,
    Known,
    QuestionRow,
    SameAnswer,
    SameAnswers,
    Value,
    ValueRow,
    Values,
)
from verite.words.items import Audience, Items

ANSWERS = "/identical/answers"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitLine:
    """The whole staff, a team or a site: the share who know, how far from the others."""

    name: str
    value: str
    interval: str
    is_withheld: bool
    n: str
    known: str
    is_lacking: bool
    gap: str
    gap_interval: str
    alike: str
    is_different: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueTold:
    """One value: its name, a sentence, its lines."""

    key: str
    name: str
    sentence: str
    lines: tuple[UnitLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionTold:
    """One question: how alike the answers are, and what each channel says."""

    question: str
    value: str
    interval: str
    is_withheld: bool
    n: str
    within: str
    verdict: str
    is_different: bool
    answers: tuple[tuple[str, str], ...]
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersTold:
    """Every question, the headline, those with nothing to compare."""

    finding: str
    questions: tuple[QuestionTold, ...]
    one_channel: tuple[str, ...]


def told_values(found: Values) -> tuple[ValueTold, ...]:
    """Every value that somebody answered about."""
    return tuple(_value(found, one) for one in found.values)


def values_title(found: Values) -> str:
    """The headline: known by all, not all of them, or not told yet."""
    verdicts = [known for _, known in found.verdicts]
    if any(one is Known.NOT_KNOWN for one in verdicts):
        return say("inside.values_lacking")
    if verdicts and all(one is Known.KNOWN for one in verdicts):
        return say("inside.values_known")
    return say("inside.values_unknown") if is_asked(found) else say("inside.values_none")


def is_asked(found: Values) -> bool:
    """Whether somebody answered about a declared value."""
    return bool(found.values) and found.answered != 0


def asked_items(found: Items, audience: Audience) -> tuple[tuple[str, str], ...]:
    """The columns to name and what to ask."""
    lang = language()
    return tuple(
        (one.key, one.wording(lang).text) for one in found.items if one.audience is audience
    )


def told_answers(found: SameAnswers) -> AnswersTold:
    """The questions, those that differ most first."""
    return AnswersTold(
        finding=say_answers(found, language()),
        questions=tuple(_question(one) for one in found.rows),
        one_channel=found.one_channel,
    )


def answers_title(found: SameAnswers) -> str:
    """The headline of the same answer everywhere."""
    different = any(row.verdict is SameAnswer.DIFFERENT for row in found.rows)
    if different or found.verdict is SameAnswer.DIFFERENT:
        return say("inside.answers_different")
    if found.verdict is SameAnswer.SAME:
        return say("inside.answers_same")
    return say("inside.answers_unknown") if found.rows else say("inside.answers_none")


def told_contacts(
    home: Home, contacts: tuple[CheckContact, ...]
) -> tuple[tuple[str, str, str, str, str], ...]:
    """When, where, by whom as a team, the coded answer, the words."""
    zone, lang = ZoneInfo(home.settings.zone), language()
    return tuple(
        (
            instant(one.at.astimezone(zone), lang),
            name_in("channel", one.channel, lang),
            " · ".join(part for part in (one.team, one.site) if part),
            one.answer,
            one.text or "",
        )
        for one in contacts
    )


def _value(found: Values, one: Value) -> ValueTold:
    rows = [row for dimension in ("", "team", "site") for row in found.of(one.key, dimension)]
    return ValueTold(
        key=one.key,
        name=one.name(language()),
        sentence=say_value(found, one, language()),
        lines=tuple(map(_unit, rows)),
    )


def _unit(row: ValueRow) -> UnitLine:
    lang = language()
    gap, gap_interval = difference(row.gap, lang) if row.gap else ("", "")
    key = f"unit.{row.dimension}" if row.dimension else "unit.all"
    return UnitLine(
        name=inside_words(key, lang, {"name": row.unit}),
        value=value(row.share, lang),
        interval=interval(row.share, lang),
        is_withheld=row.share.status is not Status.OK,
        n=_n(row.share),
        known=known_words(row.known, lang),
        is_lacking=row.known is Known.NOT_KNOWN,
        gap=gap,
        gap_interval=gap_interval,
        alike=inside_words(f"alike.{row.alike.value}", lang) if row.alike else "",
        is_different=row.alike is Alike.DIFFERENT,
    )


def _question(row: QuestionRow) -> QuestionTold:
    lang = language()
    within = " ".join((value(row.within, lang), interval(row.within, lang))).strip()
    return QuestionTold(
        question=row.question,
        value=value(row.agreement, lang),
        interval=interval(row.agreement, lang),
        is_withheld=row.agreement.status is not Status.OK,
        n=_n(row.agreement),
        within=within,
        verdict=same_words(row.verdict, lang),
        is_different=row.verdict is SameAnswer.DIFFERENT,
        answers=tuple(_heard(one) for one in row.channels),
        url=f"{ANSWERS}?{urlencode({'question': row.question})}#contacts",
    )


def _heard(one: ChannelAnswers) -> tuple[str, str]:
    lang = language()
    told = ", ".join(f"{answer} ({number(times, lang)})" for answer, times in one.answers)
    return name_in("channel", one.channel, lang), told


def _n(estimate: Estimate) -> str:
    return "" if estimate.n is None else number(estimate.n, language())
