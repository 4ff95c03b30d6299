"""Pages remembered: made once, and never kept of somebody who was erased while they were made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

SECRET = b"Marie Dupont 4071"


@pytest.fixture
def asking(make_cast, tmp_path: Path) -> Iterator[Callable[..., bytes]]:
    """Asks a page of a home with one customer, as its owner."""
    from django.http import HttpRequest

    from verite.loop.listen import Request
    from verite.records.current import within
    from verite.web.clock import now
    from verite.web.house import home_here
    from verite.web.language import speak
    from verite.words.member import CONSOLE

    cast = make_cast(tmp_path / "home")
    file = tmp_path / "rows.csv"
    file.write_text(
        "message_id,identity,at,channel,kind\n"
        "m1,user:4071,2026-01-05T09:00:00Z,phone,contact\n"
        "m2,user:2,2026-01-05T09:00:00Z,phone,contact\n"
    )

    def ask(page) -> bytes:
        request = HttpRequest()
        request.method, request.path = "GET", "/page-of-a-test"
        request.member = CONSOLE  # type: ignore[attr-defined]
        return bytes(page(request).content)

    with within(cast.alias):
        home_here().listen_to(Request(files=(file,)), at=now())
        speak("fr")
        yield ask


def test_a_page_made_while_somebody_was_erased_is_not_kept(asking):
    from django.http import HttpResponse

    from verite.web import remembered
    from verite.web.clock import now
    from verite.web.house import home_here
    from verite.words.member import CONSOLE

    made: list[int] = []

    @remembered.remembered
    def page(request):
        made.append(1)
        if len(made) == 1:
            home_here().erase("user:4071", by=CONSOLE, at=now())
            return HttpResponse(SECRET)
        return HttpResponse(b"nobody")

    assert asking(page) == SECRET  # asked before the erasure
    assert not any(SECRET in sheet.plain for sheet in remembered._sheets.values())
    assert [asking(page), asking(page)] == [b"nobody", b"nobody"]
    assert len(made) == 2
