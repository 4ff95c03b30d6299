"""Two promises over every contact: judged, cut by hour, day and channel, with their charts."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from bench.synthetic import identity_keys
from bench.table import Line, median_seconds
from verite.ledger.engines.kernels import Kernels
from verite.ledger.timeline.build import Sources, build
from verite.ledger.timeline.timeline import Timeline
from verite.measure import Definitions, Study
from verite.measure.promises import keep_promises
from verite.words.asked import Filters
from verite.words.promises import Promise, PromiseKind, PromiseRecord

_BOUND_S = 10.0
_AT = datetime(2027, 1, 1, tzinfo=UTC)


def measure(folder: Path, files: tuple[str, ...]) -> list[Line]:
    """Seconds for both, nothing remembered but the columns read."""
    keys = identity_keys(files)
    line = Timeline(build(Sources(files=files, identity_keys=keys, persons=keys), folder / "warm"))
    records = (
        _record(PromiseKind.OPEN, None),
        _record(PromiseKind.ANSWERED, 600.0),
    )

    def ours() -> None:
        study = Study(
            timeline=line,
            engine=Kernels(line),
            definitions=Definitions(),
            as_of=_AT,
            zone="Europe/Paris",
        )
        keep_promises(study, records, where=Filters())

    ours()
    taken = median_seconds(ours)
    judged = int(np.count_nonzero(~np.isnan(line.numbers("wait_s"))))
    return [
        Line(
            what=f"two promises over {line.rows:,} interactions, {judged:,} with a wait, s",
            ours=f"{taken:.2f} s",
            against="",
            figure=taken,
            bound=_BOUND_S,
        )
    ]


def _record(kind: PromiseKind, within_s: float | None) -> PromiseRecord:
    promise = Promise(
        key=kind.value, fr=kind.value, en=kind.value, kind=kind, target=90.0, within_s=within_s
    )
    return PromiseRecord(promise=promise, version=1, by="bench", at=_AT)
