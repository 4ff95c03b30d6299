"""How much memory a process held at most."""

from __future__ import annotations

from pathlib import Path


def own_peak() -> int:
    """Kilobytes this process held at most. Not `ru_maxrss`: that one survives exec, so a child
    of a large process reports its parent's memory."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:"))
