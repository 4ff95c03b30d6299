"""Rows as a table in the terminal."""

from __future__ import annotations

import pytest

from verite.cli.table import print_table


def test_what_a_file_says_is_printed_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [{"touchpoint": "[/web] [red]offers :smile:", "count": 3}]
    print_table(rows, columns=("touchpoint", "count"), lang="fr")
    assert "[/web] [red]offers :smile:" in capsys.readouterr().out
