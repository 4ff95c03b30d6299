"""Names become keys: the identities and aliases of arriving rows, looked up or made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from verite.ledger import told
from verite.ledger.arrivals import take
from verite.ledger.content import Int64s
from verite.ledger.junk import refuse
from verite.ledger.keys import Keys
from verite.ledger.links import Links
from verite.text.identities import AUDIENCE, Junk, junk_sql, kind_of, kind_sql, parts_sql, why_junk

if TYPE_CHECKING:
    from arro3.core import Table
    from duckdb import DuckDBPyConnection

_FEW: Final = 50_000  # from there on a join beats a dictionary
_LISTED: Final = (
    "SELECT DISTINCT identity, from_json(CASE WHEN json_valid(aliases) THEN aliases ELSE '[]' END,"
    " '[\"VARCHAR\"]') AS others FROM arrived WHERE aliases IS NOT NULL"
)
_ALIASES: Final = (
    "SELECT DISTINCT identity, alias FROM (SELECT identity, unnest(others) AS alias"
    f" FROM ({_LISTED})) WHERE alias <> '' AND alias <> identity"
)
# A row that tells a user and an account of somebody says that they are one customer.
_CUSTOMERS: Final = (
    "SELECT DISTINCT identity, alias FROM (SELECT identity, unnest(others) AS alias FROM"
    " (SELECT unnest(list_filter(others, lambda x: starts_with(x, 'user:'))) AS identity,"
    f" list_filter(others, lambda x: starts_with(x, 'account:')) AS others FROM ({_LISTED})))"
)
_ENDS: Final = ("named.identity", "named.alias")


def name_rows(
    connection: DuckDBPyConnection, rows: Table, *, keys: Keys, links: Links, at: datetime
) -> Int64s:
    """The key of each row, in order; new identities and links are on the disk when it answers."""
    from arro3.core import Array, ChunkedArray

    numbered = rows.select(["identity", "aliases"]).append_column(
        "row", ChunkedArray([Array.from_numpy(np.arange(rows.num_rows))])
    )
    keys.load(connection)
    connection.register("arrived", numbered)
    try:
        found = _look_up(connection, rows.num_rows)
        missing = np.flatnonzero(found < 0)
        if len(missing) > _FEW:
            keys.make(connection, _unknown(connection, "SELECT identity AS name FROM arrived"))
            found = _look_up(connection, rows.num_rows)
        elif len(missing):
            names = take(rows.select(["identity"]), missing).column("identity").to_pylist()
            made = keys.make(connection, set(names))
            found[missing] = [made[name] for name in names]
        if rows.column("aliases").null_count < rows.num_rows:
            keys.make(connection, _unknown(connection, f"SELECT alias AS name FROM ({_ALIASES})"))
            _learn(_named_aliases(connection), "alias", links, at)
    finally:
        connection.unregister("arrived")
    return found


def link_names(
    connection: DuckDBPyConnection,
    heard: Sequence[tuple[str, str, str]],
    *,
    keys: Keys,
    links: Links,
    at: datetime,
) -> None:
    """Links told as (identity, alias, reason) are on the disk when it answers."""
    said = sorted({one for one in heard if one[0] and one[1] and one[0] != one[1]})
    if not said:
        return
    keys.load(connection)
    found = keys.find(connection, {name for one in said for name in one[:2]})
    # The same visitors say the same at every event: only what is new is looked at closely.
    ends = np.array([(found[one], found[other]) for one, other, _ in said], dtype=np.int64)
    new = [one for one, is_new in zip(said, links.unknown(ends), strict=True) if is_new]
    for reason in sorted({why for _, _, why in new}):
        pairs = [(one, other) for one, other, why in new if why == reason]
        _learn(_named_pairs(pairs, found), reason, links, at)


def pack_pairs(pairs: Sequence[tuple[str, str]], named: Mapping[int, str]) -> told.Packed:
    """Links between known identities, given with their keys."""
    found = _named_pairs(pairs, {identity: key for key, identity in named.items()})
    return told.pack(found.one, found.other, found.kinds)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Named:
    """Links by the keys of their ends, with the kind of each end and why it is nobody's (or 0)."""

    one: Int64s
    other: Int64s
    kinds: NDArray[np.uint8]
    junk: NDArray[np.uint8]


