"""The story so far: what the next agent must know before the first word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

import numpy as np

from verite.ledger.efforts import DAY_US, OURS
from verite.ledger.timeline.pick import microseconds as _us
from verite.loop.unify.advising import Situation, advise, wait_for
from verite.loop.unify.effort import CLOSED, ENDING, effort_of, is_resolved
from verite.loop.unify.effort_settings import StorySettings
from verite.loop.unify.life import Life
from verite.measure.definitions import Definitions
from verite.words.customer import Alert, Effort, Mark, Story, Tried
from verite.words.errors import BadInput

OPEN_DAYS: Final = 30  # an unresolved case is told for so long, whatever came after it
CHOICE_DAYS: Final = 730  # the contacts that a preferred channel is read from
UNFIT_DAYS: Final = 365


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The story of a case and what it cost."""

    story: Story
    effort: Effort


def tell_story(
    life: Life,
    alerts: tuple[Alert, ...],
    definitions: Definitions,
    settings: StorySettings,
    case: str | None = None,
) -> Told:
    """The story of the case that matters now, or of the one named; a sensible one too of none."""
    rows = _rows_of_case(life, _case_now(life)) if case is None else _rows_named(life, case)
    effort = effort_of(life, rows, definitions)
    unfit = _unfit(life, alerts)
    preferred, preferred_n = _preferred(life, unfit)
    promises = _promises(life, rows, settings)
    situation = _situation(life, rows, effort, alerts, promises)
    motive = _last(life.words("motive"), rows)
    tried = _tried(life, rows, settings)
    story = Story(
        case_id=_last(life.words("case_id"), rows),
        motive=motive,
        since=_edge(life, rows, 0),
        said=_said(life, rows),
        tried=tried,
        result=_last(life.words("outcome"), rows & life.among("kind", ENDING)),
        waiting_for=wait_for(situation),
        waited_s=effort.wait_s,
        not_to_ask=_known(life, rows, tried),
        preferred_channel=preferred,
        preferred_n=preferred_n,
        unfit_channels=unfit,
        promises=promises,
        grants=settings.grants_for(motive) if rows.any() else (),
        advice=advise(situation),
        last_at=_edge(life, rows, -1),
        never_reached=_never_reached(life, rows),
        silent_days=int(situation.days_since) if rows.any() else None,
    )
    return Told(story=story, effort=effort)


def _rows_named(life: Life, name: str) -> np.ndarray:
    """All of the case of that id; refused when it is none of theirs."""
    bear = np.array([word == name for word in life.words("case_id")], dtype=bool)
    if not bear.any():
        raise unknown_case(name)
    cases = life.marked.case
    found = cases[bear & (cases >= 0)]
    return np.asarray(bear | (cases == found[0]) if len(found) else bear)


def unknown_case(name: str) -> BadInput:
    """The refusal of a case that the customer is not known to have."""
    return BadInput("unknown_customer_case", fields={"case": name})


def _case_now(life: Life) -> int:
    """The last case left open within a month, else the last case; -1 when there is none."""
    cases = life.marked.case
    known = cases[life.contact]
    if len(known) == 0:
        return -1
    latest = list(dict.fromkeys(known[::-1].tolist()))
    since = _before(life, OPEN_DAYS)
    for case in latest:
        mine = cases == case
        if life.ts[mine][-1] >= since and is_resolved(life, mine) is False:
            return int(case)
    return int(latest[0])


def _rows_of_case(life: Life, case: int) -> np.ndarray:
    """Its contacts and all that bears its id."""
    if case < 0:
        return np.zeros(life.size, dtype=bool)
    mine = life.marked.case == case
    codes = life.timeline.codes("case_id")[life.part]
    code = int(codes[mine][0])
    return np.asarray(mine if code < 0 else mine | (codes == code))


def _said(life: Life, rows: np.ndarray) -> tuple[str, ...]:
    theirs = np.flatnonzero(rows & ~life.among("direction", OURS))
    texts = life.timeline.texts(theirs + life.part.start)
    return tuple(text for text in texts if text)


