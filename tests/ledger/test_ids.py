"""The id index: finds what it was given, and can always be made again."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verite.ledger import ids as ids_module
from verite.ledger.content import Fingerprints
from verite.ledger.ids import IdIndex, first_of_each
from verite.ledger.ledger import Ledger

small = st.integers(-3, 3)
triples = st.lists(st.tuples(small, small, st.integers(0, 99)), max_size=40)


def prints(rows):
    columns = np.array(rows, dtype=np.int64).reshape(-1, 3)
    return Fingerprints(hi=columns[:, 0], lo=columns[:, 1], content=columns[:, 2])


@settings(deadline=None)
@given(st.lists(triples, max_size=6), triples)
def test_an_id_is_found_with_its_content_whatever_the_runs(parts, wanted):
    index = IdIndex(None)
    truth = {}
    for version, part in enumerate(parts):
        new = {(hi, lo): said for hi, lo, said in part if (hi, lo) not in truth}
        truth |= new
        index.add(prints([(*pair, said) for pair, said in new.items()]), version=version)
    pairs = sorted({(hi, lo) for hi, lo, _ in wanted})
    places, contents = index.find(prints([(*pair, 0) for pair in pairs]))
    found = {pairs[p]: int(c) for p, c in zip(places, contents, strict=True)}
    assert found == {pair: truth[pair] for pair in pairs if pair in truth}


@settings(deadline=None)
@given(triples)
def test_the_first_row_of_each_id_is_the_earliest(rows):
    order, firsts = first_of_each(prints(rows))
    for row, first in zip(order.tolist(), firsts.tolist(), strict=True):
        assert first == next(i for i, r in enumerate(rows) if r[:2] == rows[row][:2])
    assert sorted(order.tolist()) == list(range(len(rows)))


def test_files_are_merged_geometrically_and_old_ones_go(tmp_path):
    rng = np.random.default_rng(1)
    index = IdIndex(tmp_path / "ids")
    for version in range(12):
        drawn = rng.integers(-(2**62), 2**62, (100, 3))
        index.add(prints(drawn), version=version)
        index.file()
    assert len(list((tmp_path / "ids").glob("*.ids"))) <= 4
    again = IdIndex(tmp_path / "ids")
    again.read()
    assert again.version == 11
    last = prints(drawn[np.lexsort((drawn[:, 1], drawn[:, 0]))])
    assert len(again.find(last)[0]) == 100


@pytest.fixture
def filed(monkeypatch):
    monkeypatch.setattr(ids_module, "_HELD_IN_MEMORY", 1)


def rows_of(table, start, count=20):
    return table([{"message_id": f"m{n}", "ts_us": n} for n in range(start, start + count)])


def tear(path):
    path.write_bytes(path.read_bytes()[:-8])


@pytest.mark.parametrize("damage", ["label", "torn label", "run", "torn run", "folder", "ahead"])
def test_a_damaged_index_is_made_again_from_the_ledger(home, table, at, filed, damage):
    with Ledger.open(home) as ledger:
        for start in (0, 20, 40):
            ledger.append(rows_of(table, start), source="s", at=at)
    folder = home / "ids"
    label, run = folder / "label.json", next(folder.glob("*.ids"))
    match damage:
        case "label":
            label.unlink()
        case "torn label":
            tear(label)
        case "run":
            run.unlink()
        case "torn run":
            tear(run)
        case "folder":
            for path in folder.iterdir():
                path.unlink()
            folder.rmdir()
        case "ahead":
            label.write_text(json.dumps({**json.loads(label.read_text()), "version": 99}))
    with Ledger.open(home) as ledger:
        kept = ledger.append(rows_of(table, 10, 60), source="s", at=at)
        assert (kept.kept, kept.duplicates) == (10, 50)


def test_an_index_left_behind_catches_up(home, table, at, filed):
    with Ledger.open(home) as one, Ledger.open(home) as other:
        one.append(rows_of(table, 0), source="s", at=at)
        other.append(rows_of(table, 10), source="s", at=at)
        one.compact()
        other.append(rows_of(table, 30), source="s", at=at)
        one.compact()
        one.vacuum()
        kept = one.append(rows_of(table, 0, 60), source="s", at=at)
        assert (kept.kept, kept.duplicates, kept.conflicts) == (10, 50, 0)
