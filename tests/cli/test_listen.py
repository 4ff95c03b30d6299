"""`verite listen` finds the mappings that come with Vérité."""

from __future__ import annotations

from pathlib import Path

import pytest

from verite.cli.listen import find_mapping
from verite.words.errors import WrongUse


@pytest.mark.parametrize(
    ("name", "file"), [("receipt", "receipt.toml"), ("olist", "olist.sql"), ("nps", "nps.sql")]
)
def test_an_example_is_found_in_the_package(name: str, file: str) -> None:
    found = find_mapping(f"example:{name}")
    assert found.name == file
    assert found.is_file()


def test_a_file_stays_a_file() -> None:
    assert find_mapping("mine/shop.sql") == Path("mine/shop.sql")


def test_an_unknown_example_names_the_known_ones() -> None:
    with pytest.raises(WrongUse) as refused:
        find_mapping("example:zz")
    known = "example:calls, example:nps, example:olist, example:olist_promise, example:receipt"
    assert refused.value.fields["known"] == known
