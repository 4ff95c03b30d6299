"""`verite moments` on the command line."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.loop.moments.conftest import Planted, company, write

import verite
from verite.cli.french import read_french
from verite.cli.moments import ASSUME
from verite.sentences.of_moments import moments_words
from verite.words.moments import ASSUMPTIONS

HOME = "company"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli-moments")
    with verite.create(folder / HOME) as made:
        made.listen(write(folder / "year.csv", company(Planted(people=400))))
    return folder / HOME


def ask(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "verite", "--home", str(home), "moments", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)


def test_one_json_document_as_the_library_tells_it(home: Path) -> None:
    done = ask(home, "--outcome", "nps", "--json")
    assert done.returncode == 0, done.stderr
    with verite.open(home) as opened:
        assert json.loads(done.stdout) == json.loads(json.dumps(opened.moments().json("fr")))


def test_people_read_a_sentence_and_a_table_in_french(home: Path) -> None:
    done = ask(home, "--by", "segment.offer")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("2 moments de vérité pour le NPS relationnel")
    assert "enchantement" in done.stdout
    assert "points en jeu" in done.stdout
    assert "Différences d’un segment à l’autre essayées\u202f:" in done.stdout


def test_an_outcome_that_cannot_be_explained_is_refused_in_one_sentence(home: Path) -> None:
    done = ask(home, "--outcome", "wait", "--lang", "en")
    assert done.returncode == 2
    assert done.stderr.startswith("“wait” is not an outcome that can be explained here")
    assert done.stderr.count("\n") == 1


def test_what_may_be_assumed_is_listed_with_its_sentences_in_both_languages() -> None:
    french = read_french()[ASSUME]
    for code in ASSUMPTIONS:
        told = moments_words(f"assume.{code}", "en").replace("’", "'")
        assert f"{code} ({told})" in ASSUME
        assert f"{code} ({moments_words(f'assume.{code}', 'fr')})" in french


def test_without_a_direction_no_points_are_told(home: Path) -> None:
    """The desk moves nothing: neither to gain nor to keep."""
    done = ask(home, "--lang", "en")
    (line,) = [line for line in done.stdout.splitlines() if line.startswith("Desk ")]
    assert "no clear direction" in line
    assert "to gain" not in line
    assert "to keep" not in line
