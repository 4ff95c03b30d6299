"""What verite.toml says of outgoing calls."""

from __future__ import annotations

import pytest

from verite.words.errors import BadInput
from verite.words.settings import read_settings


def test_nothing_private_is_allowed_unless_named():
    assert read_settings("").outgoing_allow == ()
    told = '[home]\naddress = "https://v.example/"\n[outgoing]\nallow = ["127.0.0.1:9000", "desk"]'
    found = read_settings(told)
    assert found.outgoing_allow == ("127.0.0.1:9000", "desk")
    assert found.address == "https://v.example"


@pytest.mark.parametrize(
    "text", ['[outgoing]\nallow = "127.0.0.1"', "[outgoing]\nallow = [9000]", "outgoing = 3"]
)
def test_a_wrong_setting_is_one_typed_error(text):
    with pytest.raises(BadInput) as caught:
        read_settings(text)
    assert caught.value.code == "bad_settings"
