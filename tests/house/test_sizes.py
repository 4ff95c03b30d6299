"""The house is kept small: one idea a file, short functions, every folder a package."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "verite"
FILES = sorted(SOURCE.rglob("*.py"))
MIGRATIONS = "migrations"
LINES_OF_A_FILE = 300
LINES_OF_A_FUNCTION = 40
LINES_OF_A_CLASS = 200
ARGUMENTS = 5
FOLDERS_DEEP = 5
# A command's options are its arguments: Typer reads them from the signature.
COMMANDS = SOURCE / "cli"


def name_of(file: Path) -> str:
    return str(file.relative_to(SOURCE))


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_a_file_holds_one_idea(file: Path) -> None:
    lines = file.read_text(encoding="utf-8").count("\n")
    assert lines <= LINES_OF_A_FILE, f"{lines} lines"


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_functions_and_classes_stay_short(file: Path) -> None:
    if MIGRATIONS in file.parts:
        return
    tree = ast.parse(file.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0]
            length = (node.end_lineno or 0) - first.lineno + 1
            assert length <= LINES_OF_A_FUNCTION, f"{node.name}: {length} lines"
            if COMMANDS not in file.parents:
                assert arguments_of(node) <= ARGUMENTS, f"{node.name}: {arguments_of(node)}"
        elif isinstance(node, ast.ClassDef):
            length = (node.end_lineno or 0) - node.lineno + 1
            assert length <= LINES_OF_A_CLASS, f"{node.name}: {length} lines"


def arguments_of(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Positional ones with `self` left out, and keyword-only ones without a default."""
    given = [a.arg for a in (*node.args.posonlyargs, *node.args.args)]
    needed = [a for a, d in zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True) if not d]
    return len([name for name in given if name not in {"self", "cls"}]) + len(needed)


def is_called_by_django(file: Path) -> bool:
    """Views, template tags and routers are called with keywords of Django's choosing."""
    return SOURCE / "web" in file.parents or name_of(file) == "records/current.py"


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_nothing_is_taken_blindly(file: Path) -> None:
    if MIGRATIONS in file.parts:
        return
    tree = ast.parse(file.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not is_called_by_django(
            file
        ):
            assert node.args.kwarg is None, f"{node.name} takes **{node.args.kwarg}"
        if isinstance(node, ast.ExceptHandler):
            assert node.type is not None, f"bare except at line {node.lineno}"


def test_every_folder_with_code_is_a_package() -> None:
    folders = {file.parent for file in FILES}
    missing = [name_of(f) for f in folders if not (f / "__init__.py").exists()]
    assert missing == []


def test_folders_are_at_most_five_deep() -> None:
    deep = [name_of(f) for f in FILES if len(f.relative_to(SOURCE).parts) > FOLDERS_DEEP]
    assert deep == []


def test_no_room_has_an_empty_name() -> None:
    vague = {"utils", "helpers", "misc", "manager", "base", "common"}
    assert [name_of(f) for f in FILES if f.stem in vague or f.parent.name in vague] == []
