"""The build: ledger files in, a folder of sorted memory-mapped columns out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.lib.format import open_memmap
from numpy.typing import NDArray

from verite.ledger.durable import write_errors
from verite.ledger.timeline.folder import Manifest, building, make_aside, publish, read_manifest
from verite.ledger.timeline.lookup import find
from verite.ledger.timeline.order import Order, Stamps, arrange, take
from verite.ledger.timeline.scan import Scan
from verite.words.errors import HomeError

STAMPS = ("ts_us", "id_hi", "id_lo")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What a timeline is made from: files, who is whom, and the versions of both.

    `identity_keys` is sorted; `persons[i]` is the person of `identity_keys[i]`. An identity that
    is not listed is its own person.
    """

    files: tuple[str, ...]
    identity_keys: NDArray[np.int64]
    persons: NDArray[np.int64]
    ledger_version: int = 0
    people_version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Core:
    """The columns that every question needs. `rows` are row numbers in the ledger's files."""

    persons: NDArray[np.int64]
    order: Order
    stamps: Stamps  # in the order of the files


def build(sources: Sources, parent: Path) -> Path:
    """The folder of these sources' timeline, built when absent; older ones are removed."""
    from verite.ledger.timeline.merge import extend

    with _told(parent), building(parent):
        held = built(sources, parent)
        if held is not None:
            return held
        extended = extend(sources, parent)
        return extended if extended is not None else _build_whole(sources, parent)


def built(sources: Sources, parent: Path) -> Path | None:
    """The folder of these sources' timeline, when it is there. Who is whom is not looked at."""
    folder = parent / f"{sources.ledger_version}-{sources.people_version}"
    held = read_manifest(folder)
    # A home that was moved holds the same rows under other names.
    if held is None or frozenset(held.files) != frozenset(sources.files):
        return None
    return folder


@contextmanager
def _told(parent: Path) -> Iterator[None]:
    """What fails on the disk, or in files that cannot be read, as an error of ours."""
    import duckdb

    try:
        with write_errors(parent):
            yield
    except duckdb.Error as error:
        fields = {"path": parent.parent, "detail": str(error).splitlines()[0]}
        raise HomeError("home_corrupt", fields=fields) from error


def read_core(scan: Scan, sources: Sources) -> Core:
    """Reads and sorts the core columns of the scanned files."""
    identities, *stamped = (
        scan.integers(("identity_key", *STAMPS))
        if scan.files
        else [np.empty(0, np.int64) for _ in range(4)]
    )
    return core_of(identities, Stamps(ts=stamped[0], id_hi=stamped[1], id_lo=stamped[2]), sources)


def core_of(identities: NDArray[np.int64], stamps: Stamps, sources: Sources) -> Core:
    """The order of rows whose identities and stamps are known."""
    runs, persons = _person_runs(identities, sources)
    order = arrange(runs, len(persons), stamps)
    present = np.flatnonzero(np.diff(order.starts))
    starts = np.append(order.starts[:-1][present], order.starts[-1])
    return Core(
        persons=persons[present],
        order=Order(starts=starts, rows=order.rows, ts=order.ts),
        stamps=stamps,
    )


def engine_name() -> str:
    """Who hashed and coded: another DuckDB may hash otherwise, so nothing is extended then."""
    import duckdb

    return f"duckdb {duckdb.__version__}"


def sources_of_files(sources: Sources, files: tuple[str, ...]) -> Sources:
    """The same people over some of the files."""
    return replace(sources, files=files)


def _build_whole(sources: Sources, parent: Path) -> Path:
    scan = Scan(sources.files)
    try:
        core = read_core(scan, sources)
        aside = make_aside(parent)
        _write_core(aside, core)
        return publish(aside, manifest_of(sources, len(core.order.rows), scan.segments))
    finally:
        scan.close()


def manifest_of(sources: Sources, rows: int, segments: tuple[str, ...]) -> Manifest:
    """The manifest of these sources."""
    return Manifest(
        ledger_version=sources.ledger_version,
        people_version=sources.people_version,
        files=sources.files,
        rows=rows,
        segments=segments,
        engine=engine_name(),
    )


def _person_runs(
    identities: NDArray[np.int64], sources: Sources
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    persons, places = np.unique(sources.persons, return_inverse=True)
    runs = find(sources.identity_keys, places.astype(np.int32), identities)
    unknown = runs < 0
    if not unknown.any():
        return runs, persons
    alone = np.unique(identities[unknown])
    return _person_runs(
        identities,
        Sources(
            files=(),
            identity_keys=np.concatenate([sources.identity_keys, alone]),
            persons=np.concatenate([sources.persons, alone]),
        ),
    )


def _write_core(folder: Path, core: Core) -> None:
    rows = core.order.rows
    np.save(folder / "persons.npy", core.persons)
    np.save(folder / "starts.npy", core.order.starts)
    np.save(folder / "row.npy", rows)
    np.save(folder / "ts_us.npy", core.order.ts)
    for name, values in (("id_hi", core.stamps.id_hi), ("id_lo", core.stamps.id_lo)):
        if len(rows) == 0:
            np.save(folder / f"{name}.npy", values)
            continue
        into = open_memmap(folder / f"{name}.npy", mode="w+", dtype=np.int64, shape=(len(rows),))
        take(values, rows, into)
        into.flush()
