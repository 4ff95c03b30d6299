"""A disk that forgets: what files hold in memory, and what a power cut may leave of them.

Two views are kept: what programs see, and what was synced. A cut leaves, for each file, its synced
bytes plus any part of what was written since; and names either as seen or as their folder was last
synced.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

PAGE = 4096
Files = Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing a program did. `call` is create, cut, write, sync, rename, link, unlink, mkdir
    or ack; `offset` None appends; `tokens` are the rows an ack confirms."""

    call: str
    path: str = ""
    other: str = ""
    offset: int | None = 0
    data: bytes = b""
    tokens: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class State:
    """What a cut left: files, folders, and which rows had been confirmed before."""

    kind: str
    files: Files
    folders: frozenset[str]
    acknowledged: tuple[str, ...]


@dataclass(slots=True)
class Inode:
    """The bytes of a file: as seen, as synced, and the writes between the two."""

    seen: bytearray = field(default_factory=bytearray)
    synced: bytes = b""
    pending: list[Operation] = field(default_factory=list)


class Disk:
    """Follows operations and tells the states that a cut at this moment may leave."""

    def __init__(self, home: str) -> None:
        self._home = home
        self._names: dict[str, Inode] = {}
        self._synced_names: dict[str, Inode] = {}
        self._folders: set[str] = {home}
        self._synced_folders: set[str] = {home}

    def follow(self, done: Operation) -> None:
        """One operation happens."""
        match done.call:
            case "create" | "cut" | "write":
                self._change(done)
            case "sync":
                self._sync(done.path)
            case "rename":
                self._rename(done.path, done.other)
            case "link":
                self._names[done.other] = self._names[done.path]
            case "unlink":
                self._names.pop(done.path, None)
                self._folders.discard(done.path)
            case "mkdir":
                self._folders.add(done.path)

    def _change(self, done: Operation) -> None:
        inode = self._names.setdefault(done.path, Inode())
        if done.call == "create":
            return
        if done.offset is None:
            done = Operation("write", done.path, offset=len(inode.seen), data=done.data)
        inode.pending.append(done)
        _apply(inode.seen, done)

    def _sync(self, path: str) -> None:
        if path in self._names:
            inode = self._names[path]
            if inode.pending:
                inode.synced, inode.pending = bytes(inode.seen), []
            return
        for name in [name for name in self._synced_names if os.path.dirname(name) == path]:
            del self._synced_names[name]
        for name, inode in self._names.items():
            if os.path.dirname(name) == path:
                self._synced_names[name] = inode
        self._synced_folders -= {name for name in self._synced_folders if _is_in(name, path)}
        self._synced_folders |= {name for name in self._folders if _is_in(name, path)}

    def _rename(self, old: str, new: str) -> None:
        if old in self._names:
            self._names[new] = self._names.pop(old)
        elif old in self._folders:
            for name in [name for name in self._names if name.startswith(old + "/")]:
                self._names[new + name[len(old) :]] = self._names.pop(name)
            for name in [name for name in self._folders if (name + "/").startswith(old + "/")]:
                self._folders.remove(name)
                self._folders.add(new + name[len(old) :])

    def states(
        self, chance: random.Random, acknowledged: tuple[str, ...], *, torn: int
    ) -> Iterator[State]:
        """Lazy: names kept, unsynced bytes lost. Strict: names as synced. Torn: pages at random."""
        folders = frozenset(self._folders)
        lazy = {name: inode.synced for name, inode in self._names.items()}
        yield State("lazy", lazy, folders, acknowledged)
        strict = {
            name: inode.synced
            for name, inode in self._synced_names.items()
            if self._is_reachable(os.path.dirname(name))
        }
        reachable = frozenset(name for name in self._synced_folders if self._is_reachable(name))
        yield State("strict", strict, reachable, acknowledged)
        if any(inode.pending for inode in self._names.values()):
            for _ in range(torn):
                left = {name: _torn(inode, chance) for name, inode in self._names.items()}
                yield State("torn", left, folders, acknowledged)

    def _is_reachable(self, folder: str) -> bool:
        while folder != self._home:
            if folder not in self._synced_folders:
                return False
            folder = os.path.dirname(folder)
        return True


def _is_in(name: str, folder: str) -> bool:
    return os.path.dirname(name) == folder


def _apply(content: bytearray, done: Operation) -> None:
    offset = done.offset or 0
    if done.call == "cut":
        del content[offset:]
        content.extend(bytes(offset - len(content)))
        return
    if len(content) < offset:
        content.extend(bytes(offset - len(content)))
    content[offset : offset + len(done.data)] = done.data


def _torn(inode: Inode, chance: random.Random) -> bytes:
    """The synced bytes, with some of the later writes, page by page."""
    if not inode.pending:
        return inode.synced
    content = bytearray(inode.synced)
    for done in inode.pending:
        if chance.random() < 0.5:
            continue
        if done.call == "cut":
            _apply(content, done)
            continue
        for start in range(0, len(done.data), PAGE):
            if chance.random() < 0.5:
                page = done.data[start : start + PAGE]
                at = (done.offset or 0) + start
                _apply(content, Operation("write", offset=at, data=page))
    return bytes(content)
