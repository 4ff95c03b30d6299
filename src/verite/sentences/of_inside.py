"""What comes from inside, in sentences: values known by staff, the same answer everywhere."""

from __future__ import annotations

from typing import Final

from verite.sentences.catalogue import Phrases
from verite.sentences.names import name_in
from verite.sentences.numbers import count, figure, interval, number, value
from verite.sentences.telling import listed, told
from verite.words.estimate import Status, Unit
from verite.words.inside import (
    ChannelAnswers,
    Known,
    QuestionRow,
    SameAnswer,
    SameAnswers,
    Value,
    ValueRow,
    Values,
)
from verite.words.items import Items

inside_words: Final = Phrases("inside")  # a text of what comes from inside, filled


def say_items(found: Items, lang: str) -> str:
    """How many questions are ready to be copied."""
    return inside_words("say.items", lang, {"count": number(len(found.items), lang)})


def say_values(found: Values, lang: str) -> str:
    """Every declared value in a sentence: known by all staff, not by all, or undecided."""
    if not found.values:
        return inside_words("say.no_values", lang)
    if found.answered == 0:
        return inside_words("say.no_staff", lang)
    return " ".join(say_value(found, one, lang) for one in found.values)


def say_value(found: Values, asked: Value, lang: str) -> str:
    """One value: the share who know, the verdict, where it is not known."""
    whole = next(iter(found.of(asked.key)))
    fields = {
        "name": asked.name(lang),
        "told": told(whole.share, lang),
        "threshold": figure(found.threshold, Unit.PERCENT, lang),
    }
    verdict = dict(found.verdicts)[asked.key]
    if verdict is None or whole.share.n is None:
        return inside_words("value.hidden", lang, fields)
    fields["counted"] = count(whole.share.n, "answer", lang)
    said = inside_words(f"value.{verdict.value}", lang, fields)
    lacking = [row for row in _units(found, asked) if row.known is Known.NOT_KNOWN]
    if lacking:
        named = listed([unit_told(row, lang) for row in lacking], lang)
        said += inside_words("value.lacking", lang, {"units": named})
    return said


def unit_told(row: ValueRow, lang: str) -> str:
    """A team or site with its share: `équipe nord (54 %, [40 ; 68])`."""
    shown = [value(row.share, lang)] if row.share.status is Status.OK else []
    bounds = ", ".join([*shown, interval(row.share, lang)])
    named = inside_words(f"unit.{row.dimension}", lang, {"name": row.unit})
    return f"{named} ({bounds})"


def known_words(known: Known | None, lang: str) -> str:
    """A verdict in a word."""
    return "" if known is None else inside_words(f"known.{known.value}", lang)


def same_words(same: SameAnswer | None, lang: str) -> str:
    """A verdict in a word."""
    return "" if same is None else inside_words(f"same.{same.value}", lang)


def say_answers(found: SameAnswers, lang: str) -> str:
    """The mean over questions, then those that get another answer elsewhere."""
    if not found.rows:
        key = "say.one_channel" if found.one_channel else "say.no_answers"
        return inside_words(key, lang)
    different = [row for row in found.rows if row.verdict is SameAnswer.DIFFERENT]
    fields = {
        "told": told(found.overall, lang),
        "questions": number(len(found.rows), lang),
        "level": figure(found.level, Unit.PERCENT, lang),
    }
    if found.verdict is None:
        said = inside_words("answers.few", lang, fields)
    else:
        said = inside_words(f"answers.{found.verdict.value}", lang, fields)
    return said + "".join(" " + say_question(row, lang) for row in different[:3])


def heard_told(heard: ChannelAnswers, lang: str) -> str:
    """`Chat : 30 jours (4), 14 jours (1)`: what was answered on one channel."""
    listing = ", ".join(f"{answer} ({number(times, lang)})" for answer, times in heard.answers)
    return inside_words("question.heard", lang, {
        "channel": name_in("channel", heard.channel, lang), "answers": listing,
    })  # fmt: skip


def say_question(row: QuestionRow, lang: str) -> str:
    """One question: how often two channels answer alike, and which stands apart."""
    fields = {"question": row.question, "told": told(row.agreement, lang)}
    said = inside_words("question.told", lang, fields)
    if row.apart:
        heard = next(one for one in row.channels if one.channel == row.apart)
        said += inside_words("question.apart", lang, {
            "channel": name_in("channel", row.apart, lang), "answer": heard.answers[0][0],
        })  # fmt: skip
    return said


def _units(found: Values, asked: Value) -> tuple[ValueRow, ...]:
    return (*found.of(asked.key, "team"), *found.of(asked.key, "site"))
