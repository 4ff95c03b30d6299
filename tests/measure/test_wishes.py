"""Targets written in TOML."""

from __future__ import annotations

import pytest

from verite.measure.wishes import open_targets, read_targets
from verite.words.errors import BadInput
from verite.words.measured import Target


def test_a_target_has_a_metric_a_figure_and_perhaps_a_touchpoint():
    text = '[[target]]\nmetric = "bounce"\ntarget = 30\ntouchpoint = "site_home"\nnow = 45\n'
    assert read_targets(text) == (
        Target(touchpoint="site_home", metric="bounce", target=30.0, now=45.0),
    )


@pytest.mark.parametrize(
    "text",
    ["", "[[target]", "target = 3", '[[target]]\nmetric = "csat"', "[[target]]\ntarget = 3",
     '[[target]]\nmetric = "csat"\ntarget = true', "target = [1]"],
)  # fmt: skip
def test_a_wrong_file_is_one_typed_error(text):
    with pytest.raises(BadInput, match="bad_targets"):
        read_targets(text)


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(BadInput, match="no_such_file"):
        open_targets(tmp_path / "none.toml")
    (tmp_path / "some.toml").write_text('[[target]]\nmetric = "nps"\ntarget = 30\n')
    assert open_targets(tmp_path / "some.toml")[0].target == 30.0
