"""Records what a program does to its home, with strace, as operations of a disk."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.crash.disk import Operation

CALLS = (
    "openat,open,creat,write,pwrite64,writev,pwritev,pwritev2,lseek,fsync,fdatasync,rename,renameat,"
    "renameat2,link,linkat,unlink,unlinkat,rmdir,ftruncate,mkdir,mkdirat,copy_file_range,sendfile,"
    "fallocate,sync_file_range"
)
ACK = b"ACK "
_CALL = re.compile(r"(\w+)\((.*)\)\s+= (-?\d+)(?:<([^>]*)>)?", re.S)
_DESCRIPTOR = re.compile(r"(\d+)<([^>]*)>")
_STRING = r'"((?:\\x[0-9a-f]{2})*)"'
_PLACED = re.compile(r"(?:(?:AT_FDCWD|\d+)(?:<([^>]*)>)?, )?" + _STRING)


def has_strace() -> bool:
    """Whether this machine can record."""
    return shutil.which("strace") is not None


def record(module: str, home: Path, *arguments: str) -> list[Operation]:
    """Runs a module on a home and answers what it did there, in order, over all its processes."""
    log = home.with_suffix(".strace")
    told = ["-y", "-xx", "-s", "50000000", "-e", f"trace={CALLS}"]
    run = [sys.executable, "-m", module, str(home), *arguments]
    subprocess.run(
        ["strace", "-f", "--seccomp-bpf", *told, "-o", str(log), *run],
        check=True,
        stdout=subprocess.DEVNULL,
        cwd=Path(__file__).parents[2],
    )
    try:
        return list(Reader(str(home)).operations(_joined(log)))
    finally:
        log.unlink()


def _joined(log: Path) -> Iterator[str]:
    """Calls that strace cut in two because another thread spoke, as one, when they ended."""
    begun: dict[str, str] = {}
    with log.open(errors="replace") as lines:
        for line in lines:
            thread, _, call = line.rstrip("\n").partition(" ")
            call = call.strip()
            if call.endswith("<unfinished ...>"):
                begun[thread] = call.removesuffix("<unfinished ...>")
                continue
            resumed = re.match(r"<\.\.\. \w+ resumed>(.*)$", call, re.S)
            yield begun.pop(thread, "") + resumed.group(1) if resumed else call


class Reader:
    """Turns calls into operations on one home. An unknown way of writing is an error, not a gap."""

    def __init__(self, home: str) -> None:
        self._home = home
        self._offsets: dict[tuple[int, str], int | None] = {}

    def operations(self, calls: Iterator[str]) -> Iterator[Operation]:
        """What the calls did to the home, and what was acknowledged."""
        for call in calls:
            found = _CALL.match(call)
            if found is None or int(found.group(3)) < 0:
                continue
            name, arguments, answer, opened = found.groups()
            if name in {"openat", "open", "creat"}:
                yield from self._open(arguments, int(answer), _text(opened or ""))
            elif name in {"write", "pwrite64", "lseek", "fsync", "fdatasync", "ftruncate"}:
                yield from self._on_descriptor(name, arguments, int(answer))
            elif name.startswith(("rename", "link", "unlink", "mkdir", "rmdir")):
                yield from self._on_names(name, arguments)
            elif any(self._is_home(_text(p)) for _, p in _DESCRIPTOR.findall(arguments)):
                raise NotImplementedError(name)

    def _is_home(self, path: str) -> bool:
        return path.startswith(self._home + "/") or path == self._home

    def _open(self, arguments: str, descriptor: int, path: str) -> Iterator[Operation]:
        if not self._is_home(path):
            return
        self._offsets[descriptor, path] = None if "O_APPEND" in arguments else 0
        if "O_CREAT" in arguments:
            yield Operation("create", path)
        if "O_TRUNC" in arguments:
            yield Operation("cut", path, offset=0)

    def _on_descriptor(self, name: str, arguments: str, answer: int) -> Iterator[Operation]:
        found = _DESCRIPTOR.match(arguments)
        if found is None:
            return
        descriptor, path = int(found.group(1)), _text(found.group(2))
        if name == "write" and descriptor == 1:
            yield from _acks(_data(arguments)[:answer])
        if not self._is_home(path):
            return
        key = descriptor, path
        match name:
            case "write":
                offset = self._offsets.get(key, 0)
                if offset is not None:
                    self._offsets[key] = offset + answer
                yield Operation("write", path, offset=offset, data=_data(arguments)[:answer])
            case "pwrite64":
                offset = int(arguments.rsplit(",", 1)[1])
                yield Operation("write", path, offset=offset, data=_data(arguments)[:answer])
            case "lseek":
                self._offsets[key] = answer
            case "ftruncate":
                yield Operation("cut", path, offset=int(arguments.rsplit(",", 1)[1]))
            case _:
                yield Operation("sync", path)

    def _on_names(self, name: str, arguments: str) -> Iterator[Operation]:
        paths = [
            _text(text) if text.startswith(r"\x2f") else f"{_text(folder)}/{_text(text)}"
            for folder, text in _PLACED.findall(arguments)
        ]
        if paths and self._is_home(paths[0]):
            call = re.sub(r"at2?$", "", name).replace("rmdir", "unlink")
            yield Operation(call, paths[0], paths[1] if len(paths) > 1 else "")


def _acks(data: bytes) -> Iterator[Operation]:
    for line in data.splitlines():
        if line.startswith(ACK):
            yield Operation("ack", tokens=tuple(line[len(ACK) :].decode().split()))


def _text(escaped: str) -> str:
    if "\\x" not in escaped:
        return escaped
    return bytes.fromhex(escaped.replace("\\x", "")).decode(errors="replace")


def _data(arguments: str) -> bytes:
    found = re.search(_STRING, arguments)
    return bytes.fromhex(found.group(1).replace("\\x", "")) if found else b""


def tokens_of(output: bytes) -> tuple[str, ...]:
    """The rows that a program's output confirms."""
    return tuple(token for ack in _acks(output) for token in ack.tokens)


def injected(module: str, home: Path, faults: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """Runs a module with strace injecting faults; answers its last words and what it confirmed."""
    rules = [part for fault in faults for part in ("-e", f"inject={fault}")]
    traced = ",".join(fault.split(":")[0] for fault in faults)
    # Without --seccomp-bpf, which is quicker but injects no signal.
    tracer = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={traced}", *rules]
    done = subprocess.run(
        [*tracer, sys.executable, "-m", module, str(home)],
        capture_output=True,
        check=False,
        timeout=120,
        cwd=Path(__file__).parents[2],
    )
    words = done.stderr.decode(errors="replace").strip().splitlines()
    return words[-1] if words else "", tokens_of(done.stdout)
