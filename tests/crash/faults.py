"""Accidents to running programs: failing or fatal fsyncs, sudden death, a disk that fills up."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.crash.recorder import injected, tokens_of
from tests.crash.verdict import QUICK, Verdict, judge

from verite.ledger.ledger import Ledger

SYNCS = "fsync,fdatasync"


@dataclass(frozen=True, slots=True, kw_only=True)
class Accident:
    """How a run ended, and what its home says afterwards."""

    name: str
    words: str  # the error code that the program ended with, empty when it ended well or was killed
    verdict: Verdict


@contextmanager
def fresh_home() -> Iterator[Path]:
    """A folder on a quick disk, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="fault_", dir=QUICK) as folder:
        yield Path(folder).resolve() / "home"


def fail_sync(number: int) -> Accident:
    """The n-th fsync of a thread answers EIO."""
    return _inject(f"EIO at fsync {number}", f"{SYNCS}:error=EIO:when={number}")


def die_at_sync(number: int) -> Accident:
    """The program is killed as it calls its n-th fsync."""
    return _inject(f"kill at fsync {number}", f"{SYNCS}:signal=KILL:when={number}")


def fill_disk_at(number: int) -> Accident:
    """From its n-th write on, a thread hears that the disk is full.

    Positioned writes and fsyncs only: plain writes would silence the confirmations as well.
    """
    fault = f"pwrite64,{SYNCS}:error=ENOSPC:when={number}+"
    return _inject(f"full disk from write {number}", fault)


def _inject(name: str, fault: str) -> Accident:
    with fresh_home() as home:
        Ledger.create(home)
        words, tokens = injected("tests.crash.workload", home, [fault])
        return Accident(name=name, words=words, verdict=judge(home, tokens, again=True))


def fill_small_disk(kilobytes: int) -> Accident | None:
    """A whole life on a disk of a few kilobytes, judged after it grew; None if it cannot be made.

    Only root may mount.
    """
    with tempfile.TemporaryDirectory(prefix="small_") as folder:
        mount = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", folder]
        if os.geteuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode:
            return None
        try:
            done = subprocess.run(
                [sys.executable, "-m", "tests.crash.workload", f"{folder}/home"],
                capture_output=True,
                check=False,
                timeout=120,
                cwd=Path(__file__).parents[2],
            )
            grow = ["mount", "-o", "remount,size=200m", folder]
            subprocess.run(grow, check=True)
            verdict = judge(Path(folder) / "home", tokens_of(done.stdout), again=True)
            words = done.stderr.decode().strip()
            return Accident(name=f"disk of {kilobytes} kB", words=words, verdict=verdict)
        finally:
            subprocess.run(["umount", folder], check=True)


def kill_at_random(times: int, *, seed: int) -> Iterator[Accident]:
    """One ledger, killed again and again at random moments of its life, judged each time."""
    return _kill("tests.crash.kills", times, seed)


def kill_commands(times: int, *, seed: int) -> Iterator[Accident]:
    """One home whose `verite listen`, then `verite map`, are killed and done again each time."""
    return _kill("tests.crash.commands", times, seed)


def kill_collectors(times: int, *, seed: int) -> Iterator[Accident]:
    """One home whose server is killed as it collects under load, through both of its doors."""
    return _kill("tests.crash.collectors", times, seed)


def _kill(module: str, times: int, seed: int) -> Iterator[Accident]:
    with fresh_home() as home:
        done = subprocess.run(
            [sys.executable, "-m", module, str(home), str(times), str(seed)],
            stdout=subprocess.PIPE,
            check=True,
            cwd=Path(__file__).parents[2],
        )
    for number, line in enumerate(done.stdout.splitlines()):
        verdict = Verdict(**json.loads(line))
        yield Accident(name=f"kill {number}", words="", verdict=verdict)
