"""Logs never quote: an error's words, or a traceback's, may be somebody's cells."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src"
FILES = sorted(SOURCE.rglob("*.py"))
LOGS = {"log", "logger", "logging", "_log", "LOG"}
TRACEBACKS = {"print_exc", "format_exc", "print_exception", "format_exception"}
QUOTED = {"error", "exc", "err", "exception"}


def quoting(tree: ast.AST) -> Iterator[str]:
    """The calls that would write an error's words to a log."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        told = ast.unparse(node)
        if any(one.arg in {"exc_info", "stack_info"} for one in node.keywords):
            yield told
        if not isinstance(node.func, ast.Attribute):
            continue
        is_log = isinstance(node.func.value, ast.Name) and node.func.value.id in LOGS
        names = [one.id for one in node.args if isinstance(one, ast.Name)]
        quotes = node.func.attr == "exception" or not QUOTED.isdisjoint(names)
        if node.func.attr in TRACEBACKS or (is_log and quotes):
            yield told


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(SOURCE)))
def test_no_log_quotes_an_error(file: Path) -> None:
    assert list(quoting(ast.parse(file.read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize(
    "line",
    [
        "log.exception('import')",
        "log.warning('drain', exc_info=True)",
        "log.error('home: %s', error)",
        "traceback.print_exc()",
    ],
)
def test_what_would_quote_is_seen(line: str) -> None:
    assert list(quoting(ast.parse(line)))


def test_what_tells_the_kind_alone_is_fine() -> None:
    assert not list(quoting(ast.parse("log.error('x: %s', without_words(error))")))
