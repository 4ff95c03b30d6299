"""A question asked of a past date is answered as it would have been then."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.web.conftest import write_interactions

import verite
from verite.home import Home
from verite.home.story_list import list_stories
from verite.words.stories import StoriesAsked

THEN = datetime(2026, 4, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Home, Home]]:
    """A home of six months asked as of the third, and one that only ever heard those three."""
    folder = tmp_path_factory.mktemp("past")
    whole = write_interactions(folder / "whole.csv", people=60)
    with whole.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    early = [row for row in rows if row["at"] < THEN.isoformat()]
    with (folder / "early.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(early)
    for name in ("whole", "early"):
        with verite.create(folder / name) as home:
            home.listen(folder / f"{name}.csv")
    past = Home.open(folder / "whole", as_of=THEN)
    then = Home.open(folder / "early", as_of=THEN)
    with past, then:
        yield past, then


def without_versions(told: object) -> object:
    """A document without what names the ledger itself."""
    if isinstance(told, dict):
        left = {"ledger_version", "people_version", "person", "sources", "quarantined"}
        return {key: without_versions(told[key]) for key in told if key not in left}
    return [without_versions(one) for one in told] if isinstance(told, list) else told


@pytest.mark.parametrize("asked", ["effort", "map", "alerts", "status"])
def test_what_came_later_changes_no_answer(both: tuple[Home, Home], asked: str) -> None:
    past, then = (getattr(home, asked)() for home in both)
    assert without_versions(past.json()) == without_versions(then.json())


def test_lists_of_stories_and_interactions_end_at_the_date(both: tuple[Home, Home]) -> None:
    past, then = both
    assert past.interactions().result.total == then.interactions().result.total
    lists = [list_stories(home.desk, StoriesAsked(days=0)) for home in both]
    assert [line.case_id for line in lists[0].lines] == [line.case_id for line in lists[1].lines]
    assert lists[0].total == lists[1].total > 0


def test_before_the_first_interaction_nothing_is_known(both: tuple[Home, Home]) -> None:
    with Home.open(both[0].path, as_of=datetime(2020, 1, 1, tzinfo=UTC)) as home:
        assert home.status().result.interactions == 0
        assert home.interactions().result.total == 0


def test_how_a_contact_under_way_ends_is_not_known_yet(tmp_path: Path) -> None:
    head = "message_id,identity,at,ended_at,channel,touchpoint,kind,duration_s,outcome"
    told = "c1,user:a,2026-03-02T09:00:00Z,2026-03-02T10:00:00Z,chat,chat,contact,3600,abandoned"
    (tmp_path / "one.csv").write_text(f"{head}\n{told}\n{told.replace('c1', 'c2')}\n")
    with verite.create(tmp_path / "home") as home:
        home.listen(tmp_path / "one.csv")
    for hour, known in ((9, False), (11, True)):
        with Home.open(tmp_path / "home", as_of=datetime(2026, 3, 2, hour, 30, tzinfo=UTC)) as home:
            (line, _) = home.interactions().result.lines
            assert (line.outcome == "abandoned", line.duration_s == 3600) == (known, known)


HEAD = "message_id,identity,at,channel,touchpoint,kind,case_id,motive,agent,team,wait_s,duration_s"
TALK = "c1,user:a,2026-03-02T09:00:00Z,phone,phone,contact,1,net,ann,desk,900,600"


@pytest.mark.parametrize(
    ("minute", "waited", "met", "words"),
    [(5, 300.0, 0, 0), (15, 900.0, 1, 0), (20, 900.0, 1, 0), (25, 900.0, 1, 1)],
)
def test_the_last_contact_of_all_is_told_as_far_as_it_has_come(
    tmp_path: Path, minute: int, waited: float, met: int, words: int
) -> None:
    """Nothing says when it ended: it waits for 15 minutes, then lasts 10."""
    (tmp_path / "one.csv").write_text(f"{HEAD},text\n{TALK},Plus rien ne marche\n")
    with verite.create(tmp_path / "home") as home:
        home.listen(tmp_path / "one.csv")
    then = datetime(2026, 3, 2, 9, minute, tzinfo=UTC)
    with Home.open(tmp_path / "home", as_of=then) as home:
        found = home.customer("user:a").result
    assert (found.effort.wait_s, found.effort.agents_reached) == (waited, met)
    assert len(found.story.said) == words
