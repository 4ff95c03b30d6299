"""What became of a home after an accident, read with the real ledger: every confirmed row, once."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from tests.crash.disk import State

ERASED = "erased-"
QUICK = "/dev/shm" if Path("/dev/shm").is_dir() else None


@dataclass(frozen=True, slots=True)
class Verdict:
    """`fault` is None when all is well: else lost, doubled, unbalanced or unreadable, and what."""

    fault: str | None
    kept: int
    quarantined: int
    acknowledged: int


def share_engine() -> None:
    """One DuckDB for all that this process judges: starting one is a third of what a state costs.

    Only for workers that judge one home at a time.
    """
    import duckdb

    engine = duckdb.connect(config={"threads": 1, "temp_directory": ""})
    duckdb.connect = lambda *_, **__: engine.cursor()


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


def judge(home: Path, acknowledged: Sequence[str], *, again: bool = False) -> Verdict:
    """Opens a home, drains its inbox, and looks for every confirmed row exactly once.

    `again` also sends every confirmed row a second time, to a copy: none may be new.
    """
    try:
        kept, quarantined = read(home)
        fault = _fault(kept, quarantined, acknowledged) or _remembered(home, kept, acknowledged)
        if again and fault is None:
            with tempfile.TemporaryDirectory(prefix="again_", dir=QUICK) as folder:
                copy = shutil.copytree(home, Path(folder) / "home")
                fault = _send_again(copy, acknowledged)
    except Exception as error:  # any failure to read is the finding
        return Verdict(f"unreadable: {type(error).__name__} {error}", 0, 0, len(acknowledged))
    return Verdict(
        fault,
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
    acknowledged = [token for token in acknowledged if not token.startswith(ERASED)]
    # Which of two rows with one id came first may differ; both must be somewhere.
    lost = [token for token in acknowledged if _id(token) not in present]
    conflicts = [t for t in acknowledged if t.endswith("!") and _id(t) + "!" not in present]
    if lost or conflicts:
        return f"lost: {lost + conflicts}"
    return None


def _remembered(home: Path, kept: Counter[str], acknowledged: Sequence[str]) -> str | None:
    """Whoever was erased is named in no file, and none of their rows is there."""
    from tests.crash.workload import gone

    for token in acknowledged:
        if not token.startswith(ERASED):
            continue
        name = f"user:gone-{token.removeprefix(ERASED)}".encode()
        if any(kept[_id(row)] for row in gone(token.removeprefix(ERASED))):
            return f"remembered: {token} has rows"
        for path in sorted(home.rglob("*")):
            if path.is_file() and name in path.read_bytes():
                return f"remembered: {token} in {path.name}"
    return None


def _send_again(home: Path, acknowledged: Sequence[str]) -> str | None:
    """Received = kept + duplicates + quarantined, with nothing kept and quarantine as it was."""
    from tests.crash.workload import AT, gone, rows_of

    from verite.ledger.ledger import Ledger

    good = [token for token in acknowledged if not token.startswith(("bad", ERASED))]
    for token in acknowledged:
        if token.startswith(ERASED):
            good += gone(token.removeprefix(ERASED))
    if not good:
        return None
    with Ledger.open(home) as ledger:
        held = ledger.quarantine_count
        told = ledger.append(rows_of(good), source="file", at=AT)
        grown = ledger.quarantine_count - held
    if told.kept or told.duplicates + told.conflicts != len(good) or grown > told.conflicts:
        return f"unbalanced: sent {len(good)} again, {told}, quarantine grew by {grown}"
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
        kept = Counter(ids_in(ledger.files()))
        refusals = ledger.quarantined(limit=10_000)
        if ledger.inbox_count or drained.version != ledger.version:
            raise AssertionError("the inbox was not drained")
    quarantined = Counter(
        _id(refusal.detail or "") + "!" if refusal.reason == "conflict" else _id(refusal.raw)
        for refusal in refusals
    )
    return kept, quarantined


def ids_in(files: Sequence[str]) -> list[str]:
    """The ids in some data files; each is read whole, once per content."""
    return [one for name in files for one in _ids(Path(name).read_bytes())]


@lru_cache(maxsize=4096)
def _ids(content: bytes) -> tuple[str, ...]:
    import duckdb

    with (
        tempfile.NamedTemporaryFile(suffix=".parquet", dir=QUICK) as file,
        duckdb.connect() as engine,
    ):
        file.write(content)
        file.flush()
        found = engine.execute("SELECT * FROM read_parquet(?)", [file.name])
        names = [column[0] for column in found.description]
        hi, lo = names.index("id_hi"), names.index("id_lo")
        return tuple(f"{row[hi] % 2**64:016x}{row[lo] % 2**64:016x}" for row in found.fetchall())
