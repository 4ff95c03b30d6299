"""Customers who may be one person, by what looks alike. Proposals only: a person decides.

A model of Fellegi and Sunter, counted by splink (the extra `identity`) in DuckDB: each comparison
weighs log2 of how often it agrees among the same person's records over how often it agrees by
chance. Chance is counted on the data. How often the same person agrees is assumed (`_SAME`): a home
has no pairs known to be one person to learn it from.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from verite.loop.unify.profiles import Profile, rare
from verite.words.errors import WrongUse
from verite.words.people import Alike

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

LEAST: Final = 50  # customers: with fewer, chance cannot be counted
AT_MOST: Final = 200
_DOUBLES: Final = 0.02  # customers who are there twice, before anything is compared
_THRESHOLD: Final = 0.5
_PAIRS: Final = 1_000_000  # drawn to count chance
_SEED: Final = 4
_ALIKE: Final = 0.94  # of Jaro-Winkler: one letter off in a name of ten
# How often records of one person agree, closest first; together 1. Assumed.
_SAME: Final = {"name": (0.85, 0.12, 0.03), "domain": (0.6, 0.4), "phone": (0.3, 0.7)}
_AGREED: Final = {
    ("name", 2): "same_name",
    ("name", 1): "near_name",
    ("domain", 1): "same_domain",
    ("phone", 1): "near_phone",
}
_COLUMNS: Final = ("name", "domain", "phone")
_WAYS: Final = (  # pairs are looked for where one of these holds
    "l.met = r.met",
    "l.domain = r.domain AND substr(l.met, 1, 6) = substr(r.met, 1, 6)",
    "substr(l.phone, 1, 9) = substr(r.phone, 1, 9) AND substr(l.met, 1, 3) = substr(r.met, 1, 3)",
    "substr(l.phone, -6) = substr(r.phone, -6)",
)


def propose(profiles: Sequence[Profile]) -> tuple[Alike, ...]:
    """Pairs of customers, the most alike first, each once; raises `WrongUse` when it cannot tell.

    >>> propose([Profile(1, "durand marie", "exemple.fr", None)])
    Traceback (most recent call last):
    verite.words.errors.WrongUse: too_few_profiles: found=1, least=50
    """
    customers = len({one.key for one in profiles})
    if customers < LEAST:
        raise WrongUse("too_few_profiles", fields={"found": customers, "least": LEAST})
    try:
        importlib.import_module("splink")
    except ImportError as error:
        raise WrongUse("splink_missing") from error
    import duckdb

    with duckdb.connect() as connection:
        _fill(connection, profiles)
        return _best(_compared(connection, customers))


def _fill(connection: DuckDBPyConnection, profiles: Sequence[Profile]) -> None:
    """The table that is compared; `met` is the name where few bear it: a crowd never meets."""
    few = rare(profiles)
    connection.execute("SET threads = 1")  # the same draw each time
    connection.execute(
        "CREATE TABLE profiles (unique_id VARCHAR, customer BIGINT, name VARCHAR, met VARCHAR,"
        " domain VARCHAR, phone VARCHAR)"
    )
    ordered = sorted(profiles, key=lambda one: (one.key, *map(str, (one.name, one.phone))))
    columns = (
        [str(number) for number in range(len(ordered))],
        [one.key for one in ordered],
        [one.name for one in ordered],
        [one.name if one.name in few else None for one in ordered],
        [one.domain for one in ordered],
        [one.phone for one in ordered],
    )
    listed = ", ".join("unnest(?)" for _ in columns)
    connection.execute(f"INSERT INTO profiles SELECT {listed}", list(columns))


def _compared(connection: DuckDBPyConnection, customers: int) -> Iterable[tuple[Any, ...]]:
    """(one, other, weight, level of each comparison) of pairs that are likelier one than two."""
    from splink import DuckDBAPI, Linker, SettingsCreator  # type: ignore[import-not-found, unused-ignore]
    from splink.blocking_rule_library import CustomRule  # type: ignore[import-not-found, unused-ignore]

    settings = SettingsCreator(
        link_type="dedupe_only",
        probability_two_random_records_match=2 * _DOUBLES / customers,
        comparisons=_comparisons(),
        blocking_rules_to_generate_predictions=[
            CustomRule(f"{way} AND l.customer <> r.customer", sql_dialect="duckdb") for way in _WAYS
        ],
        additional_columns_to_retain=["customer"],
    )
    linker = Linker(DuckDBAPI(connection).register("profiles"), settings, log_level="ERROR")
    linker.training.estimate_u_using_random_sampling(max_pairs=_PAIRS, seed=_SEED)
    found = linker.inference.predict(threshold_match_probability=_THRESHOLD)
    levels = ", ".join(f"gamma_{name}" for name in _COLUMNS)
    told: list[tuple[Any, ...]] = (
        found.as_duckdbpyrelation()
        .select(f"customer_l, customer_r, match_weight, {levels}")
        .fetchall()
    )
    return told


def _comparisons() -> list[Any]:
    from splink.comparison_level_library import (  # type: ignore[import-not-found, unused-ignore]
        DamerauLevenshteinLevel,
        ElseLevel,
        ExactMatchLevel,
        JaroWinklerLevel,
        NullLevel,
    )
    from splink.comparison_library import CustomComparison  # type: ignore[import-not-found, unused-ignore]

    levels = {
        "name": (
            ExactMatchLevel("name", term_frequency_adjustments=True),
            JaroWinklerLevel("name", _ALIKE),
        ),
        "domain": (ExactMatchLevel("domain", term_frequency_adjustments=True),),
        "phone": (DamerauLevenshteinLevel("phone", 1),),
    }
    return [
        CustomComparison(
            output_column_name=name,
            comparison_levels=[
                NullLevel(name),
                *(
                    level.configure(m_probability=same)
                    for level, same in zip((*near, ElseLevel()), _SAME[name], strict=True)
                ),
            ],
        )
        for name, near in levels.items()
    ]


def _best(found: Iterable[tuple[Any, ...]]) -> tuple[Alike, ...]:
    """Of two customers with several mails, the pair that is most alike."""
    best: dict[tuple[int, int], Alike] = {}
    for one, other, weight, *levels in found:
        pair = (min(one, other), max(one, other))
        told = list(zip(_COLUMNS, levels, strict=True))
        alike = Alike(
            one=pair[0],
            other=pair[1],
            weight=round(float(weight), 3),
            agreed=tuple(_AGREED[at] for at in told if at in _AGREED),
            apart=tuple(f"other_{name}" for name, level in told if level == 0),
        )
        if pair not in best or best[pair].weight < alike.weight:
            best[pair] = alike
    ordered = sorted(best.values(), key=lambda one: (-one.weight, one.one, one.other))
    return tuple(ordered[:AT_MOST])
