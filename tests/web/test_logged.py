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


def test_a_page_that_breaks_leaves_its_kind_and_place_in_the_log_and_no_word(caplog) -> None:
    from verite.web.logged import keep_logs_clean
    from verite.words.errors import BadInput

    keep_logs_clean()
    log = logging.getLogger("django.request")
    with caplog.at_level(logging.ERROR, logger="django.request"):
        try:
            try:
                float("Marie Dupont 100%")
            except ValueError as error:
                raise BadInput("bad_time", fields={"at": "Marie Dupont"}) from error
        except BadInput:
            log.error("Internal Server Error: %s", "/customers/zz", exc_info=True)
    assert "Marie" not in caplog.text
    assert "BadInput bad_time from ValueError at test_logged.py" in caplog.text
    assert "/customers/…" in caplog.text


def test_a_thread_that_breaks_leaves_no_word_in_the_log(served, caplog, monkeypatch) -> None:
    from verite.web import warming

    def broken(address: str, lang: str) -> None:
        raise ValueError("Marie Dupont, 06 12 34 56 78")

    monkeypatch.setattr(warming, "_open", broken)
    from verite.records.current import within

    with within(served):
        warming._warm()
    assert "ValueError at test_logged.py" in caplog.text
    assert "Marie" not in caplog.text
