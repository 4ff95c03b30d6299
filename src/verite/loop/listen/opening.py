"""From a request to files that are open, mapped and checked, before any row is kept."""

from __future__ import annotations

from pathlib import Path

from verite.loop.listen.files import find_source
from verite.loop.listen.hearing import Hearing
from verite.loop.listen.mapping import Mapping
from verite.loop.listen.mapping_toml import read_mapping
from verite.loop.listen.request import Request
from verite.words.errors import BadInput, WrongUse


def open_hearings(request: Request) -> tuple[Hearing, ...]:
    """One hearing per file; a SELECT hears all files at once."""
    if not request.files:
        raise WrongUse("no_files")
    mapping = find_mapping(request)
    return tuple(Hearing(find_source(path), request, mapping) for path in request.files)


def find_mapping(request: Request) -> Mapping | None:
    """The mapping of a request, read from its file when it is one."""
    if request.mapping is None or isinstance(request.mapping, Mapping):
        return request.mapping
    return read_mapping(mapping_text(request.mapping), name=request.mapping.name)


def mapping_text(path: Path) -> str:
    """The text of a mapping file."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise BadInput("mapping_missing", fields={"file": path}) from error
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput("mapping_unreadable", fields={"file": path}) from error
