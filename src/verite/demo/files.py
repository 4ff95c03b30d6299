"""Writing the year: one file per source system, each with the columns that system knows."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from verite.demo.clock import Ints, utc_seconds
from verite.demo.faulty import BAD_SOURCE, bad_lines
from verite.demo.identities import aliases, identities
from verite.demo.people import People
from verite.demo.rows import Rows, keep
from verite.demo.vocabulary import OFFERS, REGIONS, VALUES
from verite.demo.year import Year

Words = npt.NDArray[np.object_]
PARQUET: Final = ("web", "billing")
PLAIN: Final = (
    "channel", "touchpoint", "kind", "direction", "motive", "step", "agent", "team", "site",
    "outcome", "metric", "polarity", "language", "currency",
)  # fmt: skip
NUMBERS: Final = ("wait_s", "duration_s", "score", "scale_min", "scale_max", "value")
_CASE_MARK: Final = ("S", "O", "T", "F", "P", "C", "R", "X")
SENIORITY: Final = ("first_year", "one_to_three", "longer")


def write_files(folder: Path, year: Year) -> tuple[Path, ...]:
    """The files of every source system, in the order of `VALUES["source"]`."""
    folder.mkdir(parents=True, exist_ok=True)
    known_as = identities(year.people, year.lived)
    also = aliases(year.people, year.lived)
    written = []
    for place, source in enumerate(VALUES["source"]):
        here = year.lived.whole("source") == place
        table = _table(source, year, np.flatnonzero(here), known_as, also)
        written.append(_write(folder, source, table))
    return tuple(written)


def _table(
    source: str, year: Year, places: Ints, known_as: Words, also: Words
) -> dict[str, npt.NDArray[np.generic]]:
    mask = np.zeros(len(year.lived), dtype=np.bool_)
    mask[places] = True
    lived = keep(year.lived, mask)
    n = len(lived)
    table: dict[str, npt.NDArray[np.generic]] = {
        "message_id": np.array([f"{source}-{k:07d}" for k in range(n)], dtype=object),
        "identity": known_as[places],
        "aliases": also[places],
        "at": utc_seconds(lived.t),
        "ended": _ended(lived),
        "case_id": _cases(lived),
    }
    table |= {name: _words(lived, name) for name in PLAIN}
    table |= {name: lived.real(name) for name in NUMBERS}
    menus = lived.real("menus")
    table["menus"] = np.where(menus < 0, np.nan, menus)
    texts = np.array([*year.words, None], dtype=object)
    table["text"] = texts[lived.whole("text")]
    table |= _segments(year.people, lived)
    return {name: column for name, column in table.items() if name == "at" or _is_told(column)}


def _is_told(column: npt.NDArray[np.generic]) -> bool:
    if column.dtype == object:
        return any(value is not None for value in column)
    return not bool(np.isnan(column.astype(np.float64)).all())


def _ended(lived: Rows) -> npt.NDArray[np.generic]:
    lasts = lived.real("duration_s")
    waits = np.nan_to_num(lived.real("wait_s"))
    return np.asarray(np.rint(utc_seconds(lived.t) + waits + lasts))


def _cases(lived: Rows) -> Words:
    kinds, cases = lived.whole("case_kind").tolist(), lived.whole("case").tolist()
    return np.array(
        [
            None if kind < 0 else f"{_CASE_MARK[kind]}{case:07d}"
            for kind, case in zip(kinds, cases, strict=True)
        ],
        dtype=object,
    )


def _words(lived: Rows, name: str) -> Words:
    values = np.array([*VALUES[name], None], dtype=object)
    return np.asarray(values[lived.whole(name)])


def _segments(people: People, lived: Rows) -> dict[str, npt.NDArray[np.generic]]:
    who = lived.person

    def named(values: tuple[str, ...], codes: Ints) -> Words:
        words = np.array([*values, None], dtype=object)
        return np.asarray(words[np.append(codes, -1)[who]])

    return {
        "segment.customer": named(("home", "pro"), people.is_pro.astype(np.int64)),
        "segment.offer": named(OFFERS, people.offer),
        "segment.region": named(REGIONS, people.region),
        "segment.seniority": named(SENIORITY, people.seniority),
    }


def _write(folder: Path, source: str, table: dict[str, npt.NDArray[np.generic]]) -> Path:
    import duckdb

    suffix = "parquet" if source in PARQUET else "csv"
    path = folder / f"{source}.{suffix}"
    with duckdb.connect() as connection:
        connection.execute("SET threads = 1; SET enable_progress_bar = false")
        connection.register("interactions", table)
        form = "FORMAT parquet, COMPRESSION zstd" if suffix == "parquet" else "FORMAT csv, HEADER"
        connection.execute(
            f"COPY (SELECT {', '.join(_expression(name, table[name]) for name in table)} "
            f"FROM interactions) TO '{str(path).replace(chr(39), chr(39) * 2)}' ({form})"
        )
    if source == BAD_SOURCE:
        with path.open("a", encoding="utf-8", newline="") as file:
            file.writelines(bad_lines(tuple(_written(table))))
    return path


def _written(table: dict[str, npt.NDArray[np.generic]]) -> list[str]:
    return ["ended_at" if name == "ended" else name for name in table]


def _expression(name: str, column: npt.NDArray[np.generic]) -> str:
    stamp = "strftime(make_timestamp(({0} * 1000000)::BIGINT), '%Y-%m-%dT%H:%M:%SZ')"
    if name == "at":
        return stamp.format('"at"') + ' AS "at"'
    if name == "ended":
        return f"CASE WHEN NOT isnan(ended) THEN {stamp.format('ended')} END AS ended_at"
    if name == "menus":
        return "CASE WHEN NOT isnan(menus) THEN menus::INTEGER END AS menus"
    if column.dtype != object:
        return f'CASE WHEN NOT isnan("{name}") THEN "{name}" END AS "{name}"'
    return f'"{name}"'
