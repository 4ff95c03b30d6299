"""What repetition costs the whole company, and the interactions behind each of its figures."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from verite.words.asked import Filters
from verite.words.customer import Mark
from verite.words.errors import BadInput

if TYPE_CHECKING:
    import numpy as np

    from verite.home.desk import Desk
    from verite.ledger.engines.losing import LostRows
    from verite.loop.unify.effort_settings import EffortSettings
    from verite.words.effort import EffortLost

EFFORT: Final = "effort."  # then a mark, or `all`: the name of a figure in an address


def read_losses(desk: Desk, by: tuple[str, ...], where: Filters) -> EffortLost:
    """The losses of the whole and of each group; never by agent."""
    from verite.ledger.engines.losing import count_switches, tally_losses
    from verite.loop.unify.repetition import Counted, tell_losses

    if "agent" in by:
        raise BadInput("effort_by_agent")
    settings, timeline = _settings(desk), desk.timeline
    lost = _lost(desk)
    counted = Counted(
        whole=tally_losses(timeline, lost, by=(), where=where),
        groups=tally_losses(timeline, lost, by=by, where=where) if by else {},
        by=by,
        switches=count_switches(timeline, lost, where),
    )
    asked = " ".join(["effort", *([f"--by {','.join(by)}"] if by else [])])
    notes = (*_notes(settings), *_without_length(desk, lost, where))
    about = replace(desk.about(asked, where), notes=notes)
    return tell_losses(counted, settings, about)


def rows_of_loss(desk: Desk, figure: str, where: Filters) -> np.ndarray:
    """The rows that a figure `effort.KIND` rests on: exactly as many as its n."""
    import numpy as np

    kind = figure.removeprefix(EFFORT)
    known = ("all", *(mark.value for mark in Mark if mark is not Mark.CALL_BACK))
    if kind not in known:
        raise BadInput("unknown_metric", fields={"metric": figure, "known": ", ".join(known)})
    lost = _lost(desk)
    bearing = lost.bearing(None if kind == "all" else Mark(kind))
    return np.asarray(lost.rows[bearing & desk.timeline.rows_of(where)[lost.rows]])


def _lost(desk: Desk) -> LostRows:
    from verite.ledger.engines.losing import lost_rows

    rules = _settings(desk).rules
    return desk.answer(("lost rows", rules), lambda: lost_rows(desk.timeline, rules))


def _settings(desk: Desk) -> EffortSettings:
    """The rules of this home; nothing after its date is read."""
    from verite.ledger.timeline.pick import microseconds
    from verite.loop.unify.effort_settings import read_effort
    from verite.measure import read_definitions

    definitions = read_definitions(desk.settings.definitions)
    found = read_effort(desk.settings.effort, definitions)
    until = None if desk.as_of is None else microseconds(desk.as_of)
    return replace(found, rules=replace(found.rules, until_us=until))


def _without_length(desk: Desk, lost: LostRows, where: Filters) -> tuple[str, ...]:
    """How many repeat contacts no source gives a length of."""
    import numpy as np

    rows = lost.rows[lost.bearing(Mark.REPEAT) & desk.timeline.rows_of(where)[lost.rows]]
    unknown = int(np.isnan(desk.timeline.numbers("duration_s")[rows]).sum())
    return (f"note_effort_no_length: n={unknown}",) if unknown else ()


def _notes(settings: EffortSettings) -> tuple[str, ...]:
    cost = f"cost={settings.cost_per_minute:g}, currency={settings.currency}"
    supposed = "note_effort_supposed" if settings.is_supposed else "note_effort_cost"
    rules = settings.rules
    lengths = f"retell={rules.retell_s:g}, redo={rules.redo_s:g}"
    return (f"{supposed}: {cost}", f"note_effort_lengths: {lengths}", "note_effort_total")