def _tried(life: Life, rows: np.ndarray, settings: StorySettings) -> tuple[Tried, ...]:
    """Steps asked of the customer, in the order first asked; promises are none."""
    steps = life.words("step")
    asked: dict[str, list[int]] = {}
    for row in np.flatnonzero(rows).tolist():
        step = steps[row]
        if step is not None and step not in settings.promise_steps:
            asked.setdefault(step, []).append(row)
    return tuple(
        Tried(step=step, times=len(those), last=life.moment(those[-1]))
        for step, those in asked.items()
    )


def _known(life: Life, rows: np.ndarray, tried: tuple[Tried, ...]) -> tuple[str, ...]:
    """What somebody was told or has had done already."""
    heard = ("story",) if (rows & life.met & life.contact).any() else ()
    return (*heard, *(f"step:{one.step}" for one in tried))


def _promises(life: Life, rows: np.ndarray, settings: StorySettings) -> tuple[str, ...]:
    """Promises of ours with no later row that keeps them: as written, else by their name."""
    steps, closed = life.words("step"), life.among("outcome", CLOSED)
    promised = rows & life.among("step", settings.promise_steps)
    found = []
    for row in np.flatnonzero(promised & ~closed).tolist():
        later = np.flatnonzero(promised & closed)
        if not any(steps[kept] == steps[row] for kept in later[later > row].tolist()):
            written = life.timeline.texts([row + life.part.start])[0]
            found.append(written or str(steps[row]))
    return tuple(found)


def _preferred(life: Life, unfit: tuple[str, ...]) -> tuple[str | None, int]:
    """The channel that the customer chooses most, of those that suit; of equals, the latest."""
    since = _before(life, CHOICE_DAYS)
    chosen = np.flatnonzero(life.contact & (life.ts >= since))
    channels = life.words("channel")
    counts: dict[str, int] = {}
    for row in chosen[::-1].tolist():
        channel = channels[row]
        if channel is not None and channel not in unfit:
            counts[channel] = counts.get(channel, 0) + 1
    if not counts:
        return None, 0
    best = max(counts, key=lambda channel: counts[channel])
    return best, counts[best]


def _unfit(life: Life, alerts: tuple[Alert, ...]) -> tuple[str, ...]:
    """Channels abandoned or alerted within a year, and where nothing has gone well since."""
    since = _before(life, UNFIT_DAYS)
    channels, kept = life.words("channel"), life.among("outcome", CLOSED)
    badly: dict[str, int] = {}
    for row in np.flatnonzero(life.marks(Mark.ABANDONED) & (life.ts >= since)).tolist():
        channel = channels[row]
        if channel is not None:
            badly[channel] = int(life.ts[row])
    for alert in alerts:
        at = _us(alert.at)
        if at >= since:
            badly[alert.channel] = max(at, badly.get(alert.channel, at))
    for row in np.flatnonzero(life.contact & kept).tolist():
        channel = channels[row]
        if channel in badly and life.ts[row] > badly[channel]:
            del badly[channel]
    return tuple(badly)


def _situation(
    life: Life,
    rows: np.ndarray,
    effort: Effort,
    alerts: tuple[Alert, ...],
    promises: tuple[str, ...],
) -> Situation:
    missed = np.flatnonzero(rows & life.marks(Mark.NEVER_REACHED))
    met = np.flatnonzero(rows & life.met)
    first = life.ts[rows][0] if rows.any() else 0
    recent = life.ts[rows][-1] if rows.any() else 0
    return Situation(
        effort=effort,
        is_promised=bool(promises),
        is_missed=len(missed) > 0 and (len(met) == 0 or missed[-1] > met[-1]),
        is_alerted=bool(rows.any()) and any(_us(one.at) >= first for one in alerts),
        is_answered=len(met) > 0,
        is_technical=bool((life.timeline.codes("step")[life.part][rows] >= 0).any()),
        days_since=(_us(life.at) - recent) / DAY_US,
    )


def _never_reached(life: Life, rows: np.ndarray) -> str | None:
    return _last(life.words("team"), rows & life.marks(Mark.NEVER_REACHED))


def _last(words: list[str | None], rows: np.ndarray) -> str | None:
    told = [words[row] for row in np.flatnonzero(rows).tolist()]
    return next((word for word in reversed(told) if word is not None), None)


def _edge(life: Life, rows: np.ndarray, end: int) -> datetime | None:
    found = np.flatnonzero(rows)
    return life.moment(int(found[end])) if len(found) else None


def _before(life: Life, days: int) -> int:
    return _us(life.at) - days * DAY_US
