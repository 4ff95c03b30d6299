"""A mapping: which column or constant fills which field of our interaction table."""

from __future__ import annotations

from dataclasses import dataclass

from verite.words.columns import RECEIVED, segment_column
from verite.words.errors import BadInput

# Fields a mapping may fill: ours as written in files, times by their outside names.
FIELDS: tuple[str, ...] = (
    "message_id", "identity", "aliases", "at", "ended_at",
    *(name for name in RECEIVED if name not in {
        "message_id", "identity", "aliases", "ts_us", "end_us", "properties"}),
)  # fmt: skip
TIME_FIELDS: tuple[str, ...] = ("at", "ended_at")
NUMBER_FIELDS: tuple[str, ...] = (
    "wait_s", "duration_s", "menus", "score", "scale_min", "scale_max", "value",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """How one field is filled: by a column (with what is made of it) or by a constant."""

    field: str  # a name of FIELDS, segment.KEY or properties.KEY
    column: str | None = None
    constant: str | None = None
    prefix: str | None = None  # of identities and ids: `order` makes `order:123`
    format: str | None = None  # of times: strptime directives
    values: tuple[tuple[str, str], ...] = ()  # as written → as meant

    def __post_init__(self) -> None:
        known = self.field in FIELDS or self.field.startswith(("segment.", "properties."))
        if not known:
            raise BadInput("unknown_field", fields={"field": self.field})
        if self.field.startswith("segment."):
            segment_column(self.field.removeprefix("segment."))  # it becomes a column's name
        if (self.column is None) == (self.constant is None):
            raise BadInput("filling_of_field", fields={"field": self.field})


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """One interaction made from each row, or from the rows where a column is filled."""

    fillings: tuple[Filling, ...]
    name: str = ""
    when: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """Branches over the rows of a table, and how the table is written. None means detected."""

    branches: tuple[Branch, ...]
    zone: str | None = None
    encoding: str | None = None
    separator: str | None = None
    decimal: str | None = None
    day_first: bool | None = None

    def __post_init__(self) -> None:
        if not self.branches:
            raise BadInput("empty_mapping")
