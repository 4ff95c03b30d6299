"""`verite moments TOUCHPOINT`, and its effect by double machine learning."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.test_moments import ask
from tests.cli.test_moments import home as home


def test_one_touchpoint_is_told_in_depth(home: Path) -> None:
    done = ask(home, "transfer", "--json")
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    assert document["moment"]["touchpoint"] == "transfer"
    assert ask(home, "transfer").stdout.count("Transfer") >= 1


def test_double_without_a_touchpoint_is_wrong_use(home: Path) -> None:
    done = ask(home, "--double", "--lang", "en")
    assert done.returncode == 2
    assert done.stderr == "--double needs a touchpoint: verite moments TOUCHPOINT --double.\n"


def test_an_effect_is_one_json_document_or_one_sentence(home: Path) -> None:
    pytest.importorskip("sklearn", reason="the extra `causal` (scikit-learn) is not installed")
    done = ask(home, "desk", "--double", "--json")
    assert done.returncode in {0, 2}, done.stderr
    if done.returncode == 0:
        document = json.loads(done.stdout)
        wanted = {"value", "low", "high", "n", "people", "overlap", "robustness", "control"}
        assert wanted <= set(document)
