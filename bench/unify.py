"""Unify: who is whom among many identities and twice as many links, then a few links more."""

from __future__ import annotations

import shutil
import sqlite3
import time
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.table import Line
from verite.ledger import told
from verite.ledger.ledger import Ledger

_AT = datetime(2026, 1, 1, tzinfo=UTC)
_OF_A_PERSON = 10
_NAMES = ("user", "email", "phone", "card", *("anon" for _ in range(6)))
_KINDS = np.array([2, 1, 1, 1, 0, 0, 0, 0, 0, 0], dtype=np.uint8)
_ASTRAY = 0.005  # links to somebody else's identity
_FEW = 1_000
_PER_IDENTITY = 30 / 5_000_000  # seconds


def measure(folder: Path, identities: int) -> list[Line]:
    """Seconds from the disk to the person of every identity, then for a small batch."""
    home = folder / "unify"
    keys = _fill(home, identities)
    chance = np.random.default_rng(1)
    with Ledger.open(home) as ledger:
        start, worked = time.perf_counter(), time.process_time()
        known, persons = ledger.people()
        whole, worked = time.perf_counter() - start, time.process_time() - worked
        few = chance.integers(0, identities, (2, _FEW))
        start = time.perf_counter()
        ledger._links.learn(_links(keys, few[0], few[1]), reason="alias", at=_AT)
        more = time.perf_counter() - start
    if len(known) != identities or len(persons) != identities:
        raise ValueError(f"{len(known)} identities instead of {identities}")
    links = 2 * identities
    return [
        Line(
            what=f"people of {identities:,} identities and {links:,} links",
            ours=f"{whole:.1f} s, of processor {worked:.1f} s",
            against=f"bound {_PER_IDENTITY * identities:.1f} s",
            figure=whole,
            bound=_PER_IDENTITY * identities + 1.0,
        ),
        Line(
            what=f"{_FEW:,} links more",
            ours=f"{more:.2f} s",
            against="whole again " + f"{whole:.1f} s",
            figure=more / whole,
            bound=0.25,
        ),
    ]


def _fill(home: Path, identities: int) -> NDArray[np.int64]:
    """A home of known identities, ten to a person, each linked to the two next ones."""
    shutil.rmtree(home, ignore_errors=True)
    Ledger.create(home)
    keys = np.random.default_rng(0).integers(1, 2**63 - 1, identities)
    with sqlite3.connect(home / "keys.sqlite3") as store:
        rows = ((f"{_NAMES[n % 10]}:{n}", key, n + 1) for n, key in enumerate(keys.tolist()))
        store.executemany("INSERT INTO identities VALUES (?, ?, ?)", sorted(rows))
        store.execute("UPDATE counters SET value = ? WHERE name = 'identities'", [identities])
    store.close()
    numbers = np.arange(identities)
    first = numbers - numbers % _OF_A_PERSON
    one = np.concatenate([numbers, numbers])
    steps = np.repeat([1, 2], identities)
    other = np.concatenate([first, first]) + (one % _OF_A_PERSON + steps) % _OF_A_PERSON
    chance = np.random.default_rng(2)
    astray = chance.random(len(one)) < _ASTRAY
    other[astray] = chance.integers(0, identities, int(astray.sum()))
    with Ledger.open(home) as ledger:
        ledger._links.learn(_links(keys, one, other), reason="alias", at=_AT)
    return keys


def _links(
    keys: NDArray[np.int64], one: NDArray[np.int64], other: NDArray[np.int64]
) -> told.Packed:
    other = np.minimum(other, len(keys) - 1)
    kinds = np.column_stack([_KINDS[one % _OF_A_PERSON], _KINDS[other % _OF_A_PERSON]])
    return told.pack(keys[one], keys[other], kinds)
