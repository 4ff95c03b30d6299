"""A mapping that is a SELECT: it sees the files only, and its rows are judged like any others."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from verite.loop.listen.ahead import one_ahead
from verite.loop.listen.files import Source, check_unchanged
from verite.loop.listen.hearing import Round, told_writing, unread_row
from verite.loop.listen.items import lay_alone
from verite.loop.listen.normalise import Noted, normalise
from verite.loop.listen.notes import notes_of
from verite.loop.listen.plan import Plan, lay
from verite.loop.listen.request import Request
from verite.loop.listen.sheet import Sheet, column_names, tidy_cell
from verite.loop.listen.sql import cursor_of, first_row, literal, open_desk
from verite.loop.listen.views import Viewed, viewed
from verite.words.errors import BadInput
from verite.words.heard import Decided

if TYPE_CHECKING:
    from arro3.core import RecordBatch
    from duckdb import DuckDBPyConnection

BATCH = 400_000


class SelectHearing:
    """Files heard together through one SELECT."""

    def __init__(
        self, sources: tuple[Source, ...], request: Request, query: str, path: Path
    ) -> None:
        self.sources = sources
        self.request = request
        self.file = path.name
        self.name = request.name or path.stem
        self.size = sum(source.size for source in sources)
        self.noted = Noted()
        self.writing = replace(told_writing(request, None), decimal=".")
        self._query = check_select(query, path.name)
        self._viewed: tuple[Viewed, ...] = ()
        self._plan: Plan | None = None

    def rounds(self, *, at_most: int | None = None) -> Iterator[Round]:
        """Rows of the SELECT, in its order, after the lines that no SELECT sees."""
        self.noted = Noted()
        told = told_writing(self.request, None)
        with open_desk() as asked, open_desk() as desk:
            if self.request.scratch is not None:
                spill = self.request.scratch / f"spill-{os.getpid()}"
                spill.mkdir(parents=True, exist_ok=True)
                asked.execute(f"SET temp_directory = {literal(str(spill))}")
            with viewed(asked, self.sources, self.request, told) as files:
                self._viewed = files
                yield from self._unread()
                yield from self._answered(asked, desk, at_most)

    def _unread(self) -> Iterator[Round]:
        for one in self._viewed:
            if one.unread:
                failed = tuple(replace(unread_row(u), file=one.decided.file) for u in one.unread)
                yield Round(table=None, failed=failed, share_done=0.0)

    def _answered(
        self, asked: DuckDBPyConnection, desk: DuckDBPyConnection, at_most: int | None
    ) -> Iterator[Round]:
        rows_in = sum(one.decided.rows for one in self._viewed) or 1
        done = 0
        with one_ahead(self._sheets(asked, cursor_of(desk), at_most)) as sheets:
            for sheet in sheets:
                done += sheet.rows
                if self._plan is None:
                    continue
                for result in normalise(desk, sheet, self._plan, self.writing, self.noted):
                    for source in self.sources:
                        check_unchanged(source)
                    yield Round(
                        table=result.table if result.table.num_rows else None,
                        failed=result.failed,
                        share_done=min(0.99, done / rows_in),
                    )

    def _sheets(
        self, asked: DuckDBPyConnection, desk: DuckDBPyConnection, at_most: int | None
    ) -> Iterator[Sheet]:
        import duckdb
        from arro3.core import RecordBatchReader

        limit = "" if at_most is None else f" LIMIT {at_most}"
        try:
            relation = asked.sql(f"SELECT * FROM ({self._query}){limit}")
            self._plan = self._planned(tuple(relation.columns))
            kinds = [str(kind) for kind in relation.types]
            for number, batches in enumerate(_gathered(RecordBatchReader.from_arrow(relation))):
                yield _sheet(desk, batches, kinds, number % 2)
        except duckdb.Error as error:
            detail = str(error).splitlines()[0][:300]
            raise BadInput("mapping_sql", fields={"file": self.file, "detail": detail}) from error

    def _planned(self, columns: tuple[str, ...]) -> Plan:
        laid = lay_alone(self.request, columns, self.file)
        return lay(laid, columns, file=self.file, given=True)

    def decided(self) -> tuple[Decided, ...]:
        """What was decided about each file; the columns of the SELECT that nothing took."""
        unmapped = self._plan.unmapped if self._plan else ()
        return tuple(
            replace(one.decided, zone=self.writing.zone, day_first=self.writing.day_first,
                    unmapped=unmapped)
            for one in self._viewed
        )  # fmt: skip

    def notes(self) -> tuple[str, ...]:
        """What is worth telling about the rows."""
        return notes_of(self.noted, self.file)


def check_select(query: str, file: str) -> str:
    """The text of one SELECT, without its semicolon; anything else is refused."""
    import duckdb

    try:
        statements = duckdb.extract_statements(query)
    except duckdb.Error as error:
        detail = str(error).splitlines()[0][:300]
        raise BadInput("mapping_sql", fields={"file": file, "detail": detail}) from error
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        raise BadInput("mapping_not_one_select", fields={"file": file})
    return query.rstrip().removesuffix(";") + "\n"


def _gathered(batches: Iterable[RecordBatch]) -> Iterator[list[RecordBatch]]:
    """The engine's batches, small as they come, by some hundred thousand rows."""
    waiting: list[RecordBatch] = []
    for batch in batches:
        waiting.append(batch)
        if sum(each.num_rows for each in waiting) >= BATCH:
            yield waiting
            waiting = []
    if waiting:
        yield waiting


def _sheet(
    desk: DuckDBPyConnection, batches: list[RecordBatch], kinds: list[str], turn: int
) -> Sheet:
    """A part of the answer as text."""
    from arro3.core import Table

    table = f"sheet_{turn}"
    names = column_names(len(kinds))
    arrived = Table.from_batches(batches).rename_columns(names)
    desk.register("arrived", arrived)
    chosen = ", ".join(
        tidy_cell(name, of=_text(name, kind)) for name, kind in zip(names, kinds, strict=True)
    )
    desk.execute(f"CREATE OR REPLACE TABLE {table} AS SELECT {chosen} FROM arrived")
    desk.unregister("arrived")
    rows = first_row(desk, f"SELECT count(*) FROM {table}")[0]
    return Sheet(rows=rows, table=table, line_of=lambda row: None)


def _text(name: str, kind: str) -> str:
    if kind.endswith("[]") or kind.startswith(("STRUCT", "MAP", "UNION")):
        return f"to_json({name})::VARCHAR"
    return name if kind == "VARCHAR" else f"{name}::VARCHAR"
