"""A mapping written as TOML, as `read_mapping` reads it."""

from __future__ import annotations

import json

from verite.loop.listen.mapping import Branch, Mapping

WRITING = ("zone", "encoding", "separator", "decimal")


def write_mapping(mapping: Mapping) -> str:
    """The TOML of a mapping.

    >>> from verite.loop.listen.mapping_toml import read_mapping
    >>> print(write_mapping(read_mapping('zone = "UTC"\\n[columns]\\nat = "Date"')))
    zone = "UTC"
    <BLANKLINE>
    [[rows]]
    columns = { "at" = "Date" }
    <BLANKLINE>
    """
    lines = [
        f"{name} = {_string(value)}"
        for name in WRITING
        if (value := getattr(mapping, name)) is not None
    ]
    if mapping.day_first is not None:
        lines.append(f"day_first = {str(mapping.day_first).lower()}")
    for branch in mapping.branches:
        lines += ["", "[[rows]]", *_branch(branch)]
    return "\n".join(lines) + "\n"


def _branch(branch: Branch) -> list[str]:
    said: dict[str, dict[str, str]] = {
        "columns": {f.field: f.column for f in branch.fillings if f.column is not None},
        "constants": {f.field: f.constant for f in branch.fillings if f.constant is not None},
        "formats": {f.field: f.format for f in branch.fillings if f.format is not None},
        "prefixes": {f.field: f.prefix for f in branch.fillings if f.prefix is not None},
    }
    lines = [f"name = {_string(branch.name)}"] if branch.name else []
    if branch.when is not None:
        lines.append(f"when = {_string(branch.when)}")
    lines += [f"{table} = {_table(pairs)}" for table, pairs in said.items() if pairs]
    values = {f.field: _table(dict(f.values)) for f in branch.fillings if f.values}
    if values:
        inner = ", ".join(f"{_string(field)} = {pairs}" for field, pairs in values.items())
        lines.append(f"values = {{ {inner} }}")
    return lines


def _table(pairs: dict[str, str]) -> str:
    return "{ " + ", ".join(f"{_string(k)} = {_string(v)}" for k, v in pairs.items()) + " }"


def _string(text: str) -> str:
    """A basic string: JSON's escapes are TOML's, but for DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
