"""Writes docs/errors.md and docs/cli.md from the catalogues and the commands (`make docs`)."""

from __future__ import annotations

from pathlib import Path

import click
from typer.main import get_command

from verite.sentences.catalogue import catalogue

ROOT = Path(__file__).parents[1]


def write_errors() -> None:
    """One line per code, with its two sentences."""
    lines = [
        "# Error codes",
        "",
        "Each error says what, where, and the remedy. Made by `make docs`.",
        "",
        "| code | français | English |",
        "|---|---|---|",
    ]
    codes = catalogue("errors")
    for code in sorted(codes):
        french, english = (codes[code][lang].replace("|", "\\|") for lang in ("fr", "en"))
        lines.append(f"| `{code}` | {french} | {english} |")
    (ROOT / "docs" / "errors.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_commands() -> None:
    """One section per command: what it does, its arguments and options."""
    from verite.cli.main import app

    group = get_command(app)
    lines = [
        "# Commands",
        "",
        "`verite [--home DIR] [--json] [--lang fr|en] [--as-of DATE] COMMAND`: these four options",
        "may stand before or after the command. Exit 0: done; 1: a check failed; 2: wrong use or",
        "bad input, told in one sentence on stderr. Made by `make docs`.",
    ]
    assert isinstance(group, click.Group) or hasattr(group, "commands")
    for name, command in sorted(group.commands.items()):
        lines += ["", f"## verite {name}", "", (command.help or "").strip(), ""]
        for parameter in command.params:
            told = getattr(parameter, "help", None) or ""
            least = getattr(parameter, "min", None)
            told += "" if least is None else f" At least {least}."
            lines.append(f"- `{'`, `'.join(label_of(parameter))}` {told}".rstrip())
    (ROOT / "docs" / "cli.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def label_of(parameter: click.Parameter) -> list[str]:
    """How a parameter is typed."""
    if parameter.param_type_name == "argument":
        return [(parameter.metavar or parameter.name or "").upper()]
    return [*parameter.opts, *parameter.secondary_opts]


if __name__ == "__main__":
    write_errors()
    write_commands()
