"""Repair, under the lock only: nobody else commits, so what lies above the mark is debris.

A power cut or a kill can leave log entries whose data never reached the disk. Their rows are still
in the inbox, or were never confirmed; the entries go, and the rows come again.
"""

from __future__ import annotations

import json
from pathlib import Path

from verite.ledger.delta import entry_path


def needs_repair(log: Path, *, mark: int, checkpoint: int) -> bool:
    """Whether anything in the log lies above the marks."""
    if entry_path(log, mark + 1).exists():
        return True
    return bool(_debris(log, mark=mark, checkpoint=checkpoint))


def repair(log: Path, *, mark: int, checkpoint: int) -> int:
    """Removes what lies above the marks; answers how many files went."""
    debris = _debris(log, mark=mark, checkpoint=checkpoint)
    for path in debris:
        path.unlink(missing_ok=True)
    return len(debris)


def _debris(log: Path, *, mark: int, checkpoint: int) -> list[Path]:
    if not log.is_dir():
        return []
    return [path for path in log.iterdir() if _is_debris(path, mark, checkpoint)]


def _is_debris(path: Path, mark: int, checkpoint: int) -> bool:
    name = path.name
    if name == "_last_checkpoint":
        return _pointed(path) != checkpoint
    number = name[:20]
    if not number.isdigit():
        return path.is_file()  # half-written entries under temporary names
    limit = mark if name.endswith(".json") and ".checkpoint" not in name else checkpoint
    return int(number) > limit


def _pointed(path: Path) -> int:
    try:
        return int(json.loads(path.read_bytes())["version"])
    except (ValueError, KeyError, TypeError, OSError):
        return -2
