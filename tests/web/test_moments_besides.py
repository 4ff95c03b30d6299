"""What stands beside the moments: touchpoints that could not be studied."""

from __future__ import annotations

import pytest

from verite.words.moments import LeftOut


@pytest.mark.parametrize(
    ("n", "told"), [(28, "n\u202f=\u202f28"), (0, "masqué, n\u202f<\u202f5")], ids=["few", "hidden"]
)
def test_a_number_that_is_hidden_is_not_told_as_none(alice, n: int, told: str) -> None:
    from verite.web.moments.besides import told_left_out
    from verite.web.touchpoints.naming import Names

    one = LeftOut(touchpoint="mediator", reason="few", n=n)
    assert told_left_out(one, Names(drawn={}, owned={}, held=()))[2] == told
