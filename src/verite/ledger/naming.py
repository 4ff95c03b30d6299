"""Names become keys: the identities and aliases of arriving rows, looked up or made."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

import numpy as np

from verite.ledger.arrivals import take
from verite.ledger.content import Int64s
from verite.ledger.keys import Keys
from verite.ledger.links import Links

if TYPE_CHECKING:
    from arro3.core import Table
    from duckdb import DuckDBPyConnection

_FEW: Final = 50_000  # from there on a join beats a dictionary
_ALIASES: Final = (
    "SELECT DISTINCT identity, alias FROM (SELECT identity, unnest(from_json("
    "CASE WHEN json_valid(aliases) THEN aliases ELSE '[]' END, '[\"VARCHAR\"]')) AS alias"
    " FROM arrived WHERE aliases IS NOT NULL) WHERE alias <> '' AND alias <> identity"
)


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
            links.learn(_named_aliases(connection), at=at)
    finally:
        connection.unregister("arrived")
    return found


def link_names(
    connection: DuckDBPyConnection,
    told: Sequence[tuple[str, str, str]],
    *,
    keys: Keys,
    links: Links,
    at: datetime,
) -> None:
    """Links told as (identity, alias, reason) are on the disk when it answers."""
    said = sorted({one for one in told if one[0] and one[1] and one[0] != one[1]})
    if not said:
        return
    keys.load(connection)
    found = keys.find(connection, {name for one in said for name in one[:2]})
    links.learn([(one, found[one], other, found[other], why) for one, other, why in said], at=at)


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


def _named_aliases(connection: DuckDBPyConnection) -> list[tuple[str, int, str, int, str]]:
    """(identity, key, alias, key, reason), in an order that does not depend on that of rows."""
    return connection.sql(
        "SELECT named.identity, mine.key, named.alias, theirs.key, 'alias'"
        f" FROM ({_ALIASES}) AS named"
        " JOIN keys AS mine ON mine.identity = named.identity"
        " JOIN keys AS theirs ON theirs.identity = named.alias ORDER BY 1, 3"
    ).fetchall()
