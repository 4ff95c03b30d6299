"""Files of a ledger held without one, and the rows a timeline gives back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from verite.ledger.timeline.build import Sources
from verite.ledger.timeline.timeline import Timeline

Row = dict[str, object]
Write = Callable[[Path, Sequence[Row]], str]
Draw = Callable[[int, int], list[Row]]
START = 1_767_225_600_000_000
DAY = 86_400_000_000
NOBODY = np.empty(0, dtype=np.int64)


def sources(
    files: Sequence[str], *, version: int = 0, linked: dict[int, int] | None = None
) -> Sources:
    """Every identity its own person, save those linked."""
    links = linked or {}
    return Sources(
        files=tuple(files),
        identity_keys=np.array(sorted(links), dtype=np.int64),
        persons=np.array([links[key] for key in sorted(links)], dtype=np.int64),
        ledger_version=version,
    )


class Held:
    """A ledger that holds these files."""

    def __init__(self, files: tuple[str, ...]) -> None:
        self.files, self.version, self.people_version = files, 0, 0

    @contextmanager
    def reading(self) -> Iterator[Held]:
        yield self

    def people(self) -> tuple[np.ndarray, np.ndarray]:
        return NOBODY, NOBODY


def expected_order(rows: list[Row], person: Callable[[Row], int]) -> list[Row]:
    return sorted(rows, key=lambda r: (person(r), r["ts_us"], r["id_hi"], r["id_lo"]))


def read_back(line: Timeline) -> list[Row]:
    """The rows of a timeline as they were written."""
    wait, ends = line.numbers("wait_s"), line.ends
    columns = ("channel", "touchpoint", "case_id", "motive", "segment_offer")
    found: list[Row] = []
    for i, text in enumerate(line.texts(range(line.rows))):
        row: Row = {c: value_of(line, c, i) for c in columns}
        row |= {"ts_us": int(line.ts[i]), "id_hi": int(line.id_hi[i]), "id_lo": int(line.id_lo[i])}
        row |= {"wait_s": None if np.isnan(wait[i]) else float(wait[i]), "text": text}
        row["end_us"] = None if ends[i] == np.iinfo(np.int64).min else int(ends[i])
        found.append(row)
    return found


def value_of(line: Timeline, column: str, row: int) -> str | None:
    code = int(line.codes(column)[row])
    return None if code < 0 else line.labels(column)[code]


def without_keys(rows: list[Row]) -> list[Row]:
    return [{k: v for k, v in row.items() if k != "identity_key"} for row in rows]
