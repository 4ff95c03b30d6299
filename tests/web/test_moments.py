"""The pages of moments of truth: worked out behind, read, exported."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from tests.web.moments_made import forget, stand_in, told, until_found

from verite.answer import Answer
from verite.words.moments import Moments, MomentsAsked


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Homes answer the made-up study, at once."""
    stand_in(monkeypatch)
    yield
    forget()


def test_the_page_says_what_stands_out_how_surely_and_on_how_many_tests(alice, made) -> None:
    page = told(alice.get("/moments"))
    assert "Deux moments rares pèsent sur le NPS bien plus que leur volume" in page
    assert "Points de contact examinés : 4 ; distingués du hasard : 3 ; fausses" in page
    assert "solidité 2 sur 4 : association ajustée, non prouvée" in page
    assert "2 400 réponses de 2 100 clients" in page
    assert "R² = 0,17 [0,14 ; 0,20]" in page
    assert 'aria-label="friction"' in page
    assert "disproportionné" in page


def test_the_first_lines_name_the_moments_by_kind_with_their_volume_and_effect(alice, made) -> None:
    page = told(alice.get("/moments"))
    lede = re.search(r'<p class="lede">(.*?)</p>', page)[1]
    assert lede.startswith("Friction : Advisor. Enchantement : Chat.")
    assert "1,8 % des interactions et 72 % de l’effet" in lede


def test_one_moment_is_titled_by_what_it_is_and_its_figures_bear_intervals(alice, made) -> None:
    page = told(alice.get("/moments/advisor"))
    assert "une friction qui pèse bien plus que son volume" in page
    lede = re.search(r'<p class="lede">(.*?)</p>', page)[1]
    assert re.search(r"Un mauvais vécu va avec −[\d,]+ pts \[−[\d,]+ ; −[\d,]+\]", lede)
    assert re.search(r"\[[\d,]+ ; [\d,]+\] à gagner, sur 450 réponses", lede)


def test_the_curve_has_its_figures_under_it(alice, made) -> None:
    page = told(alice.get("/moments/advisor"))
    rows = re.findall(r'<th scope="row">de ([\d,]+) à [\d,]+</th><td class="num now">', page)
    assert rows[:3] == ["0", "2,5", "5"]


def test_what_chance_explains_is_titled_so(alice, made) -> None:
    page = told(alice.get("/moments/shop_help"))
    assert "rien ne le distingue du hasard" in page
    assert "à gagner, sur" not in page


def test_ties_are_told_as_ties_and_ranks_have_their_interval(alice, made) -> None:
    page = told(alice.get("/moments"))
    assert "Leur rang" not in page
    assert "À égalité avec : Réclamation." in page or "À égalité avec : Complaint." in page
    assert '2 <span class="iv">[2 ; 3]</span>' in page


def test_the_picture_leads_to_each_moment_for_the_same_question(alice, made) -> None:
    page = told(alice.get("/moments?outcome=nps&by=segment.offer&period=365d"))
    asked = "period=365d&amp;outcome=nps&amp;by=segment.offer"
    assert f'<a href="/moments/advisor?{asked}"' in page
    assert 'value="segment.offer" selected' in page


def test_segments_say_how_many_were_examined(alice, made) -> None:
    page = told(alice.get("/moments"))
    assert "Écarts examinés : 8 ; distingués du hasard : 1" in page
    assert "au-delà du hasard" in page


def test_what_could_not_be_examined_is_named_with_its_reason(alice, made) -> None:
    page = told(alice.get("/moments"))
    assert "Kiosk" in page
    assert "trop peu de réponses" in page


def test_one_moment_shows_figures_words_targets_and_what_comes_next(alice, made) -> None:
    page = told(alice.get("/moments/chat"))
    for part in (
        "2,4 <span", "Chiffres et mots concordent", "212 paroles.", "noté 2",
        "Rattrapage", "Bascule", "Aucune action encore", "Personne n’a encore rien décidé",
        "Maintenant et objectif",
    ):  # fmt: skip
        assert part in page, part
    assert 'role="table"' in page  # the target of the chat


def test_a_touchpoint_without_a_study_says_why_and_what_to_do(alice, made) -> None:
    page = alice.get("/moments/site_home")
    assert page.status_code == 200
    assert "Pas encore de moment de vérité" in told(page)
    assert "Ce qu’il faut maintenant" in told(page)
    assert "site_home" not in re.sub(r"<[^>]*>", "", told(page))


def test_an_unknown_touchpoint_or_outcome_is_not_found(alice, made) -> None:
    assert alice.get("/moments/nowhere").status_code == 404
    assert alice.get("/moments?outcome=joy").status_code == 404
    assert alice.get("/moments?by=segment.hat").status_code == 404


