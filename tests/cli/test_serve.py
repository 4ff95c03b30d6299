"""The demo is made and served by one command: its link signs in, its pages answer."""

from __future__ import annotations

import http.cookiejar
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def open_when_ready(opener: urllib.request.OpenerDirector, url: str) -> str:
    for _ in range(240):
        try:
            with opener.open(url, timeout=60) as answer:
                return str(answer.read().decode())
        except ConnectionError:
            time.sleep(0.25)
        except urllib.error.HTTPError:
            raise
        except urllib.error.URLError:
            time.sleep(0.25)
    raise AssertionError(f"{url} never answered")


def test_the_demo_is_served_in_one_command(tmp_path: Path) -> None:
    port = free_port()
    command = [sys.executable, "-m", "verite", "--lang", "en", "demo", str(tmp_path / "h")]
    told = tmp_path / "told.txt"
    with told.open("w") as out:
        server = subprocess.Popen(
            [*command, "--people", "500", "--port", str(port)], stdout=out, stderr=out
        )
    try:
        link = None
        for _ in range(1200):
            link = re.search(r"http://\S+/sign-in/\S+", told.read_text())
            if link or server.poll() is not None:
                break
            time.sleep(0.25)
        assert link, told.read_text()
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        opener = urllib.request.build_opener(cookies)
        page = open_when_ready(opener, link.group())
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token, page
        form = urllib.parse.urlencode({"csrfmiddlewaretoken": token.group(1)}).encode()
        entered = urllib.request.Request(link.group(), data=form, headers={"Referer": link.group()})
        try:
            with opener.open(entered, timeout=120) as answer:
                assert "Clairvoie" in answer.read().decode()
        except urllib.error.HTTPError as error:
            raise AssertionError(told.read_text()) from error
        assert "Clairvoie" in open_when_ready(opener, f"http://127.0.0.1:{port}/map")
    finally:
        server.terminate()
        server.wait(timeout=30)


def test_pages_of_a_past_date_are_refused_with_the_way_to_ask(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "verite", "--home", str(tmp_path), "--as-of", "2026-05-01"]
    done = subprocess.run([*command, "serve"], capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert "Les pages disent ce qui est su maintenant" in done.stderr
