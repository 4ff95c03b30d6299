"""What is asked of listening: the files, and everything that detection may be told instead."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from verite.loop.listen.mapping import Mapping
from verite.words.errors import WrongUse
from verite.words.heard import Decided, Refused

KINDS: tuple[str, ...] = (
    "csv", "jsonl", "parquet", "excel", "xes", "ocel", "calls", "genesys",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Files to hear. What is None is detected, and stated in the answer.

    `allow_sql` lets a mapping be a SELECT: for the terminal and Python, never for the web.
    `scratch` is a folder of the home for copies that a reader needs; they have no name there.
    """

    files: tuple[Path, ...]
    kind: str | None = None
    mapping: Path | Mapping | None = None
    zone: str | None = None  # of times without one; before the mapping's
    home_zone: str = "UTC"  # the home's, when neither the request nor the mapping says
    home_country: str | None = None  # whose phones are meant when they name none
    encoding: str | None = None
    separator: str | None = None
    decimal: str | None = None
    day_first: bool | None = None
    name: str | None = None  # of the source, in the ledger; the file's stem by default
    strict: bool = False
    dry_run: bool = False
    allow_sql: bool = False
    scratch: Path | None = None
    inside: bool = False  # answers of staff, check contacts: never customers
    values: tuple[str, ...] = ()  # columns that ask staff whether a value is known
    trace_key: str = ""  # what comes from inside is traced by it, never named

    def __post_init__(self) -> None:
        if self.kind is not None and self.kind not in KINDS:
            raise WrongUse("unknown_kind_of_source", fields={
                "kind": self.kind, "known": ", ".join(KINDS)})  # fmt: skip
        if self.decimal not in {None, ".", ","}:
            raise WrongUse("unknown_decimal", fields={"decimal": self.decimal})


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a file would become: its columns, a guessed mapping, and the first rows as mapped.

    `rows` line up with `fields`; a cell is text, or None when absent. `refused` are the reasons
    among the rows looked at.
    """

    file: str
    columns: tuple[str, ...]
    decided: Decided
    guessed: Mapping | None
    fields: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]
    sample: tuple[tuple[str | None, ...], ...]  # the first rows as they stand in the file
    refused: tuple[tuple[str, int], ...]  # reason code, rows
    notes: tuple[str, ...]
    examples: tuple[Refused, ...] = ()  # the first row refused for each reason
