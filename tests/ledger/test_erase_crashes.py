"""An erasure that dies is finished; other processes follow it; a full disk refuses it."""

from __future__ import annotations

import pytest
from tests.ledger.marie import CELLS, MARIE, PAUL, keys_of, rows_of, traces_in

from verite.ledger.ledger import Ledger
from verite.words.errors import HomeError


def test_another_open_ledger_follows_an_erasure(filled, table, at, home, held):
    with Ledger.open(home) as other:
        other.append(table(rows_of(PAUL, 20)), source="s", at=at)
        filled.erase(keys_of(filled), at=at)
        kept = other.append(table([*rows_of(MARIE, 0), *rows_of(PAUL, 21)]), source="s", at=at)
        assert (kept.kept, kept.duplicates) == (1, 1)
        assert held(other) == held(filled)
        assert traces_in(home) == []


def test_a_full_disk_refuses_the_erasure_never_the_home(filled, at, home, monkeypatch):
    def full(*_: object, **__: object) -> None:
        raise HomeError("disk_full", fields={"path": home})

    with monkeypatch.context() as filled_up:
        filled_up.setattr("verite.ledger.delta.InteractionTable.swap", full)
        with pytest.raises(HomeError, match="disk_full"):
            filled.erase(keys_of(filled), at=at)
        with Ledger.open(home) as again:
            assert again.key_of(MARIE) is not None
    filled.finish_erasing()
    assert traces_in(home) == []


@pytest.mark.parametrize(
    "moment",
    [
        "verite.ledger.delta.InteractionTable.swap",
        "verite.ledger.delta.InteractionTable.sync_version",
        "verite.ledger.mark.settle",
        "verite.ledger.delta.InteractionTable.checkpoint",
        "verite.ledger.mark.set_checkpoint",
        "verite.ledger.delta.InteractionTable.drop_entries",
        "verite.ledger.erase.remove_strays",
        "verite.ledger.erase.building",
        "verite.ledger.forgetting.forget",
        "verite.ledger.ids.IdIndex.drop",
        "verite.ledger.store.Store.rewrite",
        "verite.ledger.forgetting.end",
    ],
)
def test_an_erasure_that_dies_is_finished_at_the_next_open(
    filled, table, at, home, held, monkeypatch, moment
):
    def die(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    keys = keys_of(filled)
    others = [row for row in held(filled, CELLS) if row[2] not in keys]
    with monkeypatch.context() as killed:
        killed.setattr(moment, die)
        with pytest.raises(KeyboardInterrupt):
            filled.erase(keys, at=at)
    with Ledger.open(home) as again:
        assert traces_in(home) == []
        assert held(again, CELLS) == others
        kept = again.append(table([*rows_of(MARIE, 0, 7), *rows_of(PAUL, 0)]), source="s", at=at)
        assert (kept.kept, kept.duplicates) == (0, 3)
