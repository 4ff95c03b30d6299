"""What the parser of the command line refused, as one of our errors."""

from __future__ import annotations

import re
from typing import Final

from typer.exceptions import TyperException

from verite.words.errors import WrongUse

_LEAST: Final = re.compile(r"greater than or equal to (\S+)")
_AMONG: Final = re.compile(r"('.*') is not (?:one of )?('.*')\.")
_WHOLE: Final = "valid integer"
_EXTRA: Final = re.compile(r"Got unexpected extra argument.*\((.*)\)")
_NO_COMMAND: Final = re.compile(r"No such command '(.*)'\.")


def as_wrong_use(error: TyperException) -> WrongUse:
    """The error with its real reason: what is missing, too small, no number or not known."""
    context = getattr(error, "ctx", None)
    where = context.command_path if context is not None else "verite"
    message = str(getattr(error, "message", error))
    parameter, option = getattr(error, "param", None), getattr(error, "option_name", None)
    if parameter is not None:
        return _of_parameter(_typed(parameter), message, where)
    if option is not None and type(error).__name__ == "NoSuchOption":
        return WrongUse("unknown_option", fields={"option": option, "command": where})
    if option is not None:
        return WrongUse("option_without_value", fields={"option": option, "command": where})
    extra = _EXTRA.fullmatch(message)
    if extra is not None:
        return WrongUse("extra_argument", fields={"argument": extra[1], "command": where})
    found = _NO_COMMAND.fullmatch(message)
    if found is not None and context is not None:
        known = ", ".join(context.command.commands)
        return WrongUse("unknown_command", fields={"name": found[1], "known": known})
    return WrongUse("bad_command", fields={"detail": message, "command": where})


def _of_parameter(name: str, message: str, where: str) -> WrongUse:
    least = _LEAST.search(message)
    if least is not None:
        return WrongUse("option_too_small", fields={"option": name, "least": least[1]})
    if not message:
        return WrongUse("option_missing", fields={"option": name, "command": where})
    among = _AMONG.search(message)
    if among is not None:
        fields = {"option": name, "given": among[1].strip("'"), "known": among[2].replace("'", "")}
        return WrongUse("option_not_among", fields=fields)
    if _WHOLE in message:
        return WrongUse("option_no_whole_number", fields={"option": name})
    return WrongUse("bad_option", fields={"option": name, "command": where, "detail": message})


def _typed(parameter: object) -> str:
    """How a parameter is typed: `--people`, or `NAME` for an argument."""
    names = list(getattr(parameter, "opts", ())) or [str(getattr(parameter, "name", ""))]
    first = str(names[0])
    return first if first.startswith("-") else first.upper()
