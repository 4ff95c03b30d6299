"""Files of a home outside its ledger and its databases: uploads, and whatever else lies there."""

from __future__ import annotations

import gzip
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from verite.text.traces import Traces

UPLOADS: Final = "uploads"
SCRATCH: Final = "scratch"
_SPILL: Final = "spill-"
# These have owners, which erase in them by themselves.
OWNED: Final = frozenset({"ledger", "timeline", "ids"})
OURS: Final = frozenset({"secret.key", "verite.toml"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Swept:
    """Uploads removed, and files that are not ours and name the person."""

    uploads: int
    left: tuple[str, ...]


def sweep(home: Path, traces: Traces) -> Swept:
    """Removes uploads that name a person or cannot be read; tells which other files name them."""
    _clear_scratch(home / SCRATCH)
    uploads = 0
    for path in _files(home / UPLOADS):
        if names(path, traces, unread=True):
            shutil.rmtree(path.parent) if path.parent.name != UPLOADS else path.unlink()
            uploads += 1
    others = (path for path in _files(home) if _is_foreign(path.relative_to(home)))
    left = tuple(str(path.relative_to(home)) for path in others if names(path, traces))
    return Swept(uploads=uploads, left=left)


def _clear_scratch(folder: Path) -> None:
    """What imports that died left of their rows; a living one has its number."""
    for spill in folder.glob(f"{_SPILL}*"):
        if not Path("/proc", spill.name.removeprefix(_SPILL)).exists():
            shutil.rmtree(spill, ignore_errors=True)
    with suppress(OSError):
        folder.rmdir()


def names(path: Path, traces: Traces, *, unread: bool = False) -> bool:
    """Whether a file names the person; `unread` is the answer for one that cannot be read, or for
    one with a cell that may be a key of theirs, however short."""
    if traces.are_in(path.name):
        return True
    try:
        return any(
            traces.are_in(text) or (unread and traces.are_a_cell_of(text)) for text in _texts(path)
        )
    except (OSError, ValueError, EOFError, zlib.error, zipfile.BadZipFile):
        return unread


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def _is_foreign(path: Path) -> bool:
    first = path.parts[0]
    if first in OWNED or first == UPLOADS or first in OURS:
        return False
    return ".sqlite3" not in path.name and path.suffix != ".lock"


def _texts(path: Path) -> Iterator[str]:
    """What a file says: as it is, unpacked, or cell by cell."""
    content = path.read_bytes()
    if content[:4] == b"PAR1":
        yield from _cells(path)
    elif content[:2] == b"\x1f\x8b":
        yield from _decoded(gzip.decompress(content))
    elif content[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                yield name
                yield from _decoded(archive.read(name))
    else:
        yield from _decoded(content)


def _decoded(content: bytes) -> Iterator[str]:
    if b"\x00" in content[:4096]:
        yield content.decode("utf-16-le", "replace")
        yield content.decode("utf-16-be", "replace")
    yield content.decode("utf-8", "replace")
    yield content.decode("cp1252", "replace")


def _cells(path: Path) -> Iterator[str]:
    import duckdb

    with duckdb.connect() as connection:
        try:
            found = connection.execute("SELECT * FROM read_parquet(?)", [str(path)])
            while rows := found.fetchmany(1000):
                for row in rows:
                    yield "\n".join(str(cell) for cell in row if cell is not None)
        except duckdb.Error as error:
            raise ValueError(str(error)) from error
