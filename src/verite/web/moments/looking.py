"""Studies of moments take seconds: they are worked out behind the pages."""

from __future__ import annotations

from dataclasses import replace

from verite.answer import Answer
from verite.home import Home
from verite.records.current import current_alias
from verite.records.moments.records import decisions
from verite.web.lately import PATIENCE_S, Lately, latest
from verite.words.moments import Decision, Lack, Moment, Moments, MomentsAsked, OneMoment


def latest_study(
    home: Home, question: MomentsAsked, *, patience: float = PATIENCE_S
) -> Lately[Moments]:
    """The study of all touchpoints; one of older data comes without anybody's words."""
    found = latest(
        ("moments", question),
        lambda: _without_words(ask_study(home, question).result),
        patience=patience,
    )
    if not found.is_current or found.answer is None:
        return found
    return replace(found, answer=ask_study(home, question).result)


def latest_moment(home: Home, question: MomentsAsked, touchpoint: str) -> Lately[OneMoment]:
    """One touchpoint in depth."""
    found = latest(
        ("moment", question, touchpoint),
        lambda: _without_words_of_one(ask_moment(home, question, touchpoint).result),
    )
    if not found.is_current or found.answer is None:
        return found
    return replace(found, answer=ask_moment(home, question, touchpoint).result)


def ask_study(home: Home, question: MomentsAsked) -> Answer[Moments]:
    """The study itself, however long it takes."""
    return home.moments(question)


def ask_moment(home: Home, question: MomentsAsked, touchpoint: str) -> Answer[OneMoment]:
    """One moment itself, however long it takes."""
    return home.moment(touchpoint, question)


def all_decided(moments: Moments) -> Moments:
    """The study with what people say now of each moment."""
    said = decisions(moments.outcome, using=current_alias())
    rows = tuple(_with(row, said.get(row.touchpoint)) for row in moments.rows)
    return replace(moments, rows=rows)


def one_decided(found: OneMoment) -> OneMoment:
    """One moment with what people say of it now."""
    said = decisions(found.outcome, using=current_alias())
    return replace(found, moment=_with(found.moment, said.get(found.moment.touchpoint)))


def _with(row: Moment, said: Decision | None) -> Moment:
    lacks: tuple[Lack, ...] = tuple(lack for lack in row.lacks if lack is not Lack.REFUSED)
    if said is not None and not said.declared:
        lacks = (*lacks, Lack.REFUSED)
    return replace(row, decision=said, lacks=lacks)


def _without_words(moments: Moments) -> Moments:
    """Somebody may be erased while an older study is still shown: it keeps nobody's words."""
    return replace(moments, rows=tuple(replace(row, quotes=()) for row in moments.rows))


def _without_words_of_one(found: OneMoment) -> OneMoment:
    return replace(found, moment=replace(found.moment, quotes=()))
