"""What the customer waits for, and what to do next: plain rules, in docs/customer.md."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from verite.words.customer import Effort

CLOSE_DAYS: Final = 7.0  # so long a resolved case is worth a last word
CALL_DAYS: Final = 30.0  # so long an open case is worth a call back; later, one gets back in touch


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """Where a case stands. All false: nothing happened."""

    effort: Effort
    is_promised: bool = False  # a promise of ours is open
    is_missed: bool = False  # the last transfer reached nobody, and nobody was met since
    is_alerted: bool = False  # the channel did not suit, in this case
    is_answered: bool = False  # somebody was met
    is_technical: bool = False  # steps were asked
    days_since: float = 0.0  # since the last interaction of the case


def wait_for(now: Situation) -> str:
    """A code: nothing, call_back, transfer, answer, repair.

    >>> wait_for(Situation(effort=Effort(contacts=1, resolved=False), is_missed=True))
    'transfer'
    """
    if now.is_promised:
        return "call_back"
    if now.effort.resolved is not False:
        return "nothing"
    if now.is_missed:
        return "transfer"
    if not now.is_answered:
        return "answer"
    return "repair" if now.is_technical else "answer"


def advise(now: Situation) -> str:
    """A code: call_back, resume, hand_over, close, none.

    >>> case = Effort(contacts=2, resolved=False, failed_transfers=1)
    >>> advise(Situation(effort=case)), advise(Situation(effort=case, days_since=47.0))
    ('call_back', 'resume')
    >>> advise(Situation(effort=Effort()))
    'none'
    """
    effort = now.effort
    if effort.resolved is None:
        return "none"
    if effort.resolved and not now.is_promised:
        return "close" if now.days_since <= CLOSE_DAYS else "none"
    if now.days_since > CALL_DAYS:
        return "resume"
    hard = effort.failed_transfers or effort.abandoned or effort.retold or effort.repeats
    return "call_back" if hard or now.is_alerted or now.is_promised else "hand_over"
