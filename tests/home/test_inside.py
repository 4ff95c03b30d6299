"""The ledger of what comes from inside, opened once however many ask first."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import verite


def test_pages_that_ask_first_at_once_share_one_desk(tmp_path: Path) -> None:
    with verite.create(tmp_path / "home") as home, ThreadPoolExecutor(8) as pool:
        together = Barrier(8)

        def ask() -> int:
            together.wait()
            return id(home.inside())

        assert len({one.result() for one in [pool.submit(ask) for _ in range(8)]}) == 1
