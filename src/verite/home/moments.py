"""Moments of truth, asked of a home."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from verite.answer import Answer
from verite.home.door import Door
from verite.words.asked import Filters
from verite.words.errors import BadInput
from verite.words.moments import Decision, Lack, Moment, Moments, MomentsAsked, OneMoment

if TYPE_CHECKING:
    from verite.loop.moments import Found, Reading
    from verite.words.double import DoubleEffect

EVERYTHING = Filters()
Progress = Callable[[int, int], None]


class MomentsDesk(Door):
    """Which touchpoints move an outcome."""

    def moments(
        self,
        asked: MomentsAsked | None = None,
        *,
        outcome: str = "nps",
        by: str | None = None,
        where: Filters = EVERYTHING,
    ) -> Answer[Moments]:
        """The touchpoints that move an outcome, the most important first, with their words and
        what people decided of them. `by` is a segment key."""
        question = asked or MomentsAsked(outcome=outcome, segment=_key(by), where=where)
        found = self._found(question).moments
        decided = self._decisions(found.outcome)
        rows = tuple(_with(row, decided.get(row.touchpoint)) for row in found.rows)
        return self.told(replace(found, rows=rows))

    def moment(
        self, touchpoint: str, asked: MomentsAsked | None = None, *, outcome: str = "nps"
    ) -> Answer[OneMoment]:
        """One touchpoint in depth; refused when it could not be studied."""
        found = self._found(asked or MomentsAsked(outcome=outcome))
        for one in found.depth:
            if one.moment.touchpoint == touchpoint:
                said = self._decisions(found.moments.outcome).get(touchpoint)
                return self.told(replace(one, moment=_with(one.moment, said)))
        known = ", ".join(one.moment.touchpoint for one in found.depth)
        raise BadInput("moment_unknown", fields={"touchpoint": touchpoint, "known": known})

    def moment_effect(
        self,
        touchpoint: str,
        asked: MomentsAsked | None = None,
        *,
        outcome: str = "nps",
        progress: Progress | None = None,
    ) -> Answer[DoubleEffect]:
        """What the bad, or the good, experience of one touchpoint adds to one answer, by double
        machine learning (the extra `causal`); takes from seconds to minutes, `progress` is told
        steps done and in all. Refused in one sentence where it cannot be told."""
        from verite.loop.moments.double import double_effect
        from verite.loop.moments.judging import judge

        question = asked or MomentsAsked(outcome=outcome)
        plain = replace(question, assume=(), segment=None)  # neither changes what is computed

        def estimate() -> DoubleEffect:
            about = self.desk.about(_asked_effect(plain, touchpoint), plain.where)
            return double_effect(self._reading(), plain, touchpoint, about, progress)

        found = self.desk.answer(("moment_effect", plain, touchpoint), estimate)
        return self.told(judge(found, question.assume))

    def moments_outcomes(self) -> tuple[str, ...]:
        """The outcomes that can be asked here."""
        from verite.loop.moments import known

        return self.desk.recovering(lambda: known(self.desk.timeline))

    def _found(self, asked: MomentsAsked) -> Found:
        from verite.loop.moments import study_moments

        def study() -> Found:
            about = self.desk.about(_asked(asked), asked.where)
            return study_moments(self._reading(), asked, about)

        return self.desk.answer(("moments", asked), study)

    def _reading(self) -> Reading:
        from verite.home.desk import START_OF_TIME
        from verite.ledger.timeline.pick import microseconds
        from verite.loop.moments import Reading, feel_fast, read_moments_settings
        from verite.measure import read_definitions

        timeline = self.desk.timeline
        definitions = read_definitions(self.settings.definitions)
        return Reading(
            timeline=timeline,
            definitions=definitions,
            felt=feel_fast(timeline, definitions),
            settings=read_moments_settings(self.settings.moments),
            until_us=microseconds(self.as_of or START_OF_TIME),
        )

    def _decisions(self, outcome: str) -> dict[str, Decision]:
        using = self.open_records()
        from verite.records.moments.records import decisions

        return decisions(outcome, using=using)


def _key(by: str | None) -> str | None:
    return by.removeprefix("segment.") if by else None


def _asked(asked: MomentsAsked) -> str:
    by = f" --by segment.{asked.segment}" if asked.segment else ""
    return f"moments --outcome {asked.outcome}{by}"


def _asked_effect(asked: MomentsAsked, touchpoint: str) -> str:
    return f"moments {touchpoint} --outcome {asked.outcome} --double"


def _with(row: Moment, said: Decision | None) -> Moment:
    """The moment with what somebody said of it: a refusal is one more thing that it lacks."""
    lacks: tuple[Lack, ...] = tuple(lack for lack in row.lacks if lack is not Lack.REFUSED)
    if said is not None and not said.declared:
        lacks = (*lacks, Lack.REFUSED)
    return replace(row, decision=said, lacks=lacks)
