"""The doctor: is the home whole, and is every row accounted for?"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from verite.home.home import Home
    from verite.rows import Json

FREE_SHARE_AT_LEAST = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkup:
    """One check: its name in both languages, whether it passed, and what was seen."""

    key: str
    french: str
    english: str
    passed: bool
    seen: str

    def told(self) -> tuple[str, str]:
        """The line in French and in English."""
        mark = "✓" if self.passed else "✗"
        return f"{mark} {self.french} : {self.seen}", f"{mark} {self.english}: {self.seen}"

    def json(self) -> dict[str, Json]:
        """The check as JSON."""
        return {"check": self.key, "passed": self.passed, "seen": self.seen}


def examine(home: Home) -> tuple[Checkup, ...]:
    """Ledger readable, timeline equal to the ledger, inbox drained, records open, room on disk."""
    return (_ledger(home), _timeline(home), _inbox(home), _records(home), _disk(home))


def _ledger(home: Home) -> Checkup:
    files = home.desk.ledger.files()
    return Checkup(
        key="ledger",
        french="registre lisible",
        english="ledger readable",
        passed=True,
        seen=f"version {home.desk.ledger.version}, {len(files)} parquet",
    )


def _timeline(home: Home) -> Checkup:
    import duckdb

    files = list(home.desk.ledger.files())
    count = 0
    if files:
        with duckdb.connect() as connection:
            found = connection.execute(
                "SELECT count(*) FROM read_parquet(?, union_by_name = true)", [files]
            ).fetchone()
            count = int(found[0]) if found else 0
    rows = home.desk.timeline.rows
    return Checkup(
        key="timeline",
        french="chronologie égale au registre",
        english="timeline equal to the ledger",
        passed=rows == count,
        seen=f"{rows} = {count}" if rows == count else f"{rows} ≠ {count}",
    )


def _inbox(home: Home) -> Checkup:
    waiting = home.desk.ledger.inbox_count
    return Checkup(
        key="inbox",
        french="boîte de réception vidée",
        english="inbox drained",
        passed=waiting == 0,
        seen=str(waiting),
    )


def _records(home: Home) -> Checkup:
    return Checkup(
        key="records",
        french="fiches ouvertes",
        english="records open",
        passed=True,
        seen=home.open_records(),
    )


def _disk(home: Home) -> Checkup:
    usage = shutil.disk_usage(home.path)
    share = usage.free / usage.total
    return Checkup(
        key="disk",
        french="place sur le disque",
        english="room on disk",
        passed=share >= FREE_SHARE_AT_LEAST,
        seen=f"{share:.0%}",
    )
