"""Errors: one root, a code and named fields; the sentence is made at the edge by `sentences`."""

from __future__ import annotations

from collections.abc import Mapping


class VeriteError(Exception):
    """Something the caller can act on: `code` names it, `fields` say where.

    >>> error = BadInput("missing_column", fields={"column": "at", "file": "visits.csv"})
    >>> str(error)
    'missing_column: column=at, file=visits.csv'
    """

    def __init__(self, code: str, *, fields: Mapping[str, object] | None = None) -> None:
        self.code = code
        self.fields: dict[str, str] = {name: str(value) for name, value in (fields or {}).items()}
        super().__init__(code)

    def __str__(self) -> str:
        detail = ", ".join(f"{name}={value}" for name, value in self.fields.items())
        return f"{self.code}: {detail}" if detail else self.code


class BadInput(VeriteError):
    """A file, body or value that cannot be taken as it is."""


class WrongUse(VeriteError):
    """A question or command that makes no sense as asked."""


class HomeError(VeriteError):
    """The home cannot be opened, locked or written."""


class SourceError(VeriteError):
    """A source outside the house failed; `permanent` decides between retry and disable."""

    def __init__(
        self, code: str, *, permanent: bool, fields: Mapping[str, object] | None = None
    ) -> None:
        super().__init__(code, fields=fields)
        self.permanent = permanent