def _learn(named: _Named, reason: str, links: Links, at: datetime) -> None:
    fine = (named.junk == 0).all(axis=1)
    refused: dict[int, tuple[str, int]] = {}
    for end, keys in enumerate((named.one, named.other)):
        bad = named.junk[:, end] > 0
        found, first, counts = np.unique(keys[bad], return_index=True, return_counts=True)
        whys = named.junk[bad, end][first]
        for key, why, count in zip(found.tolist(), whys.tolist(), counts.tolist(), strict=True):
            refused[key] = (Junk(why).name.lower(), refused.get(key, ("", 0))[1] + count)
    refuse(links.store, refused, at=at)
    if fine.any():
        kept = told.pack(named.one[fine], named.other[fine], named.kinds[fine])
        links.learn(kept, reason=reason, at=at)


def _named_pairs(pairs: Sequence[tuple[str, str]], found: Mapping[str, int]) -> _Named:
    pairs = [pair for pair in pairs if not any(name.startswith(AUDIENCE) for name in pair)]
    ends = np.array([[found[one], found[other]] for one, other in pairs], np.int64).reshape(-1, 2)
    kinds = [[kind_of(name) for name in pair] for pair in pairs]
    junk = [[why_junk(name) or 0 for name in pair] for pair in pairs]
    return _Named(
        one=ends[:, 0],
        other=ends[:, 1],
        kinds=np.array(kinds, np.uint8).reshape(-1, 2),
        junk=np.array(junk, np.uint8).reshape(-1, 2),
    )


def _look_up(connection: DuckDBPyConnection, rows: int) -> Int64s:
    """The key of each row, -1 where an identity has none yet."""
    # A join may change the order of rows, so each key goes to its own place.
    found = connection.sql("SELECT row, key FROM arrived JOIN keys USING (identity)").fetchnumpy()
    ordered = np.full(rows, -1, dtype=np.int64)
    ordered[np.asarray(found["row"])] = np.asarray(found["key"])
    return ordered


def _unknown(connection: DuckDBPyConnection, names: str) -> set[str]:
    """Those of some names that have no key yet."""
    found = connection.sql(
        f"SELECT DISTINCT name FROM ({names}) AS named ANTI JOIN keys ON identity = name"
    ).fetchall()
    return {row[0] for row in found}


def _named_aliases(connection: DuckDBPyConnection) -> _Named:
    """The links that the aliases of rows tell."""
    apart = " AND ".join(f"NOT starts_with({end}, '{AUDIENCE}')" for end in _ENDS)
    parts, judged = [], []
    for n, end in enumerate(_ENDS):
        prefix, value = parts_sql(end)
        parts += [
            f"{kind_sql(end)} AS kind_{n}",
            f"{prefix} AS prefix_{n}",
            f"{value} AS value_{n}",
        ]
        judged.append(f"coalesce({junk_sql(f'prefix_{n}', f'value_{n}')}, 0) AS junk_{n}")
    found = connection.sql(
        f"SELECT one, other, kind_0, kind_1, {', '.join(judged)} FROM"
        f" (SELECT mine.key AS one, theirs.key AS other, {', '.join(parts)}"
        f" FROM ({_ALIASES} UNION {_CUSTOMERS}) AS named"
        " JOIN keys AS mine ON mine.identity = named.identity"
        f" JOIN keys AS theirs ON theirs.identity = named.alias WHERE {apart})"
    ).fetchnumpy()
    return _Named(
        one=np.asarray(found["one"], np.int64),
        other=np.asarray(found["other"], np.int64),
        kinds=np.column_stack([found["kind_0"], found["kind_1"]]).astype(np.uint8),
        junk=np.column_stack([found["junk_0"], found["junk_1"]]).astype(np.uint8),
    )
