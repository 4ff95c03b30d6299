"""Logs say what kind of page was asked, never whose."""

from __future__ import annotations

import doctest
import logging

import pytest


@pytest.mark.parametrize("path", ["/card/eyJwIjoxfQ", "/customers/zzz9", "/sign-in/abc/def"])
def test_a_dead_link_leaves_no_token_in_the_log(alice, caplog, path: str) -> None:
    with caplog.at_level(logging.WARNING, logger="django.request"):
        assert alice.get(path).status_code in {400, 404}
    assert path.rpartition("/")[2] not in caplog.text
    assert not caplog.text or "/…" in caplog.text


def test_the_examples_run() -> None:
    from verite.web import logged

    assert doctest.testmod(logged).failed == 0
