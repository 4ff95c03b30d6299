"""Filters live in the address, and stay there."""

from __future__ import annotations

import re

import pytest


def test_days_typed_in_the_address_survive_the_form(alice) -> None:
    text = alice.get("/measure?since=2026-03-02&until=2026-04-06").content.decode()
    assert '<input type="hidden" name="since" value="2026-03-02">' in text
    assert '<input type="hidden" name="until" value="2026-04-06">' in text


def test_a_period_chosen_again_ends_the_days_typed(alice) -> None:
    chosen = alice.get("/interactions?period=all&since=2026-03-02&until=2026-03-03")
    every = alice.get("/interactions?period=all")
    assert _count(chosen) == _count(every)


def _count(answer) -> str:
    found = re.search(r"<h1>(.*?)</h1>", answer.content.decode())
    return found[1] if found else ""


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "hier", "1914-02-02"])
@pytest.mark.parametrize("page", ["/", "/measure", "/interactions", "/api/measure"])
def test_a_day_out_of_all_calendars_is_said(alice, page: str, day: str) -> None:
    assert alice.get(f"{page}?since={day}").status_code == 400


def test_the_navigation_keeps_the_filters(alice) -> None:
    text = alice.get("/measure?channel=phone&metric=wait&period=91d").content.decode()
    assert 'href="/?period=91d&amp;channel=phone"' in text
    assert 'href="/map?period=91d&amp;channel=phone"' in text
    assert 'href="/listen"' in text
    assert 'href="/map"' in alice.get("/measure").content.decode()
