"""Who is who: identities joined into people, and what waits for someone to decide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from math import log2

from verite.words.asked import About


class Doubt(StrEnum):
    """Why links wait for a person to decide."""

    TWO_KNOWN = "two_known"  # they would join two customers known apart
    SHARED = "shared"  # the identity is linked to several known customers
    CROWD = "crowd"  # they would make a person of too many identities
    ALIKE = "alike"  # nothing links them: what is known of them looks alike


class Likely(StrEnum):
    """How likely two customers who look alike are one, in words."""

    VERY_LIKELY = "very_likely"  # 99 in 100 or more, as far as the model goes
    LIKELY = "likely"  # 9 in 10 or more
    POSSIBLE = "possible"  # rather one than two


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """Two customers, by their keys, who may be one person. `weight` is log2 of the odds.

    >>> Alike(one=1, other=2, weight=4.2, agreed=("same_name",)).likely.value
    'likely'
    """

    one: int
    other: int
    weight: float
    agreed: tuple[str, ...]  # codes: same_name, near_name, same_domain, near_phone
    apart: tuple[str, ...] = ()  # codes: other_name, other_domain, other_phone

    @property
    def likely(self) -> Likely:
        """The weight in words: 99 to 1 is 6.63 bits, 9 to 1 is 3.17."""
        if self.weight >= log2(99):
            return Likely.VERY_LIKELY
        return Likely.LIKELY if self.weight >= log2(9) else Likely.POSSIBLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """What looking for customers who are alike gave: the queue, nothing else, changed."""

    about: About
    profiles: int  # customers with a mail or a phone
    found: int  # pairs that wait for a person to decide


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One identity, and when it was met. `interactions` are those it bears itself."""

    identity: str
    interactions: int = 0
    first: datetime | None = None
    last: datetime | None = None
    person: str = ""  # the shown id of whose it is today


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Links that wait, with their evidence. `id` names them to whoever accepts or rejects."""

    id: str
    reason: Doubt
    identities: tuple[Seen, ...]  # the first ones; `all_identities` counts them all
    all_identities: int
    people: int  # how many people, of those in the status, accepting makes one
    links: int
    told: tuple[str, ...]  # the reasons that sources gave
    at: datetime
    shared_cases: int = 0  # cases in which two of them appear
    likely: Likely | None = None  # of two who are alike, with what agrees and what does not
    agreed: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """A link in force between two identities, and what it rests on."""

    id: str
    identities: tuple[str, str]
    reason: str
    at: datetime
    decided: bool  # by a person


@dataclass(frozen=True, slots=True, kw_only=True)
class Junk:
    """An impossible identity: nothing is linked by it."""

    identity: str
    why: str  # code: placeholder, no_mail, test_mail, repeated, no_number
    links: int  # links refused for it


@dataclass(frozen=True, slots=True, kw_only=True)
class Unified:
    """How many people the identities make, what joined them, and what waits."""

    about: About
    people: int  # who have interactions, as in the status
    identities: int
    merged: int  # identities joined to another one: each takes one person away
    reasons: tuple[tuple[str, int], ...]  # links in force by reason, the most frequent first
    review: tuple[Waiting, ...]  # the first ones; `waiting` counts them all
    waiting: int
    merges: tuple[Merge, ...]  # the last ones
    junk: tuple[Junk, ...]  # the most frequent ones
    all_junk: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What a decision changed."""

    about: About
    verdict: str  # accepted, rejected, undone, joined
    identities: tuple[str, ...]
    links: int
    people_before: int  # people that these identities made, of those in the status
    people_after: int
    is_back: bool = False  # a whole decision is taken back: everything is as before it
    waits: bool = False  # and what it had answered waits again
