"""Long answers: looked for behind the page, shown once there, one of older data meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from verite.words.errors import WrongUse

SECONDS = 10.0


@pytest.fixture
def here(served: str) -> Iterator[str]:
    """A home to ask in."""
    from verite.records.current import within

    with within(served):
        yield served


def until(wanted, ask):
    """Asks until the answer is as wanted."""
    pause = threading.Event()
    for _ in range(400):
        found = ask()
        if wanted(found):
            return found
        pause.wait(0.025)
    raise AssertionError(found)


def test_what_is_quickly_found_is_shown_at_once(here: str) -> None:
    from verite.web.lately import latest

    found = latest("quick", lambda: 7, patience=SECONDS)
    assert (found.answer, found.is_current, found.error) == (7, True, None)


def test_what_takes_long_is_not_waited_for(here: str) -> None:
    from verite.web.lately import latest

    gate = threading.Event()

    def slowly() -> int:
        gate.wait(SECONDS)
        return 8

    try:
        found = latest("slow", slowly, patience=0.01)
        assert (found.answer, found.is_current) == (None, False)
    finally:
        gate.set()
    found = until(lambda one: one.is_current, lambda: latest("slow", slowly))
    assert found.answer == 8


def test_it_is_looked_for_once_while_the_data_stay(here: str) -> None:
    from verite.web.lately import latest

    asked: list[int] = []
    for _ in range(3):
        latest("once", lambda: asked.append(1), patience=SECONDS)
    assert asked == [1]


def test_once_the_data_change_the_older_answer_is_shown_as_such(
    here: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from verite.home import Home
    from verite.web.lately import latest

    latest("changing", lambda: "old", patience=SECONDS)
    gate = threading.Event()

    def newer() -> str:
        gate.wait(SECONDS)
        return "new"

    monkeypatch.setattr(Home, "versions", property(lambda home: (999, 1)))
    try:
        found = latest("changing", newer, patience=0.01)
        assert (found.answer, found.is_current) == ("old", False)
    finally:
        gate.set()
    found = until(lambda one: one.is_current, lambda: latest("changing", newer))
    assert found.answer == "new"


def test_a_question_that_makes_no_sense_says_why(here: str) -> None:
    from verite.web.lately import latest

    def refuse() -> int:
        raise WrongUse("unknown_metric", fields={"metric": "x", "known": ""})

    found = latest("senseless", refuse, patience=SECONDS)
    assert (found.answer, found.error.code) == (None, "unknown_metric")


def test_a_fault_is_told_and_not_tried_again_at_every_reading(here: str) -> None:
    from verite.web.lately import latest

    tried: list[int] = []

    def fail() -> int:
        tried.append(1)
        raise RuntimeError

    for _ in range(2):
        found = latest("broken", fail, patience=SECONDS)
        assert found.error.code == "long_answer_failed"
    assert tried == [1]


def test_a_page_that_waits_is_made_again_once_it_is_found(here: str) -> None:
    from django.http import HttpResponse
    from django.test import RequestFactory

    from verite.web.lately import latest
    from verite.web.remembered import remembered
    from verite.words.member import CONSOLE

    gate, made = threading.Event(), []

    def slowly() -> str:
        gate.wait(SECONDS)
        return "found"

    @remembered
    def page(request: object) -> HttpResponse:
        made.append(1)
        return HttpResponse(latest("waited for", slowly, patience=0.01).answer or "not yet")

    def read() -> str:
        request = RequestFactory().get("/waiting")
        request.member = CONSOLE
        return page(request).content.decode()

    try:
        assert (read(), read(), len(made)) == ("not yet", "not yet", 1)
    finally:
        gate.set()
    assert until(lambda told: told == "found", read)
    before = len(made)
    assert (read(), len(made)) == ("found", before)


def test_between_two_answers_it_rests_ten_times_as_long_as_the_first_took(
    here: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import time

    from verite.home import Home
    from verite.web.lately import RESTS, latest

    def half_a_second() -> str:
        time.sleep(0.5)
        return "old"

    latest("tiring", half_a_second, patience=SECONDS)
    monkeypatch.setattr(Home, "versions", property(lambda home: (998, 1)))
    found = latest("tiring", lambda: "new", patience=SECONDS)
    assert (found.answer, found.is_current, found.is_under_way) == ("old", False, False)
    later = time.monotonic() + RESTS * 0.5 + 1.0
    monkeypatch.setattr(time, "monotonic", lambda: later)
    assert latest("tiring", lambda: "new", patience=SECONDS).answer == "new"


def test_a_page_of_an_older_answer_is_made_again_after_the_rest(
    here: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import time

    from django.http import HttpResponse
    from django.test import RequestFactory

    from verite.web import lately
    from verite.web.remembered import remembered
    from verite.words.member import CONSOLE

    made: list[int] = []

    @remembered
    def page(request: object) -> HttpResponse:
        made.append(1)
        lately._mark(lately.Late(until=time.monotonic() + 3600.0 * (len(made) == 1)))
        return HttpResponse(str(len(made)))

    def read() -> str:
        request = RequestFactory().get("/resting")
        request.member = CONSOLE
        return page(request).content.decode()

    assert (read(), read()) == ("1", "1")
    later = time.monotonic() + 3601.0
    monkeypatch.setattr(time, "monotonic", lambda: later)
    assert read() == "2"


def test_what_nobody_asked_is_not_looked_for_and_what_was_found_is_known(here: str) -> None:
    from verite.web.lately import known, latest

    assert known("never asked", int) is None
    latest("asked", lambda: 5, patience=SECONDS)
    assert known("asked", int) == 5
