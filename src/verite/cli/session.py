"""What every command shares: where the home is, the language, and how answers are printed."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from verite.words.errors import WrongUse

if TYPE_CHECKING:
    from verite.answer import Answer
    from verite.cli.cells import Tongue
    from verite.home import Home
    from verite.rows import Json, Row

HOME_VARIABLE = "VERITE_HOME"


class Serve(Protocol):
    """Serves the pages of a home and, when its port is given, the collector for volume."""

    def __call__(
        self, home: Path, host: str, port: int, lang: str, collector: int | None = None
    ) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """The common options of one call."""

    home: Path | None = None
    as_json: bool = False
    lang: str = "fr"
    as_of: datetime | None = None
    serve: Serve

    @property
    def path(self) -> Path:
        """The home asked for: `--home`, else VERITE_HOME, else this folder."""
        return self.home or Path(os.environ.get(HOME_VARIABLE, "."))

    @contextmanager
    def open(self) -> Iterator[Home]:
        """The home, closed at the end."""
        from verite.home import Home

        with Home.open(self.path, as_of=self.as_of) as home:
            yield home

    def print(
        self, answer: Answer[object], *, columns: tuple[str, ...] = (), home: Home | None = None
    ) -> None:
        """The answer as one JSON document, or as a sentence and a table."""
        if self.as_json:
            self.print_document(answer.json(self.lang))
            return
        from verite.cli.cells import told_rows

        rows = answer.rows()
        tongue = self.tongue(home if any("touchpoint" in row for row in rows) else None)
        self.print_rows(answer, told_rows(rows, tongue), columns=columns)

    def print_rows(
        self, answer: Answer[object], rows: Sequence[Row], *, columns: tuple[str, ...]
    ) -> None:
        """The sentence of an answer, a table made for people, and its notes."""
        from verite.cli.table import print_table

        sys.stdout.write(answer.sentence(self.lang) + "\n")
        print_table(rows, columns=columns, lang=self.lang)
        for note in answer.notes(self.lang):
            sys.stdout.write(f"· {note}\n")

    def tongue(self, home: Home | None) -> Tongue:
        """The language asked, with the names that the home's maps give to touchpoints."""
        from verite.cli.cells import Tongue, names_in

        return Tongue(lang=self.lang, names=names_in(home.designs()) if home else {})

    def print_document(self, document: Mapping[str, Json]) -> None:
        """One JSON document on stdout."""
        json.dump(document, sys.stdout, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")

    def say(self, french: str, english: str) -> None:
        """A sentence for people: on stdout, or on stderr beside a JSON document."""
        out = sys.stderr if self.as_json else sys.stdout
        out.write((french if self.lang == "fr" else english) + "\n")


def now() -> datetime:
    """The clock; only the edge asks it."""
    return datetime.now(UTC)


def parse_time(text: str, zone: str = "UTC") -> datetime:
    """A date or time as typed; without a zone it is read in the home's.

    >>> parse_time("2026-01-31").isoformat()
    '2026-01-31T00:00:00+00:00'
    """
    from zoneinfo import ZoneInfo

    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise WrongUse("bad_date", fields={"date": text}) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))
