"""Kills `verite listen` and `verite map` at random moments, then does them again and counts.

Run as `python -m tests.crash.commands FOLDER TIMES SEED`. A command is a fork that was not yet
told what to do: the same code as on the command line, without the second of imports.
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.crash.files import Files, write_files
from tests.crash.forks import Ended, answer_of, moments, start
from tests.crash.verdict import Verdict

MISSING = "unreadable: the reader died"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a home holds: how often each id is in the ledger, and what the timeline shows."""

    ids: Counter[str]
    quarantined: int
    timeline: Counter[str]


def main() -> None:
    """One line of JSON per pair of deaths."""
    _import_everything()
    folder, times, chance = Path(sys.argv[1]), int(sys.argv[2]), random.Random(int(sys.argv[3]))
    folder.mkdir(exist_ok=True)
    home = folder / "home"
    command(home, "init")
    usual = {"listen": 1.0, "map": 1.0}
    held: list[Files] = []
    early, late = moments(times, chance), moments(times, chance)
    for number, pair in enumerate(zip(early, late, strict=True)):
        files = write_files(folder, f"r{number}", chance)
        verdict = _one_round(home, (held, files), pair, usual)
        held.append(files)
        print(json.dumps(asdict(verdict)), flush=True)


def _one_round(
    home: Path,
    imported: tuple[Sequence[Files], Files],
    at: tuple[float, float],
    usual: dict[str, float],
) -> Verdict:
    """Both commands die once and are done again; `acknowledged` tells how far the import came."""
    held, files = imported
    paths = [str(path) for path in files.paths]
    command(home, "listen", *paths, killed_after=at[0] * usual["listen"])
    at_death = answer_of(lambda: find(home, with_timeline=False))
    if at_death is None:
        return Verdict(MISSING, 0, 0, 0)
    survived = sum(at_death.ids[one] for one in files.ids)
    told = command(home, "listen", *paths, "--json")
    usual["listen"] = told.seconds
    command(home, "map", killed_after=at[1] * usual["map"])
    doctor = command(home, "doctor", "--json")
    found = answer_of(lambda: find(home, with_timeline=True))
    usual["map"] = doctor.seconds  # it builds what the map left to build
    if found is None:
        return Verdict(MISSING, 0, 0, survived)
    fault = (
        _misses(at_death, held, whole=False)
        or _misses(found, [*held, files], whole=True)
        or _unbalanced(told, files, survived)
        or _unwell(doctor)
    )
    return Verdict(fault, found.ids.total(), found.quarantined, survived)


def _misses(found: Found, imported: Sequence[Files], *, whole: bool) -> str | None:
    """What is lost or doubled; `whole` when nothing else may be there either."""
    wanted = {one for files in imported for one in files.ids}
    doubled = [one for one, count in found.ids.items() if count > 1]
    if doubled:
        return f"doubled: {doubled[:3]}"
    if wanted - set(found.ids):
        return f"lost: {len(wanted - set(found.ids))} rows"
    if whole and set(found.ids) - wanted:
        return f"unbalanced: {len(set(found.ids) - wanted)} rows that nobody sent"
    if whole and found.timeline != found.ids:
        return f"unbalanced: {found.timeline.total()} rows in the timeline of {found.ids.total()}"
    refused = sum(files.refused for files in imported)
    if whole and found.quarantined != refused:
        return f"unbalanced: {found.quarantined} lines in quarantine of {refused}"
    return None


def _unbalanced(told: Ended, files: Files, survived: int) -> str | None:
    """Whether the second import accounts for every row of the files, survivors as duplicates."""
    if told.code:
        return f"unreadable: listen ended with {told.code}"
    heard = json.loads(told.output)
    kept, duplicates, refused = heard["kept"], heard["duplicates"], heard["quarantined"]
    wanted = (len(files.ids) - survived, files.repeats + survived, files.refused, files.rows)
    if (kept, duplicates, refused, kept + duplicates + refused) != wanted:
        return f"unbalanced: kept, duplicates, quarantined, read = {wanted}, told {told.output!r}"
    return None


def _unwell(doctor: Ended) -> str | None:
    """A check of `verite doctor` that failed, room on the disk apart."""
    checks = json.loads(doctor.output or b'{"checks": [{"check": "doctor", "passed": false}]}')
    failed = [c for c in checks["checks"] if not c["passed"] and c["check"] != "disk"]
    return f"unreadable: {failed}" if failed else None


def find(home: Path, *, with_timeline: bool) -> Found:
    """Every id in the ledger and in the timeline."""
    from tests.crash.verdict import ids_in

    from verite.ledger.ledger import Ledger
    from verite.ledger.timeline.timeline import open_timeline

    with Ledger.open(home) as ledger:
        shown: Counter[str] = Counter()
        if with_timeline:
            timeline = open_timeline(home, ledger)
            shown = Counter(timeline.ids(range(timeline.rows)))
        ids = Counter(ids_in(ledger.files()))
        return Found(ids=ids, quarantined=ledger.quarantine_count, timeline=shown)


def command(home: Path, *words: str, killed_after: float | None = None) -> Ended:
    """`verite WORDS` on a home, in a process of its own."""

    def obey() -> int:
        from verite.__main__ import run

        sys.argv = ["verite", "--home", str(home), *words]
        try:
            run()
        except SystemExit as end:
            return int(end.code or 0)
        finally:
            sys.stdout.flush()
        return 0

    return start(obey, killed_after=killed_after)


def _import_everything() -> None:
    import deltalake  # noqa: F401
    import django.db.backends.sqlite3.base
    import django.db.models  # noqa: F401
    import duckdb  # noqa: F401
    import numba  # noqa: F401


if __name__ == "__main__":
    main()
