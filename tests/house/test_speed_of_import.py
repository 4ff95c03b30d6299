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


def test_a_command_that_asks_little_waits_for_no_compiler_and_no_catalogue() -> None:
    code = (
        "import verite.cli.main, sys;"
        "early = 'verite.sentences' in sys.modules;"
        "import verite.home.home, verite.ledger.ledger, verite.ledger.timeline.timeline;"
        "import verite.ledger.graph;"
        "print(early, 'numba' in sys.modules, 'scipy' in sys.modules)"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "False False False"
