"""Stories listed, and people found: the list and the page of one customer agree."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.web.storied import AT, write_stories

from verite.home import Home
from verite.home.matching import match_people
from verite.home.one_customer import read_customer
from verite.home.story_list import list_stories
from verite.loop.listen import Request
from verite.words.customer import read_person
from verite.words.stories import StoriesAsked, StoryOrder, StoryState

EVERYTHING = StoriesAsked(days=0, state=StoryState.ALL, limit=100)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    folder = tmp_path_factory.mktemp("stories")
    file = write_stories(folder / "s.csv")
    with Home.create(folder / "home") as made:
        made.listen_to(Request(files=(file,)), at=AT)
        yield made


def test_every_listed_story_costs_what_its_page_says(home: Home) -> None:
    for line in list_stories(home.desk, EVERYTHING).lines:
        key = read_person(line.person)
        assert key is not None
        effort = read_customer(home, key, line.case_id).effort
        listed = (line.contacts, line.wait_s, line.failed_transfers, line.abandoned, line.resolved)
        assert listed == (
            effort.contacts, effort.wait_s, effort.failed_transfers, effort.abandoned,
            effort.resolved,
        ), line.case_id  # fmt: skip


def test_open_stories_come_first_then_those_that_waited_most(home: Home) -> None:
    lines = list_stories(home.desk, EVERYTHING).lines
    assert [line.case_id for line in lines[:2]] == ["T0900001", "T0000777"]
    rest = [line.wait_s for line in lines[2:]]
    assert rest == sorted(rest, reverse=True)


def test_pages_put_together_make_the_whole_list(home: Home) -> None:
    for order in StoryOrder:
        whole = list_stories(home.desk, StoriesAsked(days=0, state=StoryState.ALL, order=order,
                                                     limit=100))  # fmt: skip
        parts = [
            line.case_id
            for offset in range(0, whole.total, 10)
            for line in list_stories(
                home.desk,
                StoriesAsked(days=0, state=StoryState.ALL, order=order, limit=10, offset=offset),
            ).lines
        ]
        assert parts == [line.case_id for line in whole.lines]
        assert whole.total == 33


def test_a_period_keeps_the_stories_that_moved_in_it(home: Home) -> None:
    month = list_stories(home.desk, StoriesAsked(days=28, state=StoryState.ALL, limit=100))
    assert "T0000009" not in {line.case_id for line in month.lines}
    assert month.open == 2


def test_an_empty_home_lists_nothing(tmp_path: Path) -> None:
    with Home.create(tmp_path / "empty") as home:
        assert list_stories(home.desk, EVERYTHING).total == 0
        assert match_people(home.desk, "anybody", widely=True) == ()


def test_a_shown_id_finds_its_customer(home: Home) -> None:
    shown = match_people(home.desk, "user:seed-001", widely=False)[0].person
    found = match_people(home.desk, shown, widely=False)
    assert [(match.person, match.by) for match in found] == [(shown, "person")]


def test_a_beginning_tells_e_mails_only_to_who_may_see_them(home: Home) -> None:
    assert match_people(home.desk, "lea.m", widely=False) == ()
    assert match_people(home.desk, "email:lea.m", widely=False) == ()
    assert len(match_people(home.desk, "lea.m", widely=True)) == 1
    assert match_people(home.desk, "lea", widely=True) == ()
