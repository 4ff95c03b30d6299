"""What became of a home after an accident, read with the real ledger: every confirmed row, once."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.crash.disk import State

QUICK = "/dev/shm" if Path("/dev/shm").is_dir() else None


@dataclass(frozen=True, slots=True)
class Verdict:
    """`fault` is None when all is well: else lost, doubled, unbalanced or unreadable, and what."""

    fault: str | None
    kept: int
    quarantined: int
    acknowledged: int


def judge_state(state: State, home: str) -> Verdict:
    """Writes a state on a quick disk, opens it, drains it, counts."""
    place = Path(tempfile.mkdtemp(prefix="state_", dir=QUICK))
    try:
        for folder in sorted(state.folders):
            (place / folder[len(home) :].lstrip("/")).mkdir(parents=True, exist_ok=True)
        for name, content in state.files.items():
            path = place / name[len(home) :].lstrip("/")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return judge(place, state.acknowledged)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def judge(home: Path, acknowledged: Sequence[str]) -> Verdict:
    """Opens a home, drains its inbox, and looks for every confirmed row exactly once."""
    try:
        kept, quarantined = read(home)
    except Exception as error:  # any failure to read is the finding
        return Verdict(f"unreadable: {type(error).__name__} {error}", 0, 0, len(acknowledged))
    return Verdict(
        _fault(kept, quarantined, acknowledged),
        sum(kept.values()),
        sum(quarantined.values()),
        len(acknowledged),
    )


def _fault(
    kept: Counter[str], quarantined: Counter[str], acknowledged: Sequence[str]
) -> str | None:
    doubled = [name for name, count in (kept + quarantined).items() if count > 1]
    if doubled:
        return f"doubled: {doubled}"
    present = {*kept, *quarantined}
    # Which of two rows with one id came first may differ; both must be somewhere.
    lost = [token for token in acknowledged if _id(token) not in present]
    conflicts = [t for t in acknowledged if t.endswith("!") and _id(t) + "!" not in present]
    if lost or conflicts:
        return f"lost: {lost + conflicts}"
    return None


def _id(token: str) -> str:
    return hashlib.md5(token.removesuffix("!").encode(), usedforsecurity=False).hexdigest()


def read(home: Path) -> tuple[Counter[str], Counter[str]]:
    """Ids held by the ledger, ids in quarantine (conflicts marked `!`), after a drain."""
    from tests.crash.workload import AT, decode

    from verite.ledger.ledger import Ledger

    Ledger.create(home)
    with Ledger.open(home) as ledger:
        drained = ledger.drain(decode, at=AT)
        files = list(ledger.files())
        rows = _rows(files) if files else []
        refusals = ledger.quarantined(limit=10_000)
        if ledger.inbox_count or drained.version != ledger.version:
            raise AssertionError("the inbox was not drained")
    kept = Counter(f"{hi % 2**64:016x}{lo % 2**64:016x}" for hi, lo in rows)
    quarantined = Counter(
        _id(refusal.detail or "") + "!" if refusal.reason == "conflict" else _id(refusal.raw)
        for refusal in refusals
    )
    return kept, quarantined


def _rows(files: list[str]) -> list[tuple[int, int]]:
    import duckdb

    with duckdb.connect() as engine:
        found = engine.execute("SELECT * FROM read_parquet(?, union_by_name = true)", [files])
        names = [column[0] for column in found.description]
        hi, lo = names.index("id_hi"), names.index("id_lo")
        return [(row[hi], row[lo]) for row in found.fetchall()]
