"""Journeys: lived (from interactions) and designed (drawn by people), and one against the other."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from verite.words.asked import About
from verite.words.estimate import Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A touchpoint as lived. `drop_off` is the censored share of cases that stop there, 0-100."""

    touchpoint: str
    count: int
    people: int
    cases: int
    entries: int
    exits: int
    rework: int  # cases that pass here twice or more
    median_stay_s: float | None  # time until the next interaction of the case
    median_wait_s: float | None
    drop_off: Estimate | None
    feeling: Estimate | None
    channel: str | None = None  # the most frequent one


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """One touchpoint directly followed by another, within a case."""

    source: str
    target: str
    count: int
    cases: int
    median_gap_s: float
    p90_gap_s: float
    switches: int  # of these, how many changed channel


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One exact path and how many cases took it; `share` in [0, 1]."""

    path: tuple[str, ...]
    count: int
    share: float
    median_duration_s: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelSwitch:
    """From one channel to the next within a case, of how many people, and who started the second
    contact."""

    source: str
    target: str
    count: int
    people: int
    by_customer: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LivedMap:
    """Lived journeys: nodes, edges, variants, channel switches."""

    about: About
    case: str  # person | case_id | gap:30d
    interactions: int
    cases: int
    people: int
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    variants: tuple[Variant, ...]
    variant_count: int
    switches: tuple[ChannelSwitch, ...]
    orphans: tuple[str, ...]  # touchpoints lived but on no designed map


class Line(StrEnum):
    """First axis of a touchpoint."""

    ONLINE = "online"
    OFFLINE = "offline"


class Contact(StrEnum):
    """Second axis of a touchpoint."""

    DIRECT = "direct"
    INDIRECT = "indirect"


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """The texts of a touchpoint in one more language than the map's own."""

    language: str
    need: str | None = None
    frustration: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Touchpoint:
    """A touchpoint as designed. Names are per language: (("fr", "Chat"), ("en", "Chat"))."""

    key: str
    stage: str
    names: tuple[tuple[str, str], ...]
    line: Line | None = None
    contact: Contact | None = None
    channels: tuple[str, ...] = ()
    owner: str | None = None
    need: str | None = None
    frustration: str | None = None
    expected_feeling: float | None = None  # in [-1, 1]
    translations: tuple[Translation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A part of the journey, in order."""

    key: str
    names: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignedMap:
    """A map that people drew: stages, touchpoints, and the paths they mean customers to take."""

    key: str
    names: tuple[tuple[str, str], ...]
    stages: tuple[Stage, ...]
    touchpoints: tuple[Touchpoint, ...]
    path: tuple[str, ...]  # the designed linear journey, touchpoint keys in order
    version: int = 1
    language: str = "fr"  # of needs, frustrations and owners


class ChangeKind(StrEnum):
    """What happened to a part of a designed map between two versions."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


class Part(StrEnum):
    """The parts of a designed map that a new version may change."""

    MAP = "map"
    STAGE = "stage"
    TOUCHPOINT = "touchpoint"
    PATH = "path"


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignChange:
    """One part added, removed or changed; `fields` names what changed in it."""

    kind: ChangeKind
    part: Part
    key: str
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignDiff:
    """What a newer version of a designed map changed."""

    before: DesignedMap
    after: DesignedMap
    changes: tuple[DesignChange, ...]


class DeviationKind(StrEnum):
    """How a lived journey departs from the designed one."""

    SKIPPED = "skipped"  # designed, not lived
    ADDED = "added"  # lived, not designed there
    REPEATED = "repeated"  # lived more often than designed


@dataclass(frozen=True, slots=True, kw_only=True)
class Deviation:
    """One kind of departure at one touchpoint, in how many cases."""

    kind: DeviationKind
    touchpoint: str
    count: int  # cases


@dataclass(frozen=True, slots=True, kw_only=True)
class Conformance:
    """Planned against lived: mean LCS-alignment fitness (0-1), cases that fit exactly."""

    about: About
    design: DesignedMap
    cases: int
    fitness: float | None  # None when there is no case
    fitting_cases: int
    deviations: tuple[Deviation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StageFeeling:
    """Mean feeling of the people who reached a stage, in [-1, 1]; and the mean of the lowest and
    of the highest that each of them felt there."""

    stage: str
    people: int
    feeling: Estimate
    worst: Estimate | None = None  # None: not read
    best: Estimate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JourneyPicture:
    """Everything the journey picture draws: a lived map laid on a designed one."""

    about: About
    design: DesignedMap
    lived: LivedMap
    feelings: tuple[StageFeeling, ...]
