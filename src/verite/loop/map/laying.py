"""A lived map laid on a designed one: what the journey picture draws."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from verite.loop.map.feelings import estimate_feeling, tally_feelings
from verite.loop.map.living import live_passages
from verite.loop.map.passages import Codes, Passages, select_passages
from verite.loop.map.peaks import tally_peaks
from verite.loop.map.people import count_people
from verite.words.asked import About, Filters
from verite.words.journey import DesignedMap, JourneyPicture, StageFeeling

if TYPE_CHECKING:
    from verite.ledger.timeline.timeline import Timeline

TOP: Final = 20


def lay(
    timeline: Timeline, design: DesignedMap, *, case: str, where: Filters, about: About
) -> JourneyPicture:
    """The lived map beside the design, and the mean feeling of each stage, and its peaks.

    A stage's feeling is that of people who reached it and answered there: who left before is not
    in it. Touchpoints lived but absent from the design are in `lived.orphans`.
    """
    passages = select_passages(timeline, case=case, where=where, as_of=about.as_of)
    lived = live_passages(passages, case=case, top=TOP, designs=(design,), about=about)
    return JourneyPicture(
        about=lived.about,
        design=design,
        lived=lived,
        feelings=_stage_feelings(passages, design),
    )


def _stage_feelings(passages: Passages, design: DesignedMap) -> tuple[StageFeeling, ...]:
    """One per stage, in order."""
    stage = _stage_of_rows(passages, design)
    people = count_people(passages, stage, len(design.stages))
    tallies = tally_feelings(passages, stage, len(design.stages))
    peaks = tally_peaks(passages, stage, len(design.stages))
    return tuple(
        StageFeeling(
            stage=drawn.key, people=int(count), feeling=estimate_feeling(tally),
            worst=estimate_feeling(peak.worst), best=estimate_feeling(peak.best),
        )
        for drawn, count, tally, peak in zip(design.stages, people, tallies, peaks, strict=True)
    )  # fmt: skip


def _stage_of_rows(passages: Passages, design: DesignedMap) -> Codes:
    """The stage of each row of the timeline, −1 for none."""
    order = {stage.key: i for i, stage in enumerate(design.stages)}
    stage_of = {touchpoint.key: order[touchpoint.stage] for touchpoint in design.touchpoints}
    stages = np.array([*(stage_of.get(label, -1) for label in passages.labels), -1], dtype=np.int32)
    of_rows: Codes = stages[passages.timeline.codes("touchpoint")]  # −1 takes the last
    return of_rows
