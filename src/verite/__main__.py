"""`verite` and `python -m verite`: the door above the command line and the pages."""

from __future__ import annotations

from pathlib import Path

from verite.cli.main import run as run_command


def serve(home: Path, host: str, port: int, lang: str, collector: int | None = None) -> None:
    """Serves the pages of a home, and on another port its collector when one is asked for."""
    from verite.web.serve import serve as serve_pages

    serve_pages(home, host=host, port=port, lang=lang, collector=collector)


def run() -> None:
    """The entry point."""
    run_command(serve)


if __name__ == "__main__":
    run()
