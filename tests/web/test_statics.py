"""Style sheet and scripts."""

from __future__ import annotations

import re

from verite.web.statics import FOREVER, static_url, statics, with_statics


def fetch(path: str, **environ: str) -> tuple[str, dict[str, str], bytes]:
    """One GET to the static files."""
    told: list[tuple[str, dict[str, str]]] = []

    def start(status: str, headers: list[tuple[str, str]], *_: object) -> None:
        told.append((status, dict(headers)))

    def nothing(*_: object) -> list[bytes]:
        return [b"page"]

    environment = {"REQUEST_METHOD": "GET", "PATH_INFO": path, **environ}
    body = b"".join(with_statics(nothing)(environment, start))
    status, headers = told[0] if told else ("", {})
    return status, headers, body


def test_a_file_may_be_kept_for_ever_because_its_name_follows_its_content() -> None:
    status, headers, _ = fetch(static_url("verite.css"))
    assert (status, headers["Cache-Control"]) == ("200 OK", FOREVER)
    assert re.fullmatch(r"/static/verite\.[0-9a-f]{10}\.css", static_url("verite.css"))


def test_a_file_is_sent_compressed_to_who_reads_gzip() -> None:
    _, headers, body = fetch(static_url("htmx.js"), HTTP_ACCEPT_ENCODING="gzip")
    assert headers["Content-Encoding"] == "gzip"
    assert len(body) < 20_000


def test_other_addresses_under_static_are_not_found() -> None:
    assert fetch("/static/../secret.key")[0] == "404 Not Found"


def test_pages_pass_through() -> None:
    assert fetch("/map")[2] == b"page"


def test_no_style_sheet_asks_anything_of_the_network() -> None:
    for name in ("verite.css", "pages.css"):
        text = statics()[name].plain.decode()
        assert "url(" not in text
        assert "@import" not in text
