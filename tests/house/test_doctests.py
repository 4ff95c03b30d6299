"""Every example in a docstring runs."""

from __future__ import annotations

import doctest
import importlib
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src"
HOSTS = {"web", "records"}  # they need a configured Django; their tests are their own
MODULES = sorted(
    ".".join(file.relative_to(SOURCE).with_suffix("").parts)
    for file in (SOURCE / "verite").rglob("*.py")
    if not HOSTS & set(file.parts) and ">>>" in file.read_text(encoding="utf-8")
)


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_run(name: str) -> None:
    failed, tried = doctest.testmod(importlib.import_module(name), verbose=False)
    assert tried > 0
    assert failed == 0
