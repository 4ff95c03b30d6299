"""What must never be in the repository: hosts in locks, machine paths, real data."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
TEXT = {".py", ".md", ".toml", ".txt", ".cfg", ".lock", ".html", ".css", ".js", ".sh", ".sql", ""}


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [ROOT / line for line in listed.stdout.splitlines() if (ROOT / line).is_file()]


def test_locks_name_no_host() -> None:
    for lock in ROOT.glob("*.lock"):
        assert "://" not in lock.read_text(encoding="utf-8"), lock.name


def test_every_locked_package_has_a_hash() -> None:
    for lock in ROOT.glob("*.lock"):
        text = lock.read_text(encoding="utf-8").replace("\\\n", " ")
        for line in text.splitlines():
            if re.match(r"^[a-z0-9]", line):
                assert "--hash=sha256:" in line, line[:60]


def test_no_absolute_path_of_a_machine() -> None:
    bad = re.compile(r"(?<![\w.])/(?:home|work|root|Users)/[\w.-]+/")
    for file in tracked():
        if file.suffix in TEXT and file.name != Path(__file__).name:
            text = file.read_text(encoding="utf-8", errors="replace")
            assert not bad.search(text), f"{file.relative_to(ROOT)}: {bad.search(text)}"


def test_no_file_is_large() -> None:
    heavy = [f.name for f in tracked() if f.stat().st_size > 600_000 and f.suffix != ".lock"]
    assert heavy == []
