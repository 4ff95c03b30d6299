"""`verite export`, `verite erase`: what a person may ask for."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from verite.cli.session import Session, now
from verite.words.errors import BadInput, WrongUse

if TYPE_CHECKING:
    from verite.home import Home
    from verite.words.rights import Receipt

WORDS = {"fr": "EFFACER", "en": "ERASE"}


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    for command in (export, erase):
        app.command()(command)


def export(
    context: typer.Context,
    person: Annotated[str, typer.Argument(metavar="ID", help="An identity, or a shown id.")],
    out: Annotated[Path | None, typer.Option(help="The .zip or .json file to write.")] = None,
) -> None:
    """Writes everything held about a person, for them to read."""
    from verite.home.archive import write_archive, write_json
    from verite.words.member import console

    session: Session = context.obj
    if out is not None and out.suffix.lower() not in {".zip", ".json"}:
        raise WrongUse("export_kind", fields={"file": out})
    with session.open() as home:
        answer = home.held_about(person, by=console("cli"), at=now())
    if session.as_json and out is None:
        session.print(answer)
        return
    held = answer.result
    path = out or Path(f"export-{held.person}.zip")
    if path.suffix.lower() == ".json":
        path.write_text(write_json(held), encoding="utf-8")
    else:
        path.write_bytes(write_archive(held, lang=session.lang))
    path.chmod(0o600)
    if session.as_json:
        session.print_document({"file": str(path), "person": held.person})
        return
    sys.stdout.write(answer.sentence(session.lang) + "\n")
    session.say(f"Écrit : {path}", f"Written: {path}")


def erase(
    context: typer.Context,
    person: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="An identity, or a shown id.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask: erase.")] = False,
    verify: Annotated[
        Path | None, typer.Option(metavar="RECEIPT", help="Check a receipt instead; ID optional.")
    ] = None,
) -> None:
    """Erases a person for ever; prints a signed receipt. `--verify` checks one."""
    from verite.words.member import console

    session: Session = context.obj
    with session.open() as home:
        if verify is not None:
            _verify(session, home, verify, person)
            return
        if not person:
            raise WrongUse("option_missing", fields={"option": "ID", "command": "verite erase"})
        if not yes:
            _confirm(session)
        answer = home.erase(person, by=console("cli"), at=now())
    if session.as_json:
        session.print(answer)
        return
    sys.stderr.write(answer.sentence(session.lang) + "\n")
    for path in answer.result.left:
        sys.stderr.write(f"· {path}\n")
    _print_receipt(session, answer.result.receipt)


def _print_receipt(session: Session, receipt: Receipt) -> None:
    """Alone on stdout, so that `> receipt.json` keeps it."""
    from verite.rows.rights import receipt_keys

    session.print_document(receipt_keys(receipt))


def _verify(session: Session, home: Home, file: Path, person: str | None) -> None:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput("no_receipt", fields={"file": file}) from error
    answer = home.verify_receipt(text, of=person)
    session.print(answer)
    if not answer.result.holds:
        raise typer.Exit(1)


def _confirm(session: Session) -> None:
    """Erasing is final: a word is typed, or `--yes` given."""
    word = WORDS[session.lang]
    sys.stderr.write(
        f"L'effacement est définitif. Recopiez {word} pour le confirmer : "
        if session.lang == "fr"
        else f"Erasing is final. Type {word} to confirm it: "
    )
    sys.stderr.flush()
    if sys.stdin.readline().strip() != word:
        raise WrongUse("erase_not_confirmed", fields={"word": word})
