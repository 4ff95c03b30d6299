"""The columns that effort is read from, and what their codes stand for."""

from __future__ import annotations

from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from verite.ledger.efforts import OURS, EffortRules
from verite.words.interaction import Kind, Outcome

_NEVER_US = np.iinfo(np.int64).max


class Columns(Protocol):
    """What effort reads of a timeline."""

    @property
    def ts(self) -> NDArray[np.int64]: ...
    def codes(self, column: str) -> NDArray[np.int32]: ...
    def labels(self, column: str) -> tuple[str, ...]: ...
    def numbers(self, column: str) -> NDArray[np.float64]: ...


class Lived(NamedTuple):
    """The columns that effort is read from, as codes (-1 = absent)."""

    ts: NDArray[np.int64]
    kind: NDArray[np.int32]
    direction: NDArray[np.int32]
    channel: NDArray[np.int32]
    outcome: NDArray[np.int32]
    case: NDArray[np.int32]
    motive: NDArray[np.int32]
    agent: NDArray[np.int32]
    team: NDArray[np.int32]
    step: NDArray[np.int32]
    menus: NDArray[np.float64]


class Sense(NamedTuple):
    """What the codes stand for. Arrays end with the place of the code -1."""

    contact: NDArray[np.bool_]  # by kind
    ours: NDArray[np.bool_]  # by direction
    bot: NDArray[np.bool_]  # by channel
    handover: int
    transferred: int
    failed: int
    abandoned: int
    agents: int
    repeat_us: int
    handed_us: int
    until_us: int


def read_lived(timeline: Columns, part: slice) -> Lived:
    """The columns of a range of rows."""

    def codes(column: str) -> NDArray[np.int32]:
        return np.asarray(timeline.codes(column)[part])

    return Lived(
        ts=np.asarray(timeline.ts[part]),
        kind=codes("kind"),
        direction=codes("direction"),
        channel=codes("channel"),
        outcome=codes("outcome"),
        case=codes("case_id"),
        motive=codes("motive"),
        agent=codes("agent"),
        team=codes("team"),
        step=codes("step"),
        menus=np.asarray(timeline.numbers("menus")[part]),
    )


def read_sense(timeline: Columns, rules: EffortRules) -> Sense:
    """The codes that the rules speak of."""

    def among(column: str, values: tuple[str, ...]) -> NDArray[np.bool_]:
        return np.array([label in values for label in timeline.labels(column)] + [False])

    def code(column: str, value: str) -> int:
        labels = timeline.labels(column)
        return labels.index(value) if value in labels else -2  # no row bears it

    return Sense(
        contact=among("kind", rules.contact_kinds),
        ours=among("direction", OURS),
        bot=among("channel", rules.bot_channels),
        handover=code("kind", Kind.HANDOVER.value),
        transferred=code("outcome", Outcome.TRANSFERRED.value),
        failed=code("outcome", Outcome.TRANSFER_FAILED.value),
        abandoned=code("outcome", Outcome.ABANDONED.value),
        agents=len(timeline.labels("agent")),
        repeat_us=rules.repeat_us,
        handed_us=rules.handed_us,
        until_us=_NEVER_US if rules.until_us is None else rules.until_us,
    )