def test_english_readers_get_english(alice, made) -> None:
    page = told(alice.get("/moments/advisor?lang=en"))
    alice.get("/account?lang=fr")
    for part in ("Figures and words agree", "solidity 2 of 4", "Points at stake"):
        assert part in page, part


def test_files_hold_every_touchpoint_and_the_picture(alice, made) -> None:
    table = alice.get("/moments/export.csv?lang=fr").content.decode()
    assert len(table.strip().splitlines()) == 5
    assert alice.get("/moments/export.xlsx").content[:2] == b"PK"
    picture = alice.get("/moments/export.svg").content.decode()
    assert picture.startswith("<svg")
    assert "class=" not in picture
    assert alice.get("/moments/export.pdf").status_code == 404
    curve = alice.get("/moments/advisor/curve.svg")
    assert curve.headers["Content-Type"].startswith("image/svg+xml")
    assert curve.content.decode().startswith("<svg")


def test_a_home_without_data_or_without_answers_says_what_to_do(
    charlie, make_cast, tmp_path
) -> None:
    assert "viennent avec les contacts et les réponses" in told(charlie.get("/moments"))
    owner = make_cast(tmp_path / "home")
    file = tmp_path / "visits.csv"
    file.write_text("message_id,identity,at,channel,touchpoint,kind\n"
                    "a1,user:1,2026-05-04T10:00:00Z,web,site_home,visit\n")  # fmt: skip
    from datetime import UTC, datetime

    from verite.loop.listen import Request
    from verite.records.current import within
    from verite.web.house import home_here

    with within(owner.alias):
        at = datetime(2026, 6, 1, tzinfo=UTC)
        home_here().listen_to(Request(files=(file,)), at=at)
    page = told(owner.get("/moments"))
    assert "Aucune note, aucun achat, aucun départ" in page
    assert "/listen" in page


def test_the_real_study_is_worked_out_behind_the_page(alice) -> None:
    forget()
    page = until_found(alice, "/moments?lang=fr")
    title = re.search(r"<h1>(.*?)</h1>", page, re.S)[1]
    assert re.match(r"(Aucun|Un|Deux|Trois|Quatre|Cinq) moments? .* le NPS", title)
    again = alice.get("/moments")
    assert again.headers["ETag"]
    assert len(again.content) < 100_000


def test_while_it_is_worked_out_the_page_says_so_and_follows_it(alice, monkeypatch) -> None:
    import threading

    from verite.home import Home

    forget()
    gate = threading.Event()
    real = Home.moments

    def slowly(home: Home, asked: MomentsAsked) -> Answer[Moments]:
        gate.wait(20)
        return real(home, asked)

    monkeypatch.setattr(Home, "moments", slowly)
    try:
        page = told(alice.get("/moments?lang=fr"))
        assert "En calcul" in page
        assert 'hx-get="/moments' in page
        follow = alice.get("/moments", **{"HX-Request": "true"})
        assert (follow.status_code, "En calcul" in told(follow)) == (200, True)
    finally:
        gate.set()
    until_found(alice, "/moments?lang=fr")
    done = alice.get("/moments", **{"HX-Request": "true"})
    assert (done.status_code, done.headers["HX-Refresh"]) == (204, "true")


def test_the_api_gives_the_study_in_the_keys_of_the_command_line(alice) -> None:
    answer = json.loads(alice.get("/api/moments?outcome=nps").content)
    assert {"outcome", "n", "r2", "rung", "rows", "tested"} <= set(answer)
    assert alice.get("/api/moments?before=x").status_code == 400


def test_a_study_of_older_data_is_shown_as_such_without_words(alice, made, monkeypatch) -> None:
    from verite.home import Home
    from verite.web import lately, remembered

    alice.get("/moments")
    assert "Je venais de tout expliquer" in told(alice.get("/moments/chat"))
    monkeypatch.setattr(Home, "versions", property(lambda home: (997, 1)))
    monkeypatch.setattr(lately, "_may_look", lambda work: False)
    remembered._former.forget(lambda place: True)  # no page is held, the study is
    for address in ("/moments?period=all", "/moments/chat"):
        page = told(alice.get(address))
        assert "ce résultat est d’un peu avant" in page
        assert "Je venais de tout expliquer" not in page
    assert alice.get("/moments/site_home").status_code == 200


def test_what_is_assumed_is_kept_in_the_question_and_its_links(alice, made) -> None:
    asked = "/moments/advisor?assume=no_unseen&assume=no_mediator&by=segment.offer"
    page = told(alice.get(asked))
    for code in ("no_unseen", "no_mediator"):
        assert f'name="assume" value="{code}" checked' in page
    assert 'name="assume" value="no_spill">' in page
    assert "assume=no_unseen%3B+no_mediator" in page
