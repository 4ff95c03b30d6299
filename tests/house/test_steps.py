"""A step of the loop that is present in one of library, records, web, CLI, docs is in all."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "verite"
STEPS = (
    "listen", "unify", "map", "moments", "diagnose",
    "prioritise", "act", "experiment", "verify", "tell",
)  # fmt: skip


def rooms(step: str) -> dict[str, bool]:
    return {
        "library": (SOURCE / "loop" / step).is_dir(),
        "records": (SOURCE / "records" / step).is_dir(),
        "web": (SOURCE / "web" / step).is_dir(),
        "cli": (SOURCE / "cli" / f"{step}.py").is_file(),
        "docs": (ROOT / "docs" / f"{step}.md").is_file(),
        "docs in French": (ROOT / "docs" / "fr" / f"{step}.md").is_file(),
    }


def test_a_step_is_everywhere_or_nowhere() -> None:
    halves = {step: rooms(step) for step in STEPS if len(set(rooms(step).values())) > 1}
    assert halves == {}


def test_at_least_one_step_is_built() -> None:
    assert any(all(rooms(step).values()) for step in STEPS)
