"""`verite init`, `status`, `demo`, `serve`, `doctor`, `picture`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from verite.cli.session import Session, now

DEMO_HOME = Path("demo-home")


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    for command in (init, status, demo, serve, doctor, picture):
        app.command()(command)


def init(
    context: typer.Context,
    folder: Annotated[Path | None, typer.Argument(metavar="[DIR]", help="Where.")] = None,
    name: Annotated[str, typer.Option(help="The company's name.")] = "Vérité",
) -> None:
    """Makes a home."""
    from verite.home import Home

    session: Session = context.obj
    with Home.create(folder or session.path, name=name) as home:
        if session.as_json:
            session.print_document({"home": str(home.path)})
            return
        session.say(
            f"Dossier prêt : {home.path}. Importez vos fichiers : verite listen FICHIERS",
            f"Home ready: {home.path}. Import your files: verite listen FILES",
        )


def status(context: typer.Context) -> None:
    """What is here."""
    session: Session = context.obj
    with session.open() as home:
        session.print(home.status())


def demo(
    context: typer.Context,
    folder: Annotated[Path | None, typer.Argument(metavar="[DIR]", help="Where.")] = None,
    people: Annotated[int, typer.Option(min=500, help="How many customers.")] = 20_000,
    seed: Annotated[int, typer.Option(help="Same seed, same home.")] = 1,
    no_serve: Annotated[bool, typer.Option("--no-serve", help="Make it, do not serve it.")] = False,
    host: Annotated[str, typer.Option(help="Address to serve on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to serve on.")] = 8000,
) -> None:
    """Makes the demo home (Clairvoie, a fibre operator) and serves it."""
    from verite.home.demo import make_demo
    from verite.sentences.catalogue import phrase
    from verite.sentences.numbers import count, number

    session: Session = context.obj
    lang, path = session.lang, folder or session.home or DEMO_HOME

    def tell(stage: str, many: int) -> None:
        sys.stderr.write(phrase(f"making.{stage}", lang, {"n": number(many, lang)}) + "\n")
        sys.stderr.flush()

    made = make_demo(path, people=people, seed=seed, at=now(), tell=tell)
    if session.as_json:
        session.print_document(made.json())
    else:
        fields = {
            "interactions": count(made.interactions, "interaction", lang),
            "people": count(made.people, "customer", lang),
            "home": str(made.home),
        }
        sys.stdout.write(phrase("making.done", lang, fields) + "\n")
    if not no_serve:
        session.serve(path, host, port, session.lang)


def serve(
    context: typer.Context,
    host: Annotated[str, typer.Option(help="Address to serve on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to serve on.")] = 8000,
    collector: Annotated[
        bool, typer.Option("--collector", help="Also collect for volume, on the next port.")
    ] = False,
) -> None:
    """Serves the pages; prints a sign-in link."""
    session: Session = context.obj
    if session.as_of is not None:
        from verite.words.errors import WrongUse

        raise WrongUse("pages_undated")
    with session.open():
        pass
    session.serve(session.path, host, port, session.lang, port + 1 if collector else None)


def doctor(context: typer.Context) -> None:
    """Checks that the home is whole: exit 0 when it is, 1 when something needs care."""
    from verite.home.doctor import examine

    session: Session = context.obj
    with session.open() as home:
        checks = examine(home)
    if session.as_json:
        session.print_document({"checks": [check.json() for check in checks]})
    else:
        for check in checks:
            session.say(*check.told())
    if not all(check.passed for check in checks):
        raise typer.Exit(1)


def picture(
    context: typer.Context,
    name: Annotated[
        str,
        typer.Argument(help="journey, transitions, scores, targets, trend.METRIC or customer.ID."),
    ],
    out: Annotated[Path, typer.Option(help="The SVG file to write.")],
    dark: Annotated[bool, typer.Option("--dark", help="For a dark page.")] = False,
) -> None:
    """Writes a picture as a standalone SVG."""
    session: Session = context.obj
    with session.open() as home:
        out.write_text(home.picture(name, lang=session.lang, dark=dark), encoding="utf-8")
    if session.as_json:
        session.print_document({"picture": name, "file": str(out)})
    else:
        session.say(f"Image écrite : {out}", f"Picture written: {out}")
