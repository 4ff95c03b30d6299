"""The wheel carries what the pages need: templates, static files, words, designs, samples."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[2]


def copy_tracked(folder: Path) -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    names = [name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    return names


def test_the_wheel_carries_every_file_of_the_package(tmp_path: Path) -> None:
    names = copy_tracked(tmp_path / "source")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps"]
    command += ["--no-build-isolation", "--no-index", "--wheel-dir", str(tmp_path)]
    done = subprocess.run(
        [*command, str(tmp_path / "source")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    carried = set(zipfile.ZipFile(next(tmp_path.glob("verite-*.whl"))).namelist())
    ours = [name.removeprefix("src/") for name in names if name.startswith("src/verite/")]
    assert [name for name in ours if name not in carried] == []
