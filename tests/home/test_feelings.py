"""The running feeling of a home: fitted, frozen, asked of one customer."""

from __future__ import annotations

import csv
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

import verite
from verite.home import Home
from verite.words.errors import BadInput, WrongUse
from verite.words.feeling import FeelingAsked, FeelingOutcome
from verite.words.member import Member, Role, console

AT = datetime(2026, 11, 1, tzinfo=UTC)
START = datetime(2026, 1, 1, tzinfo=UTC)
COLUMNS = ("message_id", "identity", "at", "channel", "touchpoint", "kind", "direction", "outcome",
           "motive", "metric", "score", "scale_min", "scale_max")  # fmt: skip
PEOPLE = 700


def write_year(path: Path) -> Path:
    """People who answer after contacts, and leave the more the worse the last months were."""
    rng = np.random.default_rng(3)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="")
        writer.writeheader()
        for person in range(PEOPLE):
            writer.writerows(_life(rng, person))
    return path


def _life(rng: np.random.Generator, person: int) -> list[dict[str, object]]:
    def row(day: float, kind: str, **more: object) -> dict[str, object]:
        at = START + timedelta(days=day)
        return {"message_id": f"{person}-{day:.4f}-{kind}", "identity": f"user:{person}",
                "at": at.isoformat(), "channel": "web", "kind": kind, **more}  # fmt: skip

    rows, feeling, last = [row(0.01, "delivery", touchpoint="installation")], 0.0, 0.0
    for day in np.sort(rng.uniform(1, 300, rng.poisson(14))):
        feeling *= 2 ** (-(day - last) / 30)
        if rng.random() < (day - last) / 7 / (1 + np.exp(4.2 + 1.1 * feeling)):
            rows.append(row(float(day), "other", touchpoint="termination", motive="voluntary"))
            return rows
        last, score = float(day), int(np.clip(rng.normal(5.5, 3), 0, 10))
        feeling += (score - 5) / 5 * (1 if score > 5 else 2)
        rows.append(row(last, "feedback", touchpoint="chat", metric="csat", score=score,
                        scale_min=0, scale_max=10))  # fmt: skip
    return rows


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    folder = tmp_path_factory.mktemp("feeling")
    with verite.create(folder / "h") as made:
        made.listen(write_year(folder / "year.csv"))
        yield made


def person_of(home: Home, identity: str) -> int:
    """The person behind an identity. Their number is drawn at random: places change by run."""
    ledger = home.desk.ledger
    key = ledger.key_of(identity)
    assert key is not None
    return int(ledger.person_of(key))


def test_before_any_fit_the_card_says_that_there_is_none(home: Home) -> None:
    card = home.feeling()
    assert card.result.model is None
    assert "non étalonné" in card.sentence("fr")
    assert card.rows() == []


def test_before_any_fit_the_feeling_is_not_calibrated(home: Home) -> None:
    now = home.feeling_of(person_of(home, "user:5"))
    assert not now.calibrated
    assert now.low is not None
    assert now.value is not None
    assert now.low < now.value


def test_a_fit_is_frozen_with_its_version_and_audited(home: Home) -> None:
    card = home.fit_feeling(by=console("cli"), at=AT).result
    assert card.model is not None
    assert card.fitted_by == "cli"
    assert card.model.ledger_version == home.versions[0]
    assert home.feeling().result.model == card.model
    from verite.records.audit.records import latest

    told = [(entry.did, entry.after) for entry in latest(using=home.open_records(), limit=2)]
    assert told == [("freeze_fit", card.model.version), ("start_fit", "")]


def test_a_score_bears_the_version_of_its_model(home: Home) -> None:
    card = home.fit_feeling(FeelingAsked(days=14), by=console("cli"), at=AT).result
    assert card.model is not None
    now = home.feeling_of(person_of(home, "user:5"))
    assert now.calibrated == card.model.calibrated
    assert now.model == (card.model.version if card.model.calibrated else None)


def test_one_person_is_read_in_ten_milliseconds(home: Home) -> None:
    person = person_of(home, "user:5")
    home.feeling_of(person)
    took = []
    for _ in range(20):
        start = time.thread_time()
        home.feeling_of(person)
        took.append(time.thread_time() - start)
    assert sorted(took)[10] < 0.010


def test_an_unknown_person_is_refused(home: Home) -> None:
    with pytest.raises(WrongUse, match="unknown_person"):
        home.feeling_of(1)


def test_a_fit_that_comes_to_nothing_leaves_the_model_in_use(home: Home) -> None:
    before = home.feeling().result.model
    asked = FeelingAsked(outcome=FeelingOutcome.REPURCHASE, days=30)
    with pytest.raises(BadInput):
        home.fit_feeling(asked, by=console("cli"), at=AT)
    assert home.feeling().result.model == before
    from verite.records.measure.fits import latest_fit

    failed = latest_fit(using=home.open_records())
    assert failed is not None
    assert failed.error.startswith("feeling_too_")


def test_an_agent_may_not_fit(home: Home) -> None:
    agent = Member(id=4, email="bob@example.org", name="Bob", role=Role.AGENT)
    with pytest.raises(WrongUse, match="not_allowed"):
        home.fit_feeling(by=agent, at=AT)


def test_the_document_carries_every_number_with_its_interval(home: Home) -> None:
    document = home.feeling().json("en")
    model = document["model"]
    assert isinstance(model, dict)
    assert {"half_life", "asymmetry", "trial", "coefficients", "touchpoints"} <= set(model)
    assert {"value", "low", "high"} <= set(model["half_life"])  # type: ignore[arg-type]


def test_the_sentence_is_said_in_both_languages(home: Home) -> None:
    card = home.feeling()
    assert "AUC" in card.sentence("fr")
    assert "AUC" in card.sentence("en")
    assert card.sentence("fr") != card.sentence("en")
