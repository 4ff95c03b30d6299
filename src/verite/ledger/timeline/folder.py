"""A timeline's folder: made aside, then renamed; complete or ignored; older ones removed.

It can always be made again, so nothing is synced where the kernel tells one boot from the next: a
folder written before the last boot is not trusted, since a power cut may have torn it.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from verite.ledger.durable import sync
from verite.words.errors import HomeError

_LAYOUT = 2
_BOOT = Path("/proc/sys/kernel/random/boot_id")
_COMPLETE = "complete.json"
_ASIDE = "aside-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a complete timeline was made from."""

    ledger_version: int
    people_version: int
    files: tuple[str, ...]
    rows: int
    segments: tuple[str, ...]
    engine: str
    layout: int = _LAYOUT
    boot: str = ""
    sizes: tuple[tuple[str, int], ...] = ()  # the files it was published with, in bytes


def name_of(ledger_version: int, people_version: int) -> str:
    """The folder of a pair of versions.

    >>> name_of(12, 3)
    '12-3'
    """
    return f"{ledger_version}-{people_version}"


@cache
def boot() -> str:
    """The kernel's name for this boot; empty where it gives none."""
    try:
        return _BOOT.read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return ""


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest of a complete timeline of this layout and boot; nothing for any other folder."""
    try:
        found = json.loads((folder / _COMPLETE).read_text(encoding="utf-8"))
        if (found.get("layout"), found.get("boot")) != (_LAYOUT, boot()):
            return None
        found["files"], found["segments"] = tuple(found["files"]), tuple(found["segments"])
        found["sizes"] = tuple((str(name), int(size)) for name, size in found["sizes"])
        manifest = Manifest(**found)
        whole = all((folder / name).stat().st_size == size for name, size in manifest.sizes)
        return manifest if whole else None
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def complete_folders(parent: Path) -> dict[Path, Manifest]:
    """Every complete timeline under a folder."""
    found = ((folder, read_manifest(folder)) for folder in sorted(parent.glob("*-*")))
    return {folder: manifest for folder, manifest in found if manifest is not None}


@contextlib.contextmanager
def building(parent: Path) -> Iterator[None]:
    """One builder at a time; whatever lies aside was left by one that died."""
    parent.mkdir(parents=True, exist_ok=True)
    with open(parent / ".lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for left in parent.glob(_ASIDE + "*"):
            shutil.rmtree(left, ignore_errors=True)
        yield


def make_aside(parent: Path) -> Path:
    """A new folder to build in; call it while building."""
    return Path(tempfile.mkdtemp(prefix=_ASIDE, dir=parent))


def publish(aside: Path, manifest: Manifest) -> Path:
    """Marks the folder complete and gives it its name in one rename; removes all the others."""
    made = sorted(aside.iterdir())
    sizes = tuple((path.name, path.stat().st_size) for path in made)
    manifest = replace(manifest, boot=boot(), sizes=sizes)
    (aside / _COMPLETE).write_text(json.dumps(asdict(manifest)), encoding="utf-8")
    _settle(*made, aside / _COMPLETE, aside)
    target = aside.parent / name_of(manifest.ledger_version, manifest.people_version)
    if target.exists():
        shutil.rmtree(target)
    aside.rename(target)
    for other in aside.parent.glob("*-*"):
        if other != target:
            shutil.rmtree(other, ignore_errors=True)
    return target


def save(folder: Path, name: str, values: NDArray[np.generic]) -> None:
    """Keeps an array beside the others, whole or not at all."""
    _keep(folder / f"{name}.npy", lambda file: np.save(file, values))


def save_labels(folder: Path, name: str, labels: tuple[str, ...]) -> None:
    """Keeps a dictionary of labels, whole or not at all."""
    content = json.dumps(labels, ensure_ascii=False).encode()
    _keep(folder / f"{name}.json", lambda file: file.write(content))


def _keep(path: Path, write: Callable[[BinaryIO], object]) -> None:
    """What is kept can be made again: a full disk or a removed folder spoils no answer."""
    aside = None
    try:
        handle, aside = tempfile.mkstemp(prefix=".", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            write(file)
        _settle(Path(aside))
        os.replace(aside, path)
    except (OSError, HomeError):
        if aside is not None:
            Path(aside).unlink(missing_ok=True)


def _settle(*paths: Path) -> None:
    """Without boots to tell apart, bytes must be on the disk before they get their name."""
    if not boot():
        sync(paths)


def load(folder: Path, name: str) -> NDArray[np.generic] | None:
    """A memory-mapped array, or nothing where it was never made."""
    try:
        # Copy on write: compiled kernels take read-only arrays for another type, compiled twice.
        return np.asarray(np.load(folder / f"{name}.npy", mmap_mode="c"))
    except FileNotFoundError:
        return None
    except ValueError:  # numpy cannot map an empty array
        return np.asarray(np.load(folder / f"{name}.npy"))


def load_labels(folder: Path, name: str) -> tuple[str, ...] | None:
    """A dictionary of labels, or nothing where it was never made."""
    try:
        return tuple(json.loads((folder / f"{name}.json").read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
