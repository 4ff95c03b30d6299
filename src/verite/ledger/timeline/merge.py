"""Extending an older timeline by the rows of new files, or moving its rows to other people.

Linear passes over its columns: of the older files at most who is in each row is read again.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from verite.ledger.timeline.folder import (
    Manifest,
    complete_folders,
    load,
    load_labels,
    make_aside,
    publish,
)
from verite.ledger.timeline.order import Stamps
from verite.ledger.timeline.scan import Scan
from verite.ledger.timeline.texts import kept_texts, merged_texts, pool_of
from verite.stats.compiled import njit

if TYPE_CHECKING:
    from verite.ledger.timeline.build import Core, Sources

STAMPS = ("ts_us", "id_hi", "id_lo")
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
        scan.hold()
        core = read_core(scan, sources_of_files(sources, new_files))
        same_people = manifest.people_version == sources.people_version
        held = _held(folder) if same_people else _moved(folder, manifest, sources)
        plan = _plan(folder, held, core)
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
        grown = frozenset(manifest.files) <= frozenset(sources.files)
        fits = grown and manifest.engine == engine_name()
        if fits and (best is None or manifest.rows > best[1].rows):
            best = (folder, manifest)
    return best if best is not None and best[1].rows > 0 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    """The old rows by their people of now; `turn[i]` is where row i was, unless none moved."""

    persons: NDArray[np.int64]
    starts: NDArray[np.int64]
    stamps: Stamps
    turn: NDArray[np.generic] | None = None


def _held(folder: Path) -> _Held:
    ts, hi, lo = (_old(folder, name) for name in STAMPS)
    return _Held(
        persons=_old(folder, "persons"),
        starts=_old(folder, "starts"),
        stamps=Stamps(ts=ts, id_hi=hi, id_lo=lo),
    )


def _moved(folder: Path, manifest: Manifest, sources: Sources) -> _Held:
    """People merged or parted: the rows in the order of the people of now."""
    from verite.ledger.timeline.build import core_of

    scan = Scan(manifest.files)
    try:
        identities = scan.integers(("identity_key",))[0][_old(folder, "row")]
    finally:
        scan.close()
    core = core_of(identities, _held(folder).stamps, sources)
    rows = core.order.rows
    stamps = Stamps(ts=core.order.ts, id_hi=core.stamps.id_hi[rows], id_lo=core.stamps.id_lo[rows])
    return _Held(persons=core.persons, starts=core.order.starts, stamps=stamps, turn=rows)


def _plan(folder: Path, old: _Held, core: Core) -> _Plan:
    persons = np.union1d(old.persons, core.persons)
    old_starts = _starts_of(persons, old.persons, old.starts)
    new_starts = _starts_of(persons, core.persons, core.order.starts)
    rows = core.order.rows
    pick = np.empty(len(old.stamps.ts) + len(rows), dtype=np.int64)
    _merge(
        (old_starts, old.stamps.ts, old.stamps.id_hi, old.stamps.id_lo),
        (new_starts, core.order.ts, core.stamps.id_hi[rows], core.stamps.id_lo[rows]),
        pick,
    )
    if old.turn is not None:
        kept = pick >= 0
        pick[kept] = old.turn[pick[kept]]
    return _Plan(
        old=folder,
        core=core,
        pick=pick,
        persons=persons,
        starts=old_starts + new_starts,
        old_rows=len(old.stamps.ts),
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
        elif kept.stem == "text.rows":
            _write_texts(aside, plan, scan)


def _write_codes(aside: Path, column: str, plan: _Plan, scan: Scan) -> None:
    """Codes keep what they stand for; new labels come after the known ones."""
    rows = plan.core.order.rows
    hashes = load(plan.old, f"hash.{column}")
    if hashes is not None:
        _write_hashed(aside, column, plan, (scan, hashes.astype(np.int64)))
        return
    known, new = load_labels(plan.old, f"code.{column}"), scan.labels(column)
    if known is None or new is None:
        return  # made again on first use
    labels = (*known, *sorted(set(new) - set(known)))
    _write_labels(aside, column, labels)  # must be there: the codes follow its order
    _save_merged(aside, f"code.{column}", plan, scan.codes(column, labels, len(rows))[rows])


def _write_hashed(
    aside: Path, column: str, plan: _Plan, told: tuple[Scan, NDArray[np.int64]]
) -> None:
    """The same for a column of many values; its labels only if they were asked for."""
    (scan, grown), rows = told, plan.core.order.rows
    codes = np.full(len(rows), -1, dtype=np.int32)
    if column in scan.columns:
        codes, grown = scan.hashed(column, grown)
    np.save(aside / f"hash.{column}.npy", grown)
    _save_merged(aside, f"code.{column}", plan, codes[rows])
    known = load_labels(plan.old, f"code.{column}")
    if known is not None:
        fresh = grown[len(known) :].tolist()
        values = scan.labels_by_hash(column) if fresh else {}
        _write_labels(aside, column, (*known, *(values[key] for key in fresh)))


def _write_labels(aside: Path, column: str, labels: tuple[str, ...]) -> None:
    said = json.dumps(labels, ensure_ascii=False)
    (aside / f"code.{column}.json").write_text(said, encoding="utf-8")


def _write_texts(aside: Path, plan: _Plan, scan: Scan) -> None:
    """The texts known, where their rows are now, and those of the new rows."""
    held = kept_texts(plan.old)
    if held is None:
        return
    in_files, words = scan.texts()
    kept = plan.pick >= 0
    old_place = np.empty(plan.old_rows, dtype=np.int64)
    old_place[plan.pick[kept]] = np.flatnonzero(kept)
    new_place = np.empty(len(plan.pick) - plan.old_rows, dtype=np.int64)
    new_place[plan.core.order.rows[-1 - plan.pick[~kept]]] = np.flatnonzero(~kept)
    held = replace(held, rows=old_place[held.rows])
    for name, values in merged_texts(held, pool_of(new_place[in_files], words)).items():
        np.save(aside / f"text.{name}.npy", values)


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
