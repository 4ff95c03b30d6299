"""`verite listen`: import files, or try the quarantine again."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.resources import files as files_of
from pathlib import Path
from typing import Annotated

import typer

from verite.cli.session import Session, now
from verite.words.errors import WrongUse

EXAMPLE = "example:"
MAPPINGS = frozenset({".toml", ".sql"})


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(name="listen")(listen)


def listen(
    context: typer.Context,
    files: Annotated[list[Path] | None, typer.Argument(help="Files to import.")] = None,
    source: Annotated[str | None, typer.Option(help="Kind of file; detected when absent.")] = None,
    mapping: Annotated[
        str | None, typer.Option(help="mapping.toml, mapping.sql, or example:NAME.")
    ] = None,
    zone: Annotated[str | None, typer.Option(help="Zone of times without one.")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Refuse all if a line is bad.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read, keep nothing.")] = False,
    replay: Annotated[bool, typer.Option("--replay", help="Try the quarantine again.")] = False,
    encoding: Annotated[str | None, typer.Option(help="Instead of the one detected.")] = None,
    separator: Annotated[str | None, typer.Option(help="Instead of the one detected.")] = None,
    decimal: Annotated[str | None, typer.Option(help="Decimal mark: '.' or ','.")] = None,
    day_first: Annotated[bool | None, typer.Option(help="Dates as day/month/year.")] = None,
    inside: Annotated[
        bool, typer.Option("--inside", help="Answers of staff or check contacts: no customers.")
    ] = False,
) -> None:
    """Imports files; says what was kept, dropped as duplicate, and put in quarantine."""
    from verite.loop.listen import Request

    session: Session = context.obj
    if replay == bool(files):
        raise WrongUse("listen_files_or_replay")
    with session.open() as home:
        if replay:
            answer = home.replay(at=now())
        else:
            request = Request(
                files=tuple(files or ()),
                kind=source,
                mapping=find_mapping(mapping) if mapping else None,
                zone=zone,
                strict=strict,
                dry_run=dry_run,
                encoding=encoding,
                separator=separator,
                decimal=decimal,
                day_first=day_first,
                allow_sql=True,
                inside=inside,
            )
            with progress_bar() as progress:
                answer = home.listen_to(request, at=now(), progress=progress)
        session.print(answer)
        if strict and answer.result.quarantined:
            raise typer.Exit(1)


def find_mapping(name: str) -> Path:
    """A mapping's file; `example:receipt` is one that comes with Vérité.

    >>> find_mapping("example:receipt").name, find_mapping("shop.sql").name
    ('receipt.toml', 'shop.sql')
    """
    if not name.startswith(EXAMPLE):
        return Path(name)
    folder = Path(str(files_of("verite.loop.listen"))) / "examples"
    known = {file.stem: file for file in sorted(folder.iterdir()) if file.suffix in MAPPINGS}
    asked = name.removeprefix(EXAMPLE)
    if asked not in known:
        listed = ", ".join(EXAMPLE + one for one in known)
        raise WrongUse("unknown_example", fields={"example": asked, "known": listed})
    return known[asked]


@contextmanager
def progress_bar() -> Iterator[Callable[[int, int], None] | None]:
    """A bar on stderr, only on a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("…", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total or None)
