"""Docs are tested: commands, options, settings, words and error codes appear in them."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from verite.sentences.catalogue import catalogue

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "verite"
RAISED = {"VeriteError", "BadInput", "WrongUse", "HomeError", "SourceError"}


def docs() -> str:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    return "\n".join(page.read_text(encoding="utf-8") for page in pages)


def codes_raised() -> set[str]:
    codes: set[str] = set()
    for file in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args:
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                first = node.args[0]
                if name in RAISED and isinstance(first, ast.Constant):
                    codes.add(str(first.value))
    return codes


def test_every_error_code_has_a_french_and_an_english_sentence() -> None:
    known = catalogue("errors")
    missing = [c for c in codes_raised() if set(known.get(c, {})) != {"fr", "en"}]
    assert sorted(missing) == []


def test_every_error_code_appears_in_the_docs() -> None:
    page = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
    assert [code for code in sorted(catalogue("errors")) if f"`{code}`" not in page] == []


def test_every_command_and_option_appears_in_the_docs() -> None:
    from typer.main import get_command

    from verite.cli.main import app

    page = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    for name, command in get_command(app).commands.items():  # type: ignore[attr-defined]
        assert f"verite {name}" in page, name
        for parameter in command.params:
            for option in parameter.opts:
                if option.startswith("--"):
                    assert option in page, f"{name} {option}"


def test_every_setting_appears_in_the_docs() -> None:
    from verite.words.settings import read_settings

    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    for block in re.findall(r"```toml\n(.*?)```", page, re.S):
        read_settings(block)
    for key in ("name", "zone", "language", "url"):
        assert f"`{key}`" in page


def test_every_public_name_appears_in_the_docs() -> None:
    import verite

    assert len(verite.__all__) <= 25
    text = docs()
    assert [name for name in verite.__all__ if name not in text] == []


@pytest.mark.parametrize("page", sorted((ROOT / "docs").rglob("*.md")), ids=lambda p: p.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#\s]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_every_change_is_one_sentence() -> None:
    for file in (ROOT / "changes").glob("*.md"):
        assert file.read_text(encoding="utf-8").strip().endswith("."), file.name
