"""The index of interaction ids: which ids the ledger holds, and what each of them said.

Sorted runs in memory-mapped files, merged geometrically, plus what came since in memory. It can be
rebuilt from the ledger at any time; its label says which ledger version it covers.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from verite.ledger.content import Fingerprints, Int64s
from verite.ledger.durable import replace, sync, write_errors

_HELD_IN_MEMORY: Final = 250_000
_FIELDS: Final = 3


@dataclass(frozen=True, slots=True)
class Run:
    """Ids sorted by (hi, lo), with what they said; `name` is its file, if it has one."""

    ids: Fingerprints
    name: str | None = None

    def __len__(self) -> int:
        return len(self.ids.hi)


class IdIndex:
    """Looks ids up and takes new ones. One user at a time, under the ledger's lock."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.version = -1
        self.erasures = 0  # how many erasures it followed
        self._filed: list[Run] = []
        self._recent: list[Run] = []

    def read(self) -> None:
        """What the files hold; nothing when they are missing, torn or unknown."""
        self.version, self._filed, self._recent = -1, [], []
        try:
            label = json.loads((self._folder / "label.json").read_bytes())
            runs = [self._run(str(name), int(size)) for name, size in label["runs"]]
            self.version, self._filed = int(label["version"]), runs
            self.erasures = int(label.get("erasures", 0))
        except (OSError, ValueError, KeyError, TypeError):
            return

    def find(self, ids: Fingerprints) -> tuple[Int64s, Int64s]:
        """Of ids sorted by (hi, lo): the positions that are held, and what was said there."""
        places, said = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
        for run in (*self._filed, *self._recent):
            place, content = look_up(run.ids, ids)
            places.append(place)
            said.append(content)
        return np.concatenate(places), np.concatenate(said)

    def add(self, ids: Fingerprints, *, version: int) -> None:
        """New ids, in any order, that this ledger version holds."""
        if len(ids.hi):
            self._recent = _merge_small([*self._recent, Run(ids.take(order_of(ids)))])
        self.version = version

    def is_worth_filing(self) -> bool:
        """Whether enough came in since the files were written."""
        return sum(map(len, self._recent)) >= _HELD_IN_MEMORY

    def file(self) -> None:
        """Writes what memory holds; the label comes last, so a torn write changes nothing."""
        self._folder.mkdir(exist_ok=True)
        self._recent = [run for run in self._recent if len(run)]
        while len(self._recent) > 1:
            self._recent[-2:] = [_merged(self._recent[-2], self._recent[-1])]
        while self._filed and self._recent and len(self._filed[-1]) < 2 * len(self._recent[0]):
            self._recent = [_merged(self._filed.pop(), self._recent[0])]
        self._filed += [self._write(run) for run in self._recent]
        self._recent = []
        self._label()

    def drop(self, ids: Fingerprints) -> None:
        """Forgets some ids and what they said, in memory and in the files."""
        gone = ids.take(order_of(ids))
        self._filed = [self._refiled(run, gone) for run in self._filed]
        self._filed = [run for run in self._filed if len(run)]
        self._recent = [_without(run, gone) for run in self._recent]
        self.file()

    def _refiled(self, run: Run, gone: Fingerprints) -> Run:
        left = _without(run, gone)
        return self._write(left) if len(run) > len(left) > 0 else left

    def forget(self) -> None:
        """Starts again from nothing; the files go when the next ones are written."""
        self.version, self._filed, self._recent = -1, [], []

    def _label(self) -> None:
        runs = [(run.name, len(run)) for run in self._filed]
        label = json.dumps({"version": self.version, "erasures": self.erasures, "runs": runs})
        replace(self._folder / "label.json", label.encode())
        named = {run.name for run in self._filed}
        for path in self._folder.glob("*.ids"):
            if path.name not in named:
                path.unlink(missing_ok=True)

    def _write(self, run: Run) -> Run:
        name = f"{self.version}-{secrets.token_hex(4)}.ids"
        path = self._folder / name
        with write_errors(path), path.open("wb") as file:
            for column in (run.ids.hi, run.ids.lo, run.ids.content):
                file.write(np.ascontiguousarray(column, dtype="<i8").data)
        sync([path, self._folder])
        return self._run(name, len(run))

    def _run(self, name: str, size: int) -> Run:
        path = self._folder / Path(name).name
        if path.stat().st_size != size * _FIELDS * 8 or size == 0:
            raise ValueError(name)
        columns = np.memmap(path, dtype="<i8", mode="r", shape=(_FIELDS, size))
        hi, lo, content = (columns[field].view(np.ndarray) for field in range(_FIELDS))
        return Run(Fingerprints(hi=hi, lo=lo, content=content), name)


