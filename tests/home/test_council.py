"""Figures per agent: closed, opened by a record, closed again; no name under thirty."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import verite
from verite.home import Home
from verite.words.asked import Filters
from verite.words.council import Consulted
from verite.words.errors import WrongUse
from verite.words.evidence import Behind, Page
from verite.words.measured import Label
from verite.words.member import console

AT = datetime(2026, 6, 1, tzinfo=UTC)
TOLD = Consulted(consulted_on=date(2026, 1, 5), informed_on=date(2026, 1, 9))
ANSWERS = {"ana": 40, "ben": 35, "cleo": 12, "dan": 8}
HEAD = "message_id,identity,at,channel,touchpoint,kind,agent,metric,score,scale_min,scale_max"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Home]:
    """Four agents, two of them with few answers."""
    rows = [HEAD]
    for agent, answers in ANSWERS.items():
        rows += [
            f"{agent}{n},user:{agent}-{n},2026-03-03T09:00:00Z,phone,advisor,feedback,{agent},"
            f"csat,{4 + n % 2},1,5"
            for n in range(answers)
        ]
    file = tmp_path / "answers.csv"
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    with verite.create(tmp_path / "h") as home:
        home.listen(file)
        yield home


def shown(home: Home) -> list[str]:
    rows = home.measure("csat", by=("agent",)).result.rows
    return [label.value for row in rows for label in row.by]


def test_an_agent_is_asked_for_in_vain_until_a_record_is_in_force(house: Home) -> None:
    with pytest.raises(WrongUse, match="agent_figures_off"):
        shown(house)
    house.record_council(TOLD, by=console("cli"), at=AT)
    assert shown(house) == ["ana", "ben"]
    house.withdraw_council(by=console("cli"), at=AT)
    with pytest.raises(WrongUse, match="agent_figures_off"):
        shown(house)


def test_agents_under_thirty_are_counted_not_named(house: Home) -> None:
    house.record_council(TOLD, by=console("cli"), at=AT)
    told = house.measure("csat", by=("agent",)).notes("en")
    assert "2 agents with under 30 answers or contacts are neither named nor detailed." in told


def test_a_single_agent_left_out_takes_the_smallest_other_along(
    house: Home, tmp_path: Path
) -> None:
    file = tmp_path / "more.csv"
    rows = [
        f"more{n},user:more-{n},2026-03-04T09:00:00Z,phone,advisor,feedback,cleo,csat,5,1,5"
        for n in range(40)
    ]
    file.write_text("\n".join([HEAD, *rows]) + "\n", encoding="utf-8")
    house.listen(file)
    house.record_council(TOLD, by=console("cli"), at=AT)
    assert shown(house) == ["cleo", "ana"]


@pytest.mark.parametrize(("agent", "code"), [("ana", None), ("dan", "agent_too_few")])
def test_the_interactions_behind_an_agent_obey_the_same_rule(
    house: Home, agent: str, code: str | None
) -> None:
    behind = Behind(metric="csat", by=(Label(dimension="agent", value=agent),))
    page = Page(behind=behind)
    with pytest.raises(WrongUse, match="agent_figures_off"):
        house.interactions(where=Filters(), page=page)
    house.record_council(TOLD, by=console("cli"), at=AT)
    if code is None:
        assert house.interactions(page=page).result.total == ANSWERS[agent]
        return
    with pytest.raises(WrongUse, match=code):
        house.interactions(page=page)


def test_the_sentence_says_since_when_and_by_whom(house: Home) -> None:
    assert "Nothing is computed per agent" in house.council().sentence("en")
    answer = house.record_council(TOLD, by=console("cli"), at=AT)
    assert answer.sentence("en").replace("\u00a0", " ") == (
        "Figures per agent are open: works council consulted on 5 Jan 2026, "
        "staff informed on 9 Jan 2026; recorded by cli."
    )
    assert answer.json()["agent_figures"] is True


def test_no_sentence_ranks_agents(house: Home) -> None:
    house.record_council(TOLD, by=console("cli"), at=AT)
    told = house.measure("csat", by=("agent",)).sentence("en")
    assert "in no ranking" in told
    assert "ana" not in told
