"""`import verite` stays light: heavy libraries load when used."""

from __future__ import annotations

import subprocess
import sys


def test_importing_the_package_loads_no_heavy_library() -> None:
    code = (
        "import verite, sys;"
        "heavy = {'duckdb', 'numba', 'numpy', 'scipy', 'deltalake', 'django', 'rich'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"
