"""Studies of moments take seconds: they are worked out behind the pages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeVar

from verite.answer import Answer
from verite.home import Home
from verite.records.current import current_alias
from verite.records.moments.records import decisions
from verite.web.lately import Lately, known, latest
from verite.words.errors import BadInput, VeriteError
from verite.words.moments import Decision, Lack, Moment, Moments, MomentsAsked, OneMoment

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Studied:
    """A study and its moments in depth, without anybody's words.

    Somebody may be erased while an older study is still shown: it keeps nothing that they said.
    """

    moments: Moments
    depth: tuple[OneMoment, ...]


def latest_study(
    home: Home, question: MomentsAsked, *, patience: float | None = None
) -> Lately[Moments]:
    """The study of all touchpoints; one of older data comes without words."""
    found = _latest(home, question, patience)
    if found.answer is None:
        return _as(found, None)
    if found.is_current:
        return _as(found, ask_study(home, question).result)
    return _as(found, _all_decided(found.answer.moments))


def known_study(question: MomentsAsked) -> Moments | None:
    """The study that somebody asked for before; none is begun. It comes without words."""
    found = known(("moments", question), Studied)
    return None if found is None else found.moments


def latest_moment(home: Home, question: MomentsAsked, touchpoint: str) -> Lately[OneMoment]:
    """One touchpoint in depth; of older data without words."""
    found = _latest(home, question)
    if found.answer is None:
        return _as(found, None)
    try:
        if found.is_current:
            return _as(found, ask_moment(home, question, touchpoint).result)
        return _as(found, _one_decided(_one_of(found.answer, touchpoint)))
    except VeriteError as error:
        return Lately(answer=None, is_current=found.is_current, error=error)


def ask_study(home: Home, question: MomentsAsked) -> Answer[Moments]:
    """The study itself, however long it takes."""
    return home.moments(question)


def ask_moment(home: Home, question: MomentsAsked, touchpoint: str) -> Answer[OneMoment]:
    """One moment itself, however long it takes."""
    return home.moment(touchpoint, question)


def _latest(home: Home, question: MomentsAsked, patience: float | None = None) -> Lately[Studied]:
    return latest(("moments", question), lambda: _studied(home, question), patience=patience)


def _as(found: Lately[Studied], answer: T | None) -> Lately[T]:
    """Another answer, as late as this one."""
    return Lately(
        answer=answer,
        is_current=found.is_current,
        error=found.error,
        is_under_way=found.is_under_way,
    )


def _studied(home: Home, question: MomentsAsked) -> Studied:
    moments = ask_study(home, question).result
    rows = tuple(replace(row, quotes=()) for row in moments.rows)
    depth = (ask_moment(home, question, row.touchpoint).result for row in rows)
    return Studied(
        moments=replace(moments, rows=rows),
        depth=tuple(replace(one, moment=replace(one.moment, quotes=())) for one in depth),
    )


def _one_of(studied: Studied, touchpoint: str) -> OneMoment:
    for one in studied.depth:
        if one.moment.touchpoint == touchpoint:
            return one
    known = ", ".join(one.moment.touchpoint for one in studied.depth)
    raise BadInput("moment_unknown", fields={"touchpoint": touchpoint, "known": known})


def _all_decided(moments: Moments) -> Moments:
    """The study with what people say now of each moment."""
    said = decisions(moments.outcome, using=current_alias())
    rows = tuple(_with(row, said.get(row.touchpoint)) for row in moments.rows)
    return replace(moments, rows=rows)


def _one_decided(found: OneMoment) -> OneMoment:
    said = decisions(found.outcome, using=current_alias())
    return replace(found, moment=_with(found.moment, said.get(found.moment.touchpoint)))


def _with(row: Moment, said: Decision | None) -> Moment:
    lacks: tuple[Lack, ...] = tuple(lack for lack in row.lacks if lack is not Lack.REFUSED)
    if said is not None and not said.declared:
        lacks = (*lacks, Lack.REFUSED)
    return replace(row, decision=said, lacks=lacks)
