"""The command line as a whole: languages, exits, one sentence per fault."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command

from verite.cli.french import read_french, texts_of
from verite.cli.main import app, hoist


def verite(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "verite", *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_every_help_text_has_its_french_one() -> None:
    french = read_french()
    assert [text for _, text in texts_of(get_command(app)) if text not in french] == []


def test_common_options_may_follow_the_command() -> None:
    assert hoist(["map", "--case", "person", "--json"]) == ["--json", "map", "--case", "person"]
    assert hoist(["map", "--home", "x", "--", "--json"]) == ["--home", "x", "map", "--", "--json"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["nope"],
        ["map", "--nope"],
        ["map", "--top", "x"],
        ["picture"],
        ["status"],
        ["listen"],
        ["measure", "--since", "yesterday"],
    ],
)
def test_wrong_use_is_one_sentence_and_exit_two(arguments: list[str], tmp_path: Path) -> None:
    done = verite(*arguments, cwd=tmp_path)
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr


def test_help_speaks_french_first_and_english_when_asked(tmp_path: Path) -> None:
    assert "Parcours vécus." in verite("map", "--help", cwd=tmp_path).stdout
    assert "Lived journeys." in verite("--lang", "en", "map", "--help", cwd=tmp_path).stdout


@pytest.mark.parametrize("asked", [["--lang", "en"], ["--lang=en"]])
def test_faults_are_told_in_the_language_asked(asked: list[str], tmp_path: Path) -> None:
    done = verite(*asked, "--home", "nowhere", "status", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("There is no")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["demo", "--people", "200"], "--people est trop petit\u202f: donnez 500 au moins."),
        (["--lang", "en", "demo", "--people", "200"], "--people is too small: give at least 500."),
        (["map", "--top", "x"], "--top attend un nombre entier"),
        (["map", "--top"], "--top attend une valeur."),
        (["map", "extra"], "«\u202fextra\u202f» est de trop."),
        (["picture"], "NAME manque."),
        (["foo"], "Il n’y a pas de commande «\u202ffoo\u202f». Commandes\u202f: init, status,"),
        (["--lang", "en", "foo"], "There is no command “foo”. Commands: init, status,"),
    ],
)
def test_a_refusal_tells_its_reason(arguments: list[str], said: str, tmp_path: Path) -> None:
    assert verite(*arguments, cwd=tmp_path).stderr.startswith(said)
