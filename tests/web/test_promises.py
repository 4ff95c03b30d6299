"""The page of promises: judged hour by hour, written by people, every figure opens."""

from __future__ import annotations

import html
import json
import re
import time

import pytest

FORM = {
    "fr": "Vite au téléphone", "en": "Quick on the phone", "key": "quick", "kind": "answered",
    "within": "5 min", "target": "80", "channel": ["phone"], "always": "1", "is_new": "1",
}  # fmt: skip


def found(cast, address: str = "/promises?lang=en") -> str:
    """The page once it is worked out."""
    for _ in range(600):
        page = cast.get(address).content.decode()
        if 'id="working"' not in page:
            return page
        time.sleep(0.1)
    raise AssertionError(page)


@pytest.fixture
def written(alice) -> None:
    """One promise, kept by Alice."""
    assert alice.post("/promises/write", FORM).status_code == 302


def test_without_a_promise_the_page_says_what_one_is_and_gives_templates(charlie, alice) -> None:
    assert "Apporter un premier fichier" in charlie.get("/promises").content.decode()
    if alice.get("/promises/write?promise=quick").status_code == 200:
        alice.post("/promises/quick/withdraw")
    page = found(alice)
    assert "No promise is written" in page
    links = re.findall(r'href="(/promises/write\?template=[a-z_]+)"', page)
    assert len(links) == 4
    for link in links:
        assert alice.get(link).status_code == 200


@pytest.mark.usefixtures("written")
def test_a_promise_written_is_judged_hour_by_hour(alice) -> None:
    page = found(alice)
    assert "Quick on the phone" in page
    assert 'class="pic wide"' in page
    assert 'class="pic narrow"' in page
    assert "compared with the others" in page
    assert len(page.encode()) < 100_000


@pytest.mark.usefixtures("written")
def test_every_cell_opens_exactly_what_it_counts(alice) -> None:
    page = found(alice)
    cells = re.findall(r'<a href="(/promises/quick/[^"]+)">[^<]*</a> <small>[^<]*n ([\d,]+)<', page)
    assert cells
    for address, n in cells[:3]:
        answer = alice.get(html.unescape(address))
        assert answer.status_code == 302
        told = alice.get(answer.headers["Location"] + "&lang=en").content.decode()
        assert n in re.search(r"<h1.*?</h1>", told, re.S)[0]
    rows = re.findall(r'<th scope="row">(?:Monday|Phone)</th>.*?</tr>', page, re.S)
    links = [re.search(r'class="num"><a href="([^"]+)">([\d,]+)</a>', row) for row in rows]
    assert any(links)
    for link in filter(None, links):
        told = alice.get(html.unescape(link[1]) + "&lang=en").content.decode()
        assert link[2] in re.search(r"<h1.*?</h1>", told, re.S)[0]


@pytest.mark.usefixtures("written")
def test_the_api_answers_what_the_command_line_does(alice, served: str) -> None:
    from verite.home import Home
    from verite.records.setup import home_of

    with Home.open(home_of(served)) as home:
        told = json.loads(json.dumps(home.promises().json("en")))
    assert json.loads(alice.get("/api/promises?lang=en").content) == told
    assert told["rows"][0]["promise"] == "quick"


@pytest.mark.usefixtures("written")
@pytest.mark.parametrize(("kind", "type_"), [("csv", "csv"), ("xlsx", "sheet"), ("svg", "svg")])
def test_it_is_handed_out_as_files(alice, bob, kind: str, type_: str) -> None:
    answer = alice.get(f"/promises/export.{kind}")
    assert (answer.status_code, type_ in answer.headers["Content-Type"]) == (200, True)
    assert bob.get(f"/promises/export.{kind}").status_code == 403


@pytest.mark.usefixtures("written")
def test_a_change_is_another_version_and_a_withdrawal_takes_it_off(alice) -> None:
    form = alice.get("/promises/write?promise=quick&lang=en").content.decode()
    assert 'value="5 min"' in form
    assert re.search(r'value="phone"[^>]* checked', form)
    changed = {**FORM, "target": "70"}
    changed.pop("is_new")
    alice.post("/promises/write", changed)
    page = found(alice)
    assert "70%" in page
    assert "Version" in page
    assert alice.post("/promises/quick/withdraw").status_code == 302
    assert "No promise is written" in found(alice)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"channel": ["pigeon"]}, "pigeon"),
        ({"within": "0 min"}, "longer than zero"),
        ({"target": "120"}, "120"),
        ({"target": "much"}, "target"),
        ({"always": "", "hours_mon": "08:00-12:00, 11:00-13:00"}, "overlap at 11:00"),
        ({"kind": "by_date", "within": ""}, "end"),
    ],
)
def test_what_makes_no_sense_is_one_sentence_and_nothing_typed_is_lost(
    alice, change: dict[str, object], told: str
) -> None:
    answer = alice.post("/promises/write?lang=en", {**FORM, **change})
    page = answer.content.decode()
    fault = re.search(r'id="fault"[^>]*>(.*?)</p>', page, re.S)
    assert answer.status_code == 400
    assert told in fault[1]
    assert "Vite au téléphone" in page


def test_a_file_replaces_every_promise(alice) -> None:
    text = '[[promise]]\nkey="open"\nfr="Ouvert"\nen="Open"\nkind="open"\ntarget=90\n'
    assert alice.post("/promises/file", {"text": text}).status_code == 302
    assert "Open" in found(alice)
    wrong = alice.post("/promises/file?lang=en", {"text": "[[promise"})
    assert wrong.status_code == 400
    assert "no readable promise" in wrong.content.decode()
    alice.post("/promises/open/withdraw")


def test_agents_read_promises_and_write_none_and_strangers_see_nothing(bob, stranger) -> None:
    assert bob.get("/promises").status_code == 200
    assert bob.get("/promises/write").status_code == 403
    assert bob.post("/promises/write", FORM).status_code == 403
    assert bob.post("/promises/quick/withdraw").status_code == 403
    assert bob.post("/promises/file", {"text": ""}).status_code == 403
    assert stranger.get("/promises").status_code == 302


@pytest.mark.usefixtures("written")
@pytest.mark.parametrize("address", ["/promises?promise=none", "/promises/quick/9-99x"])
def test_an_unknown_promise_or_hour_is_no_server_fault(alice, address: str) -> None:
    assert alice.get(address).status_code in (302, 400, 404)
