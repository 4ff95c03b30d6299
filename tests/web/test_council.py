"""The page of the works council: read by all, written by owners, its effect at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

TOLD = {"consulted": "2026-01-05", "informed": "2026-01-09", "note": "PV <12>"}


@pytest.fixture(scope="module")
def owner(tmp_path_factory: pytest.TempPathFactory, make_cast: Callable) -> Iterator[object]:
    return make_cast(tmp_path_factory.mktemp("council") / "home")


def page_of(answer: object) -> str:
    return answer.content.decode()


def test_a_consultation_is_recorded_shown_and_withdrawn(owner) -> None:
    assert "Les chiffres par conseiller sont fermés" in page_of(owner.get("/members/council"))
    assert owner.post("/members/council", TOLD).status_code == 302
    shown = page_of(owner.get("/members/council"))
    assert "Les chiffres par conseiller sont ouverts" in shown
    assert "PV &lt;12&gt;" in shown
    assert owner.post("/members/council", {"do": "withdraw"}).status_code == 302
    assert "retirée" in page_of(owner.get("/members/council"))


@pytest.mark.parametrize(
    "wrong", [{"consulted": ""}, {"informed": "hier"}, {"consulted": "2999-01-01"}]
)
def test_what_cannot_be_recorded_is_told_and_kept_in_the_form(owner, wrong: dict) -> None:
    answer = owner.post("/members/council", {**TOLD, **wrong})
    assert answer.status_code == 400
    assert 'role="alert"' in page_of(answer)
    assert 'value="PV &lt;12&gt;"' in page_of(answer)


def test_an_agent_reads_and_does_not_write(owner) -> None:
    added = owner.post("/members", {"email": "gina@example.org", "role": "agent"})
    link = page_of(added).split("http://testserver")[1].split("<")[0]
    gina = type(owner)(owner.alias, None)
    gina.post(link)
    shown = page_of(gina.get("/members/council"))
    assert "Seul un propriétaire" in shown
    assert "<form method" not in shown.split("<main")[1]
    assert gina.post("/members/council", TOLD).status_code == 403
