"""A file as it is heard: opened, inflated within bounds, and watched for change."""

from __future__ import annotations

import gzip
import io
import os
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from verite.words.errors import BadInput

INFLATED_AT_MOST = 20 << 30  # bytes
RATIO_AT_MOST = 200  # once more than RATIO_FROM bytes came out
RATIO_FROM = 64 << 20
PIECE = 1 << 20
GZIP, ZIP = b"\x1f\x8b", b"PK\x03\x04"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file and what it was when first seen."""

    path: Path
    size: int
    changed_ns: int
    inode: int
    packing: str | None = None  # gzip, zip

    @property
    def name(self) -> str:
        """The file's name, as told to people and kept: bytes that are no UTF-8 are spelled out."""
        return self.path.name.encode("utf-8", "backslashreplace").decode()

    @property
    def inner_suffix(self) -> str:
        """The suffix that says the kind: of `a.csv.gz`, `.csv`."""
        suffixes = [suffix.lower() for suffix in self.path.suffixes]
        if self.packing and len(suffixes) > 1 and suffixes[-1] in {".gz", ".zip"}:
            return suffixes[-2]
        return suffixes[-1] if suffixes else ""


def find_source(path: Path) -> Source:
    """The file, looked at; one sentence when it is none."""
    try:
        state = path.stat()
        if stat.S_ISDIR(state.st_mode):
            raise BadInput("file_is_folder", fields={"file": path})
        if not stat.S_ISREG(state.st_mode):
            raise BadInput("file_is_no_file", fields={"file": path})
        with path.open("rb") as stream:
            head = stream.read(4)
    except FileNotFoundError as error:
        raise BadInput("file_missing", fields={"file": path}) from error
    except (OSError, ValueError) as error:
        raise BadInput("file_unreadable", fields={"file": path}) from error
    if not head:
        raise BadInput("file_empty", fields={"file": path.name})
    packing = "gzip" if head[:2] == GZIP else None
    if head == ZIP and path.suffix.lower() == ".zip":
        packing = "zip"
    source = Source(
        path=path, size=state.st_size, changed_ns=state.st_mtime_ns, inode=state.st_ino,
        packing=packing,
    )  # fmt: skip
    if packing:
        _check_inflated(source)
    return source


def check_unchanged(source: Source) -> None:
    """Refuses a file that is no longer what it was when it was first seen."""
    try:
        state = source.path.stat()
    except OSError as error:
        raise BadInput("changed_while_read", fields={"file": source.name}) from error
    seen = (source.size, source.changed_ns, source.inode)
    if (state.st_size, state.st_mtime_ns, state.st_ino) != seen:
        raise BadInput("changed_while_read", fields={"file": source.name})


@contextmanager
def open_bytes(source: Source) -> Iterator[BinaryIO]:
    """The bytes of a file, inflated."""
    try:
        if source.packing == "zip":
            with zipfile.ZipFile(source.path) as archive, archive.open(_member(archive)) as stream:
                yield cast("BinaryIO", stream)
        elif source.packing == "gzip":
            with gzip.open(source.path) as packed:
                yield cast("BinaryIO", packed)
        else:
            with source.path.open("rb") as plain:
                yield plain
    except (
        zipfile.BadZipFile,
        gzip.BadGzipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
    ) as error:
        raise BadInput("damaged_archive", fields={"file": source.name}) from error
    except OSError as error:
        raise BadInput("file_unreadable", fields={"file": source.path}) from error


def check_members(path: Path) -> None:
    """Inflates every member of a zip (a workbook is one) to nowhere, within bounds."""
    try:
        with zipfile.ZipFile(path) as archive:
            size, inflated = path.stat().st_size, 0
            for member in archive.infolist():
                with archive.open(member) as stream:
                    inflated = _inflate(cast("BinaryIO", stream), path.name, size, inflated)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise BadInput("damaged_archive", fields={"file": path.name}) from error
    except OSError as error:
        raise BadInput("file_unreadable", fields={"file": path}) from error


def _check_inflated(source: Source) -> None:
    """Reads the whole before any row is kept: a bomb or a damaged end is found first."""
    with open_bytes(source) as stream:
        _inflate(stream, source.name, source.size, 0)


def _inflate(stream: BinaryIO, name: str, packed: int, inflated: int) -> int:
    while piece := stream.read(PIECE):
        inflated += len(piece)
        bomb = inflated > RATIO_FROM and inflated > RATIO_AT_MOST * packed
        if bomb or inflated > INFLATED_AT_MOST:
            raise BadInput("inflates_too_much", fields={"file": name, "bytes": inflated})
    return inflated


def _member(archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    members = [member for member in archive.infolist() if not member.is_dir()]
    if len(members) != 1:
        raise BadInput(
            "archive_of_many",
            fields={"file": Path(archive.filename or "").name, "files": len(members)},
        )
    if members[0].flag_bits & 1:
        raise BadInput("archive_locked", fields={"file": Path(archive.filename or "").name})
    return members[0]


@contextmanager
def in_memory(data: bytes) -> Iterator[str]:
    """A path under which DuckDB reads these bytes; it has no name on any disk where possible."""
    if hasattr(os, "memfd_create"):
        descriptor = os.memfd_create("sheet")
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(descriptor, view) :]
            yield f"/proc/self/fd/{descriptor}"
        finally:
            os.close(descriptor)
        return
    import tempfile

    with tempfile.NamedTemporaryFile(suffix=".csv") as file:
        file.write(data)
        file.flush()
        yield file.name


@contextmanager
def engine_path(path: Path) -> Iterator[str]:
    """A path under which DuckDB reads this very file: `[a]*.csv` would be a pattern to it."""
    if not Path("/proc/self/fd").is_dir():
        yield str(path.resolve())
        return
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except OSError as error:
        raise BadInput("file_unreadable", fields={"file": path}) from error
    try:
        yield f"/proc/self/fd/{descriptor}"
    finally:
        os.close(descriptor)


def copy_in(folder: Path | None) -> io.BufferedRandom:
    """A nameless file in a folder of the home (or of the system): gone with its last reader."""
    import tempfile

    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
    return tempfile.TemporaryFile(dir=folder)