def first_of_each(ids: Fingerprints) -> tuple[Int64s, Int64s]:
    """Rows sorted by (hi, lo, position), and for each of them the row that bore its id first."""
    order = order_of(ids)
    hi, lo = ids.hi[order], ids.lo[order]
    starts = np.ones(len(order), dtype=bool)
    starts[1:] = (hi[1:] != hi[:-1]) | (lo[1:] != lo[:-1])
    group = np.cumsum(starts) - 1
    return order, order[np.flatnonzero(starts)[group]]


def _without(run: Run, gone: Fingerprints) -> Run:
    """The run itself when it holds none of the ids."""
    places, _ = look_up(gone, run.ids)
    if not len(places):
        return run
    return Run(run.ids.take(np.delete(np.arange(len(run)), places)))


def order_of(ids: Fingerprints) -> Int64s:
    """Positions sorted by (hi, lo, position); ties of `hi` are rare, so they are looked for."""
    order = np.argsort(ids.hi)
    hi = ids.hi[order]
    if len(hi) and bool(np.any(hi[1:] == hi[:-1])):
        return np.lexsort((np.arange(len(hi)), ids.lo, ids.hi))
    return order


def look_up(held: Fingerprints, ids: Fingerprints) -> tuple[Int64s, Int64s]:
    """Positions in `ids` (sorted) that `held` (sorted) has, and what it says of them."""
    if not len(held.hi) or not len(ids.hi):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    at = np.searchsorted(held.hi, ids.hi)
    position = np.arange(len(ids.hi))
    places, said = [], []
    while True:  # more than one turn only where two ids share their first 64 bits
        inside = at < len(held.hi)
        at, position = at[inside], position[inside]
        same = held.hi[at] == ids.hi[position]
        at, position = at[same], position[same]
        if not len(at):
            break
        equal = held.lo[at] == ids.lo[position]
        places.append(position[equal])
        said.append(held.content[at[equal]])
        at, position = at[~equal] + 1, position[~equal]
    empty = np.empty(0, np.int64)
    return np.concatenate([empty, *places]), np.concatenate([empty, *said])


def _merged(left: Run, right: Run) -> Run:
    """Two runs as one. A stable sort of two sorted halves is a linear merge."""
    hi = np.concatenate([left.ids.hi, right.ids.hi])
    lo = np.concatenate([left.ids.lo, right.ids.lo])
    content = np.concatenate([left.ids.content, right.ids.content])
    order = np.argsort(hi, kind="stable")
    ids = Fingerprints(hi=hi, lo=lo, content=content)
    sorted_hi = hi[order]
    if bool(np.any(sorted_hi[1:] == sorted_hi[:-1])):
        order = np.lexsort((lo, hi))
    return Run(ids.take(order))


def _merge_small(runs: list[Run]) -> list[Run]:
    """At most a few runs in memory: the last two become one while they are of like size."""
    while len(runs) > 1 and len(runs[-2]) < 2 * len(runs[-1]):
        runs = [*runs[:-2], _merged(runs[-2], runs[-1])]
    return runs
