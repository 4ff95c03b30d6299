"""What makes bytes stay: fsync of files and folders, the exclusive lock, and one reading of errors.

A failed fsync is never retried: the kernel may have dropped the pages, so a second call that
succeeds proves nothing. The error says so and the home refuses writes until it is opened again.
"""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import disk_usage

from verite.words.errors import HomeError

FULL_DISK = frozenset({errno.ENOSPC, errno.EDQUOT})
_ROOM = 64 * 1024
_DISK_WORDS = ("localfilesystem", "io error", "os error", "input/output error")
_FULL_WORDS = ("no space left", "disk is full", "quota exceeded", "os error 28", "storagefull")


def sync(paths: Iterable[Path]) -> None:
    """Bytes (of a file) or names (of a folder) are on the disk when it returns."""
    for path in paths:
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        except OSError as error:
            if error.errno in FULL_DISK:
                raise HomeError("disk_full", fields={"path": path}) from error
            raise HomeError("fsync_failed", fields={"path": path}) from error
        finally:
            os.close(descriptor)


def is_full(path: Path) -> bool:
    """Whether the disk of a path has no room left for a few pages."""
    try:
        return disk_usage(path).free < _ROOM
    except OSError:
        return False


def replace(path: Path, content: bytes) -> None:
    """The file holds these bytes, or what it held before: written aside, synced, renamed."""
    aside = path.with_name(path.name + ".part")
    with write_errors(path):
        aside.write_bytes(content)
    sync([aside])
    aside.replace(path)
    sync([path.parent])


@contextmanager
def write_errors(path: Path) -> Iterator[None]:
    """Any failure to write under `path` becomes a `HomeError` that says what to do."""
    try:
        yield
    except Exception as error:
        found = as_home_error(error, path)
        if found is None:
            raise
        raise found from error


def as_home_error(error: Exception, path: Path) -> HomeError | None:
    """The `HomeError` of a failed write, whatever library met it; None when it is no such thing.

    >>> str(as_home_error(OSError(28, "No space left on device"), Path("h")))
    'disk_full: path=h'
    """
    if isinstance(error, HomeError):
        return error
    words = str(error).lower()
    if any(word in words for word in _FULL_WORDS):
        return HomeError("disk_full", fields={"path": path})
    if isinstance(error, OSError):
        code = "disk_full" if error.errno in FULL_DISK else "disk_error"
        return HomeError(code, fields={"path": path, "detail": error})
    if any(word in words for word in _DISK_WORDS):
        return HomeError("disk_error", fields={"path": path, "detail": error})
    return None


class Lock:
    """The exclusive lock of a home: one committer or maintainer at a time, over all processes.

    The kernel frees it when its holder dies, whatever the way.
    """

    def __init__(self, path: Path) -> None:
        with write_errors(path):
            self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Waits for its turn, holds it, gives it back."""
        fcntl.flock(self._descriptor, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(self._descriptor, fcntl.LOCK_UN)

    @contextmanager
    def shared(self) -> Iterator[None]:
        """Holds it together with others who share it."""
        fcntl.flock(self._descriptor, fcntl.LOCK_SH)
        try:
            yield
        finally:
            fcntl.flock(self._descriptor, fcntl.LOCK_UN)

    @contextmanager
    def held_if_free(self) -> Iterator[bool]:
        """Holds it when nobody does; yields whether it does."""
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        try:
            yield True
        finally:
            fcntl.flock(self._descriptor, fcntl.LOCK_UN)

    def close(self) -> None:
        """Gives the file back."""
        os.close(self._descriptor)
