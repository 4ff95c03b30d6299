"""What one customer had to do and bear: the tally of the marks and waits of some interactions."""

from __future__ import annotations

from typing import Final

import numpy as np

from verite.ledger.efforts import OURS, WRITTEN
from verite.loop.unify.life import Life
from verite.measure.definitions import Definitions
from verite.words.customer import Effort, Mark
from verite.words.interaction import Kind, Outcome

# Where one waits with the company's time, by the channel; written channels are waited for apart.
WAITS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("phone", ("phone",)),
    ("online", ("web", "app", "chat", "bot")),
    ("counter", ("store", "kiosk")),
)
CLOSED: Final = (Outcome.RESOLVED.value, Outcome.DONE.value)
ENDING: Final = (
    Kind.CONTACT.value, Kind.COMPLAINT.value, Kind.HANDOVER.value, Kind.OTHER.value,
    Kind.PROACTIVE.value, Kind.DELIVERY.value,
)  # fmt: skip


def effort_of(life: Life, rows: np.ndarray, definitions: Definitions) -> Effort:
    """The effort of the chosen interactions (one boolean each)."""
    ours = life.among("direction", OURS)
    waits, answer_wait = _waits(life, rows & ~ours, definitions)
    by_customer = _count(life, rows, Mark.SWITCHED)
    return Effort(
        contacts=int((rows & life.contact).sum()),
        wait_s=sum(seconds for _, seconds in waits),
        wait_kinds=waits,
        answer_wait_s=answer_wait,
        agents_reached=_agents(life, rows),
        agents_never_reached=_count(life, rows, Mark.NEVER_REACHED),
        transfers=_count(life, rows, Mark.TRANSFERRED),
        failed_transfers=_count(life, rows, Mark.TRANSFER_FAILED),
        retold=_count(life, rows, Mark.RETOLD),
        redone_steps=_count(life, rows, Mark.REDONE),
        channel_switches=by_customer + _count(life, rows, Mark.MOVED),
        switches_by_customer=by_customer,
        menus=int(np.nansum(life.numbers("menus")[rows & ~ours])),
        menus_again=_count(life, rows, Mark.MENU_AGAIN),
        abandoned=_count(life, rows, Mark.ABANDONED),
        repeats=_count(life, rows, Mark.REPEAT),
        resolved=is_resolved(life, rows),
    )


def is_resolved(life: Life, rows: np.ndarray) -> bool | None:
    """Whether every case met in these interactions ended well; nothing without a contact."""
    cases = life.marked.case
    found = np.unique(cases[rows & life.contact])
    if len(found) == 0:
        return None
    ends = life.among("kind", ENDING) & (life.codes("outcome") >= 0)
    closed = life.among("outcome", CLOSED)
    last = [np.flatnonzero(rows & ends & (cases == case)) for case in found]
    return all(len(those) > 0 and bool(closed[those[-1]]) for those in last)


def _count(life: Life, rows: np.ndarray, mark: Mark) -> int:
    return int((rows & life.marks(mark)).sum())


def _agents(life: Life, rows: np.ndarray) -> int:
    """Agents met; where no agent is named, teams."""
    met = rows & life.met
    agents = life.timeline.codes("agent")[life.part][met]
    teams = life.timeline.codes("team")[life.part][met]
    return len(np.unique(np.where(agents >= 0, agents, -2 - teams)))


def _waits(
    life: Life, rows: np.ndarray, definitions: Definitions
) -> tuple[tuple[tuple[str, float], ...], float]:
    """Seconds by kind of wait, bots apart; and those waited for a written answer."""
    seconds = np.nan_to_num(life.numbers("wait_s"))
    seconds = np.where(rows & ~life.among("channel", definitions.bot_channels), seconds, 0.0)
    written = float(seconds[life.among("channel", WRITTEN)].sum())
    kinds = [
        (kind, float(seconds[life.among("channel", channels)].sum())) for kind, channels in WAITS
    ]
    other = float(seconds.sum()) - written - sum(found for _, found in kinds)
    kinds.append(("other", max(0.0, other)))
    return tuple((kind, found) for kind, found in kinds if found > 0), written
