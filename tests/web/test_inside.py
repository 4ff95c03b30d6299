"""Pages of what comes from inside: how to ask when empty, figures and evidence when told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from tests.web.conftest import Cast, make_home

AT = datetime(2026, 6, 1, tzinfo=UTC)
PAGES = ("/identical/values", "/identical/answers")
VALUES = '\n[values.names]\nlistening = { fr = "Écoute", en = "Listening" }\n'


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cast]:
    """Alice in a home whose staff answered, with check contacts and items on a touchpoint."""
    from verite.home import Home
    from verite.loop.listen import Request
    from verite.records.current import within
    from verite.web.house import close_house, home_here, open_house

    folder = tmp_path_factory.mktemp("inside")
    staff, check, items = (folder / name for name in ("staff.csv", "check.csv", "items.csv"))
    staff.write_text("at,identity,team,value_listening\n" + "".join(
        f"2026-05-04,{team}{n}@acme.example,{team},{5 if team == 'nord' else 2}\n"
        for team in ("nord", "sud") for n in range(40)))  # fmt: skip
    check.write_text("at,channel,question,answer\n" + "".join(
        f"2026-05-04,{channel},returns,{'<b>no</b>' if channel == 'chat' else 'yes'}\n"
        for channel in ("chat", "phone", "email") for _ in range(12)))  # fmt: skip
    items.write_text("at,identity,channel,touchpoint,staff_skill\n" + "".join(
        f"2026-05-04,user:{n},store,shop_help,{1 + n % 5}\n" for n in range(40)))  # fmt: skip
    alias = make_home(folder / "home", name="Acme", file=None)
    close_house(alias)
    with (folder / "home" / "verite.toml").open("a", encoding="utf-8") as file:
        file.write(VALUES)
    alias = open_house(folder / "home")
    with within(alias):
        home: Home = home_here()
        home.listen_to(Request(files=(items,)), at=AT)
        for file in (staff, check):
            home.listen_to(Request(files=(file,), inside=True), at=AT)
    yield Cast(alias, "alice@example.org")
    close_house(alias)


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_an_empty_page_says_how_to_ask(alice, page: str, lang: str) -> None:
    answer = alice.get(f"{page}?lang={lang}")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert text.count("<h1") == 1
    assert "--inside" in text


def test_values_are_told_by_team(told: Cast) -> None:
    text = told.get("/identical/values?lang=fr").content.decode()
    assert "Écoute" in text
    assert "équipe sud" in text
    assert "pas connue de tous" in text
    assert "value_listening" in text
    assert "@acme" not in text


def test_answers_stand_side_by_side_and_lead_to_their_contacts(told: Cast) -> None:
    text = told.get("/identical/answers?lang=en").content.decode()
    assert "does not get the same answer" in text
    assert "&lt;b&gt;no&lt;/b&gt;" in text
    assert "<b>no</b>" not in text
    behind = told.get("/identical/answers?question=returns&lang=en").content.decode()
    assert behind.count("<tr>") > text.count("<tr>") + 30
    assert told.get("/identical/answers?question=never").status_code == 404


@pytest.mark.parametrize("name", ["values/export", "answers/export", "items"])
def test_figures_are_handed_out_as_files(told: Cast, name: str) -> None:
    for kind in ("csv", "xlsx"):
        assert told.get(f"/identical/{name}.{kind}").status_code == 200
    assert told.get(f"/identical/{name}.pdf").status_code == 404


def test_only_those_who_may_export_take_files(bob) -> None:
    assert bob.get("/identical/values/export.csv").status_code == 403


def test_a_touchpoint_shows_its_items_as_they_were_asked(told: Cast) -> None:
    text = told.get("/touchpoints/shop_help?lang=en&period=all").content.decode()
    assert "knew what they were talking about" in text
    assert "Staff skill" in text
    assert ">3.0" in text


def test_an_upload_of_staff_answers_is_refused(told: Cast) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile("staff.csv", b"at,identity,value_listening\n2026-05-04,ann,5\n")
    answer = told.post("/listen", {"file": file})
    if answer.status_code == 302:
        answer = told.get(answer.headers["Location"])
    assert "--inside" in answer.content.decode()
