"""The table: one line per measurement, with its bound and whether it holds."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

RUNS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One measurement: ours, what it is held against, and the bound on the figure."""

    what: str
    ours: str
    against: str
    figure: float
    bound: float
    at_most: bool = True

    @property
    def holds(self) -> bool:
        """Whether the figure is within its bound."""
        return self.figure <= self.bound if self.at_most else self.figure >= self.bound


def median_seconds(work: Callable[[], object], *, runs: int = RUNS) -> float:
    """The median duration of a few runs."""
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def ratio(what: str, ours: float, against: tuple[str, float], bound: float) -> Line:
    """Our seconds as a share of another's."""
    return Line(
        what=what,
        ours=f"{ours:.2f} s",
        against=f"{against[0]} {against[1]:.2f} s",
        figure=ours / against[1],
        bound=bound,
    )


def markdown(lines: list[Line]) -> str:
    """The whole table."""
    rows = [
        "| what | ours | against | figure | bound | |",
        "|---|---:|---:|---:|---:|---|",
    ]
    for line in lines:
        sign = "≤" if line.at_most else "≥"
        verdict = "pass" if line.holds else "MISSED"
        figure = f"{line.figure:,.3f}" if line.figure < 1000 else f"{line.figure:,.0f}"
        rows.append(
            f"| {line.what} | {line.ours} | {line.against} | {figure} "
            f"| {sign} {line.bound:g} | {verdict} |"
        )
    return "\n".join(rows)
