"""`python -m bench`: one table, side by side in one run; exit 1 when a bound is missed."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from bench import (
    cockpit,
    collector,
    identical,
    imports,
    moments,
    ordered,
    promises,
    stories,
    unify,
)
from bench.synthetic import Synthetic, write
from bench.table import Line, markdown

_PEOPLE_PER_ROW = 1 / 20
_LINEAR = 12.0


def run() -> int:
    """Measures at the asked size and at a tenth of it."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--folder", type=Path, help="keeps the data here, to run again faster")
    parser.add_argument("--skip-import", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="verite-bench-") as scratch:
        lines = measure(
            asked.folder or Path(scratch), asked.rows, imports_too=not asked.skip_import
        )
    print(
        f"{asked.rows:,} rows, {int(asked.rows * _PEOPLE_PER_ROW):,} people; "
        f"medians of 3, imports once; load {os.getloadavg()[0]:.1f} at the end\n"
    )
    print(markdown(lines))
    return 0 if all(line.holds for line in lines) else 1


def measure(folder: Path, rows: int, *, imports_too: bool) -> list[Line]:
    """Every line of the table."""
    small, large = _data(folder, rows // 10), _data(folder, rows)
    _, tenth = ordered.measure(folder / "small", small)
    lines, cold = ordered.measure(folder / "large", large)
    lines.append(
        Line(
            what=f"build and graph: {rows:,} rows against {rows // 10:,}",
            ours=f"{cold:.2f} s",
            against=f"{tenth:.2f} s",
            figure=cold / tenth,
            bound=_LINEAR,
        )
    )
    lines.append(ordered.peak_memory(folder / "large", large))
    if imports_too:
        lines.extend(imports.measure(folder, large))
    lines.extend(stories.measure(folder, large))
    lines.extend(promises.measure(folder / "large", large))
    lines.extend(unify.measure(folder, rows // 2))
    lines.extend(moments.measure(max(1000, rows // 20)))
    lines.extend(identical.measure(rows // 10))
    return [*lines, *cockpit.measure(folder), *collector.measure(folder)]


def _data(folder: Path, rows: int) -> tuple[str, ...]:
    place = folder / f"rows-{rows}"
    if place.exists():
        return tuple(str(file) for file in sorted(place.glob("*.parquet")))
    return write(place, Synthetic(rows=rows, people=max(10, int(rows * _PEOPLE_PER_ROW))))


if __name__ == "__main__":
    sys.exit(run())
