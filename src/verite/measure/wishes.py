"""Targets written in a TOML file: `[[target]]` tables with metric, target, touchpoint, label."""

from __future__ import annotations

import tomllib
from pathlib import Path

from verite.words.errors import BadInput
from verite.words.measured import Target


def read_targets(text: str, *, file: str = "targets.toml") -> tuple[Target, ...]:
    """The targets of a TOML text; raises `BadInput` with the number of the wrong one.

    >>> read_targets('[[target]]\\nmetric = "csat"\\ntarget = 90')[0].target
    90.0
    """
    try:
        tables = tomllib.loads(text).get("target", [])
    except tomllib.TOMLDecodeError as error:
        raise BadInput("bad_targets", fields={"file": file, "detail": error}) from error
    if not isinstance(tables, list) or not tables:
        raise BadInput("bad_targets", fields={"file": file, "detail": "[[target]]"})
    return tuple(_read(table, number, file) for number, table in enumerate(tables, start=1))


def open_targets(file: Path) -> tuple[Target, ...]:
    """The targets of a file."""
    try:
        return read_targets(file.read_text(encoding="utf-8"), file=str(file))
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput("no_such_file", fields={"file": file}) from error


def _read(table: object, number: int, file: str) -> Target:
    wrong = BadInput("bad_targets", fields={"file": file, "detail": f"[[target]] {number}"})
    if not isinstance(table, dict):
        raise wrong
    metric, figure = table.get("metric"), table.get("target")
    if not isinstance(metric, str) or isinstance(figure, bool):
        raise wrong
    if not isinstance(figure, int | float):
        raise wrong
    touchpoint, label, now = table.get("touchpoint"), table.get("label"), table.get("now")
    return Target(
        touchpoint=None if touchpoint is None else str(touchpoint),
        metric=metric,
        target=float(figure),
        now=float(now) if isinstance(now, int | float) else None,
        label=None if label is None else str(label),
    )
