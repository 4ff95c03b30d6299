"""Vacuum: files that no durable version refers to are removed, also those of a dead process."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from verite.ledger.delta import BUCKET_FOLDER
from verite.ledger.durable import sync


def remove_strays(folder: Path, *, held: Iterable[str]) -> int:
    """Removes the data files of `ledger/` that are not held; answers how many went.

    Files are told apart by bucket and name: the same folder may be spelled in several ways.
    """
    kept = {Path(name).parts[-2:] for name in held}
    strays = [
        path
        for bucket in folder.glob(f"{BUCKET_FOLDER}*")
        for path in bucket.iterdir()
        if path.parts[-2:] not in kept
    ]
    for path in strays:
        path.unlink(missing_ok=True)
    sync(sorted({path.parent for path in strays}))
    return len(strays)
