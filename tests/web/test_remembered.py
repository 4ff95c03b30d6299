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


def test_a_page_with_forms_is_kept_without_a_token_and_each_reader_is_given_their_own(
    served: str,
) -> None:
    """Two browsers read the page made for the first of them; both may send its form."""
    from django.test import Client

    from verite.records.accounts.actions import make_link
    from verite.records.current import within
    from verite.web import remembered
    from verite.web.clock import now
    from verite.words.member import CONSOLE

    def reader() -> Client:
        client = Client(enforce_csrf_checks=True)
        link = make_link(using=served, by=CONSOLE, email="alice@example.org", at=now())
        first = client.get(f"/sign-in/{link}").content.decode()
        client.post(f"/sign-in/{link}", {"csrfmiddlewaretoken": token(first)})
        return client

    def token(page: str) -> str:
        return page.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]

    with within(served):
        readers = [reader(), reader()]
        tokens = []
        for client in readers:
            page = client.get("/feeling")
            assert "no-store" in page.headers["Cache-Control"]
            assert "ETag" not in page.headers
            tokens.append(token(page.content.decode()))
        assert len(tokens[0]) == len(tokens[1]) == 64
        for found in tokens:
            assert not any(found.encode() in one.plain for one in remembered._sheets.values())
        asked = {"outcome": "luck", "days": "30"}
        for client, own in zip(readers, tokens, strict=True):
            answer = client.post("/feeling/fit", {**asked, "csrfmiddlewaretoken": own})
            assert answer.status_code == 400  # read, and refused as what it is
        crossed = readers[0].post("/feeling/fit", {**asked, "csrfmiddlewaretoken": tokens[1]})
        assert crossed.status_code == 403


def test_a_page_is_kept_while_somebody_comes_in_and_made_again_once_a_record_changes(asking):
    from django.http import HttpResponse

    from verite.records.accounts.actions import change_role, make_link
    from verite.records.current import current_alias
    from verite.web import remembered
    from verite.web.clock import now
    from verite.words.member import CONSOLE, Role

    made: list[int] = []

    @remembered.remembered
    def page(request):
        made.append(1)
        return HttpResponse(str(len(made)))

    alias = current_alias()
    assert asking(page) == b"1"
    make_link(using=alias, by=CONSOLE, email="bob@example.org", at=now())
    assert asking(page) == b"1"
    change_role(using=alias, by=CONSOLE, email="bob@example.org", role=Role.ANALYST, at=now())
    assert asking(page) == b"2"
