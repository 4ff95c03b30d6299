"""The demo, made: a folder of files as Clairvoie's systems would export them."""

from __future__ import annotations

from pathlib import Path


def generate(folder: Path, *, people: int = 20_000, seed: int = 1) -> tuple[Path, ...]:
    """The files of a year of Clairvoie, one per source system, ready to be listened to.

    The same seed writes the same bytes; the year ends on 2026-10-31, Paris time.
    """
    from verite.demo.files import write_files
    from verite.demo.year import live_a_year

    return write_files(folder, live_a_year(people, seed))
