"""A collector on a disk that fills up: nothing acknowledged is lost, and it recovers by itself."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from verite.loop.listen.collect import Limits, Received, ingest, settled

pytestmark = pytest.mark.crash
AT = datetime(2026, 1, 5, 12, tzinfo=UTC)
MEGABYTES = 24


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own; only root may mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("mounting a small disk takes root")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture
def opened(small_disk):
    """The gate of a home on that disk, its ledger, and a sender of numbered batches."""
    from verite.home import Home

    with Home.create(small_disk / "home") as home:
        using = home.open_records()
        from verite.records.listen.source_actions import HIGHEST_RATE, Wanted, make_source
        from verite.web.collector.gates import HomeGate
        from verite.words.member import CONSOLE

        wanted = Wanted(name="shop", rate_per_s=HIGHEST_RATE)
        key = make_source(using=using, by=CONSOLE, wanted=wanted, at=AT).key
        keeper = HomeGate(home, using)
        keeper.freshen(0)

        def send(number: int) -> int:
            event = {
                "type": "track",
                "event": "Seen",
                "userId": "u",
                "messageId": f"m{number}",
                "timestamp": "2026-01-05T11:00:00Z",
                "properties": {"pad": "x" * 4000},
            }
            body = json.dumps({"batch": [event] * 20, "writeKey": key}).encode()
            received = Received(path="/v1/batch", headers={}, body=body)
            keeper.freshen(0)
            return settled(ingest(keeper.gate, received, AT + timedelta(seconds=number))).status

        yield home, keeper, send
        from django.db import connections

        connections[using].close()


def used_share(folder: Path) -> float:
    stat = os.statvfs(folder)
    return 1 - stat.f_bavail / stat.f_blocks


def test_a_drain_that_never_comes_is_told_before_the_disk_is_nine_tenths_full(opened, small_disk):
    home, _, send = opened
    statuses = [send(number) for number in range(2000)]
    assert set(statuses) == {200, 503}
    assert used_share(small_disk) < 0.9
    answered = statuses.count(200)
    kept = home.drain(at=AT)
    assert kept.kept == answered
    assert home.backlog.batches == 0


def test_a_full_disk_acknowledges_nothing_and_recovers_without_help(opened, small_disk):
    home, keeper, send = opened
    keeper.gate.limits = replace(Limits(), disk_used=2.0)  # as if something else filled the disk
    assert send(0) == 200
    ballast = small_disk / "ballast"
    with ballast.open("wb") as file:
        try:
            while file.write(bytes(65536)):
                file.flush()
        except OSError:
            pass
    statuses = [send(number) for number in range(1, 30)]
    assert 503 in statuses
    assert statuses[-1] == 503
    ballast.unlink()
    assert [send(number) for number in range(30, 40)] == [200] * 10
    answered = 1 + statuses.count(200) + 10
    assert home.drain(at=AT).kept == answered
