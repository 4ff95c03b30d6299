"""From a request to files that are open, mapped and checked, before any row is kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from verite.loop.listen.files import find_source
from verite.loop.listen.hearing import Hearing, Round
from verite.loop.listen.mapping import Mapping
from verite.loop.listen.mapping_toml import read_mapping
from verite.loop.listen.request import Request
from verite.loop.listen.select import SelectHearing
from verite.words.errors import BadInput, WrongUse
from verite.words.heard import Decided


class Hears(Protocol):
    """Files being heard: a name for the ledger, a file for people, and rounds of rows."""

    name: str
    file: str
    size: int  # bytes, to weigh progress

    def rounds(self, *, at_most: int | None = None) -> Iterator[Round]:
        """Every interaction and every failed row, once."""
        ...

    def decided(self) -> tuple[Decided, ...]:
        """What was decided about each file; complete once heard."""
        ...

    def notes(self) -> tuple[str, ...]:
        """What is worth telling; complete once heard."""
        ...


def open_hearings(request: Request) -> tuple[Hears, ...]:
    """One hearing per file; a SELECT hears all files at once."""
    if not request.files:
        raise WrongUse("no_files")
    path = request.mapping
    if isinstance(path, Path) and path.suffix.lower() == ".sql":
        if not request.allow_sql:
            raise WrongUse("sql_not_allowed", fields={"file": path.name})
        query = mapping_text(path)
        sources = tuple(find_source(file) for file in request.files)
        return (SelectHearing(sources, request, query, path),)
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
