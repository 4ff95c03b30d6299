"""`verite …`: each command asks the home one question and prints the answer."""

from __future__ import annotations

import sys
from itertools import pairwise
from pathlib import Path
from typing import Annotated

import typer
from typer.exceptions import TyperException
from typer.main import get_command

from verite.cli import (
    alerts,
    control,
    council,
    customer,
    effort,
    experience,
    feeling,
    house,
    identical,
    inside,
    listen,
    map,  # noqa: A004
    measure,
    moments,
    promises,
    rights,
    sources,
    unify,
    webhooks,
)
from verite.cli.french import translate
from verite.cli.refusing import as_wrong_use
from verite.cli.session import Serve, Session, parse_time
from verite.words.errors import VeriteError
from verite.words.settings import LANGUAGES

app = typer.Typer(
    name="verite",
    help="One cumulative customer experience: listen, map, measure, and prove what improves.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
# Options of every command, accepted before or after its name: does each take a value?
COMMON = {"--home": True, "--lang": True, "--as-of": True, "--json": False}

for room in (
    house,
    listen,
    sources,
    unify,
    customer,
    effort,
    map,
    measure,
    moments,
    feeling,
    experience,
    identical,
    inside,
    promises,
    alerts,
    rights,
    control,
    council,
    webhooks,
):
    room.register(app)


@app.callback()
def common(
    context: typer.Context,
    home: Annotated[Path | None, typer.Option(help="The home; else VERITE_HOME.")] = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")] = False,
    lang: Annotated[str, typer.Option(help="fr or en.")] = "fr",
    as_of: Annotated[str | None, typer.Option(help="Ask as of this date.")] = None,
) -> None:
    """Reads the options that every command shares."""
    moment = parse_time(as_of) if as_of else None
    context.obj = Session(
        home=home,
        as_json=json,
        lang=lang if lang in LANGUAGES else "fr",
        as_of=moment,
        serve=context.obj.serve,
    )


def run(serve: Serve) -> None:
    """One call of the command: exit 0 done, 1 a check failed, 2 wrong use or bad input."""
    arguments = hoist(sys.argv[1:])
    lang = _asked_language(arguments)
    try:
        sys.exit(_call(arguments, serve, lang))
    except VeriteError as error:
        sys.exit(_refuse(error, lang))
    except TyperException as error:
        sys.exit(_refuse(as_wrong_use(error), lang))
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)


def _call(arguments: list[str], serve: Serve, lang: str) -> int:
    command = get_command(app)
    if lang == "fr":
        translate(command)
    session = Session(serve=serve)
    done = command.main(args=arguments, prog_name="verite", standalone_mode=False, obj=session)
    return done if isinstance(done, int) else 0


def _refuse(error: VeriteError, lang: str) -> int:
    from verite.sentences import explain

    sys.stderr.write(explain(error, lang) + "\n")
    return 2


def _asked_language(arguments: list[str]) -> str:
    asked = [after for word, after in pairwise(arguments) if word == "--lang"]
    asked += [word.removeprefix("--lang=") for word in arguments if word.startswith("--lang=")]
    return asked[0] if asked and asked[0] in LANGUAGES else "fr"


def hoist(arguments: list[str]) -> list[str]:
    """Common options moved before the command, wherever they were typed.

    >>> hoist(["map", "--json", "--home=acme", "--case", "person"])
    ['--json', '--home=acme', 'map', '--case', 'person']
    """
    first: list[str] = []
    rest: list[str] = []
    queue = list(arguments)
    while queue:
        word = queue.pop(0)
        if word == "--":
            rest += [word, *queue]
            break
        name = word.partition("=")[0]
        if name not in COMMON:
            rest.append(word)
            continue
        first.append(word)
        if COMMON[name] and "=" not in word and queue:
            first.append(queue.pop(0))
    return first + rest
