"""`verite` and `python -m verite`: the door above the command line and the pages."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from verite.cli.main import run as run_command

# Its threads do not survive the fork that a server starts with.
LEDGER_LIBRARY = "deltalake"


def serve(home: Path, host: str, port: int, lang: str) -> None:
    """Serves the pages of a home, from a fresh process when this one read the ledger."""
    if LEDGER_LIBRARY in sys.modules:
        sys.stdout.flush()
        options = ["--home", str(home), "--lang", lang, "--host", host, "--port", str(port)]
        os.execv(sys.executable, [sys.executable, "-m", "verite", "serve", *options])  # noqa: S606
    from verite.web.serve import serve as serve_pages

    serve_pages(home, host=host, port=port, lang=lang)


def run() -> None:
    """The entry point."""
    run_command(serve)


if __name__ == "__main__":
    run()
