"""The model card of the running feeling: empty, fitted from the page, refitted by the calendar."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

AT = datetime(2026, 6, 22, tzinfo=UTC)


@pytest.fixture
def owner(make_cast, tmp_path, own_table):
    """The owner of a home of tickets and answers, where nobody buys."""
    from verite.loop.listen import Request
    from verite.records.current import within
    from verite.web.house import home_here

    made = make_cast(tmp_path / "home")
    with within(made.alias):
        home_here().listen_to(Request(files=(own_table(tmp_path / "own.csv", people=300),)), at=AT)
    return made


def fitted(alias: str):
    """The last fit, once it has ended."""
    from verite.records.measure.fits import FitState, latest_fit

    for _ in range(600):
        fit = latest_fit(using=alias)
        if fit is not None and fit.state is not FitState.RUNNING:
            return fit
        time.sleep(0.1)
    raise AssertionError("the fit did not end")


def test_before_any_fit_the_page_says_what_stands_in(owner) -> None:
    page = owner.get("/feeling").content.decode()
    assert "Non étalonné" in page
    assert "estompée de moitié en 60" in page
    assert 'action="/feeling/fit"' in page


def test_before_any_fit_the_page_says_how_much_it_takes(owner) -> None:
    page = owner.get("/feeling?lang=en").content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert "at least 100 outcomes seen, 25 of them in the last months" in page
    assert "the demo can be fitted from 4,000" in page


def test_a_fit_from_the_page_ends_as_a_card_with_its_doubts(owner) -> None:
    assert owner.post("/feeling/fit", {"outcome": "score", "days": "14"}).status_code == 302
    fit = fitted(owner.alias)
    assert (fit.state, fit.by, fit.error) == ("done", "alice@example.org", "")
    page = owner.get("/feeling").content.decode()
    assert fit.version in page
    for part in ("Récence, fréquence, montant", "demi-vie, en jours", "part arrivée", "art. 22"):
        assert part in page
    assert "Model card" in owner.get("/feeling?lang=en").content.decode()


def test_a_fit_that_comes_to_nothing_says_why(owner) -> None:
    owner.post("/feeling/fit", {"outcome": "churn", "days": "30"})
    assert fitted(owner.alias).state == "failed"
    page = owner.get("/feeling").content.decode()
    assert "Pas assez d’issues observées" in page


def test_the_calendar_fits_again_what_is_too_old(owner, monkeypatch) -> None:
    from datetime import timedelta

    from verite.web.feeling import running

    owner.post("/feeling/fit", {"outcome": "score", "days": "14"})
    first = fitted(owner.alias)
    assert not running.refit_if_due(owner.alias)
    later = first.at + timedelta(days=31)
    monkeypatch.setattr(running, "now", lambda: later)
    assert running.refit_if_due(owner.alias)
    again = fitted(owner.alias)
    assert (again.by, again.asked) == ("schedule", first.asked)
    assert again.number > first.number


def test_without_a_model_the_calendar_fits_nothing(owner) -> None:
    from verite.web.feeling.running import refit_if_due

    assert not refit_if_due(owner.alias)


@pytest.mark.parametrize(
    "data", [{"outcome": "luck", "days": "30"}, {"outcome": "churn", "days": "3"}, {}]
)
def test_an_outcome_or_days_that_make_no_sense_are_refused(alice, data: dict[str, str]) -> None:
    assert alice.post("/feeling/fit", data).status_code == 400


def test_an_agent_reads_the_card_and_fits_nothing(bob) -> None:
    page = bob.get("/feeling")
    assert page.status_code == 200
    assert "/feeling/fit" not in page.content.decode()
    assert bob.post("/feeling/fit", {"outcome": "score", "days": "30"}).status_code == 403


def test_an_empty_home_says_what_to_do_next(charlie) -> None:
    assert "vient avec les contacts" in charlie.get("/feeling").content.decode()
