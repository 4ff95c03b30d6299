"""Extending an older timeline by the rows of new files: one linear pass over its columns."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numba import njit
from numpy.typing import NDArray

from verite.ledger.timeline.folder import (
    Manifest,
    complete_folders,
    load,
    load_labels,
    make_aside,
    publish,
)
from verite.ledger.timeline.scan import Scan

if TYPE_CHECKING:
    from verite.ledger.timeline.build import Core, Sources

_LITTLE = 0.5  # more new rows than this share of the old ones: a whole build is as fast


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """Where merged rows come from: `pick[i]` ≥ 0 is an old row, else new row `-1 - pick[i]`."""

    old: Path
    core: Core
    pick: NDArray[np.int64]
    persons: NDArray[np.int64]
    starts: NDArray[np.int64]
    old_rows: int


def extend(sources: Sources, parent: Path) -> Path | None:
    """The folder extended from an older one, or nothing when there is none to extend."""
    from verite.ledger.timeline.build import manifest_of, read_core, sources_of_files

    found = _extensible(sources, parent)
    if found is None:
        return None
    folder, manifest = found
    known = frozenset(manifest.files)
    new_files = tuple(file for file in sources.files if file not in known)
    sources = sources_of_files(sources, (*manifest.files, *new_files))
    scan = Scan(new_files)
    try:
        if scan.rows() > _LITTLE * manifest.rows:
            return None
        core = read_core(scan, sources_of_files(sources, new_files))
        plan = _plan(folder, core)
        aside = make_aside(parent)
        _write(aside, plan, scan)
        segments = tuple(sorted({*manifest.segments, *scan.segments}))
        return publish(aside, manifest_of(sources, len(plan.pick), segments))
    finally:
        scan.close()


def _extensible(sources: Sources, parent: Path) -> tuple[Path, Manifest] | None:
    from verite.ledger.timeline.build import engine_name

    best: tuple[Path, Manifest] | None = None
    for folder, manifest in complete_folders(parent).items():
        same = manifest.people_version == sources.people_version
        grown = frozenset(manifest.files) < frozenset(sources.files)
        fits = same and grown and manifest.engine == engine_name()
        if fits and (best is None or manifest.rows > best[1].rows):
            best = (folder, manifest)
    return best if best is not None and best[1].rows > 0 else None


def _plan(folder: Path, core: Core) -> _Plan:
    old = {name: _old(folder, name) for name in ("persons", "starts", "ts_us", "id_hi", "id_lo")}
    persons = np.union1d(old["persons"], core.persons)
    old_starts = _starts_of(persons, old["persons"], old["starts"])
    new_starts = _starts_of(persons, core.persons, core.order.starts)
    rows = core.order.rows
    pick = np.empty(len(old["ts_us"]) + len(rows), dtype=np.int64)
    _merge(
        (old_starts, old["ts_us"], old["id_hi"], old["id_lo"]),
        (new_starts, core.order.ts, core.stamps.id_hi[rows], core.stamps.id_lo[rows]),
        pick,
    )
    return _Plan(
        old=folder,
        core=core,
        pick=pick,
        persons=persons,
        starts=old_starts + new_starts,
        old_rows=len(old["ts_us"]),
    )


def _starts_of(
    persons: NDArray[np.int64], mine: NDArray[np.int64], starts: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Starts of the runs of all persons, those who have none getting empty runs."""
    sizes = np.zeros(len(persons), dtype=np.int64)
    sizes[np.searchsorted(persons, mine)] = np.diff(starts)
    return np.concatenate([[0], np.cumsum(sizes)])


def _write(aside: Path, plan: _Plan, scan: Scan) -> None:
    rows = plan.core.order.rows
    np.save(aside / "persons.npy", plan.persons)
    np.save(aside / "starts.npy", plan.starts)
    old_row = _old(plan.old, "row")
    _save_merged(aside, "row", plan, (rows.astype(np.int64) + plan.old_rows).astype(old_row.dtype))
    _save_merged(aside, "ts_us", plan, plan.core.order.ts)
    _save_merged(aside, "id_hi", plan, plan.core.stamps.id_hi[rows])
    _save_merged(aside, "id_lo", plan, plan.core.stamps.id_lo[rows])
    for kept in sorted(plan.old.glob("*.npy")):
        kind, _, column = kept.stem.partition(".")
        if kind == "number":
            _save_merged(aside, kept.stem, plan, scan.numbers(column, len(rows))[rows])
        elif kept.stem == "end_us":
            _save_merged(aside, kept.stem, plan, scan.ends(len(rows))[rows])
        elif kind == "code":
            _write_codes(aside, column, plan, scan)


def _write_codes(aside: Path, column: str, plan: _Plan, scan: Scan) -> None:
    """Codes keep what they stand for; new labels come after the known ones."""
    rows = plan.core.order.rows
    hashes = load(plan.old, f"hash.{column}")
    if hashes is not None and column in scan.columns:
        codes, grown = scan.hashed(column, hashes.astype(np.int64))
        np.save(aside / f"hash.{column}.npy", grown)
        _save_merged(aside, f"code.{column}", plan, codes[rows])
        return
    known, new = load_labels(plan.old, f"code.{column}"), scan.labels(column)
    if hashes is not None or known is None or new is None:
        return  # made again on first use
    labels = (*known, *sorted(set(new) - set(known)))
    said = json.dumps(labels, ensure_ascii=False)  # must be there: the codes follow its order
    (aside / f"code.{column}.json").write_text(said, encoding="utf-8")
    _save_merged(aside, f"code.{column}", plan, scan.codes(column, labels, len(rows))[rows])


def _save_merged(aside: Path, name: str, plan: _Plan, new: NDArray[np.generic]) -> None:
    old = _old(plan.old, name)
    merged = np.empty(len(plan.pick), dtype=old.dtype)
    _gather(old, new.astype(old.dtype), plan.pick, merged)
    np.save(aside / f"{name}.npy", merged)


def _old(folder: Path, name: str) -> NDArray:  # type: ignore[type-arg]
    found = load(folder, name)
    if found is None:
        raise FileNotFoundError(folder / name)
    return found


@njit(nogil=True, cache=True)
def _merge(old, new, pick):  # type: ignore[no-untyped-def]
    old_starts, old_ts, old_hi, old_lo = old
    new_starts, new_ts, new_hi, new_lo = new
    at = 0
    for person in range(len(old_starts) - 1):
        i, j = old_starts[person], new_starts[person]
        while i < old_starts[person + 1] or j < new_starts[person + 1]:
            if j == new_starts[person + 1]:
                first = True
            elif i == old_starts[person + 1]:
                first = False
            elif old_ts[i] != new_ts[j]:
                first = old_ts[i] < new_ts[j]
            elif old_hi[i] != new_hi[j]:
                first = old_hi[i] < new_hi[j]
            else:
                first = old_lo[i] <= new_lo[j]
            if first:
                pick[at] = i
                i += 1
            else:
                pick[at] = -1 - j
                j += 1
            at += 1


@njit(nogil=True, cache=True)
def _gather(old, new, pick, merged):  # type: ignore[no-untyped-def]
    for i in range(len(pick)):
        merged[i] = old[pick[i]] if pick[i] >= 0 else new[-1 - pick[i]]
