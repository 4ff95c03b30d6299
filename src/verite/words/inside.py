"""What comes from inside the house: values that staff know, answers heard on check contacts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from verite.words.asked import About
from verite.words.estimate import Estimate
from verite.words.identical import Alike


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A value that the company declared: its key, and its name by language."""

    key: str
    names: tuple[tuple[str, str], ...]

    def name(self, lang: str) -> str:
        """The name in a language, else the first one."""
        return dict(self.names).get(lang, self.names[0][1])


class Known(StrEnum):
    """What an interval says of a share against the threshold that the company set."""

    KNOWN = "known"
    NOT_KNOWN = "not_known"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueRow:
    """The share of staff (0-100) who know what a value asks of them: all, or one team or site.

    `gap` is the share here less that of the others, in points, with its interval of 90 %; `alike`
    is read on it. No verdict where the share is hidden.
    """

    value: str
    dimension: str = ""  # team or site; empty: the whole staff
    unit: str = ""
    share: Estimate
    known: Known | None
    gap: Estimate | None = None
    alike: Alike | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Values:
    """Every value: the whole first, then team by team and site by site.

    `verdicts`: known by all only when the whole is known and no team or site is proven not to know.
    """

    about: About
    values: tuple[Value, ...]
    rows: tuple[ValueRow, ...]
    verdicts: tuple[tuple[str, Known | None], ...]
    threshold: float  # share, 0-100
    margin: float  # points within which two shares are alike
    answered: int | None  # people; hidden under five
    staff: int | None = None  # people asked, as the company says

    def of(self, value: str, dimension: str = "") -> tuple[ValueRow, ...]:
        """The rows of one value: the whole, or those of a dimension."""
        return tuple(r for r in self.rows if r.value == value and r.dimension == dimension)


class SameAnswer(StrEnum):
    """What an interval says of a probability against the level that the company set."""

    SAME = "same"
    DIFFERENT = "different"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelAnswers:
    """What was answered on one channel: each coded answer and how many contacts heard it."""

    channel: str
    n: int
    answers: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionRow:
    """One question: the probability (0-100) that two channels drawn by chance answer alike.

    `within`: the same for two contacts of one channel. `apart`: the channel whose answers agree
    least with the others', when the answers are proven different.
    """

    question: str
    agreement: Estimate
    within: Estimate
    verdict: SameAnswer | None
    channels: tuple[ChannelAnswers, ...]
    apart: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SameAnswers:
    """Every question, those that differ most first, and the mean over all of them."""

    about: About
    overall: Estimate
    verdict: SameAnswer | None
    rows: tuple[QuestionRow, ...]
    level: float  # 0-100, from which answers count as the same
    one_channel: tuple[str, ...] = ()  # questions asked on a single channel: nothing to compare


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckContact:
    """One contact on which a question was asked: when, where, the coded answer, the words."""

    interaction_id: str
    at: datetime
    channel: str
    team: str | None
    site: str | None
    answer: str
    text: str | None
