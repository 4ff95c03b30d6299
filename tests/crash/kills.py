"""Kills a living ledger at random moments and judges it, in a process of its own.

Run as `python -m tests.crash.kills HOME TIMES SEED`. Every life and every judgment is a fork.
"""

from __future__ import annotations

import json
import random
import sys
from dataclasses import asdict
from functools import partial
from itertools import count
from pathlib import Path

from tests.crash.forks import answer_of, moments, start
from tests.crash.recorder import tokens_of
from tests.crash.verdict import Verdict, judge
from tests.crash.workload import live


def main() -> None:
    """One line of JSON per death."""
    import deltalake  # noqa: F401 - imported before the forks, so that lives are short
    import duckdb  # noqa: F401

    home, times, chance = Path(sys.argv[1]), int(sys.argv[2]), random.Random(int(sys.argv[3]))
    acknowledged: tuple[str, ...] = ()
    usual = start(partial(live, home.with_name("usual"), "u")).seconds
    for number, moment in enumerate(moments(times, chance)):
        life = partial(_live_on, home, f"k{number}x")
        ended = start(life, killed_after=1.2 * moment * usual)
        acknowledged += tokens_of(ended.output)
        verdict = answer_of(partial(judge, home, acknowledged, again=True))
        dead = Verdict("unreadable: the reader died", 0, 0, len(acknowledged))
        print(json.dumps(asdict(verdict or dead)), flush=True)


def _live_on(home: Path, name: str) -> None:
    for turn in count():
        live(home, f"{name}{turn}y")


if __name__ == "__main__":
    main()
