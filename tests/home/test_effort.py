"""What repetition costs: the parts, the small-n rule, the interactions behind each figure."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import verite
from verite.home import Home
from verite.words.asked import Filters
from verite.words.customer import Mark
from verite.words.effort import EffortLost, LossRow
from verite.words.errors import BadInput
from verite.words.estimate import Status
from verite.words.evidence import Behind, Page
from verite.words.measured import Label

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
HEAD = ("message_id", "identity", "at", "channel", "touchpoint", "kind", "case_id", "motive",
        "agent", "team", "wait_s", "duration_s", "outcome")  # fmt: skip


def write_calls(file: Path, *, north: int = 40, south: int = 3) -> Path:
    """Everybody calls twice within a day; the second call, of 600 s after 60, meets another."""
    with file.open("w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, HEAD, restval="")
        writer.writeheader()
        for team, people in (("north", north), ("south", south)):
            for person in range(people):
                for turn in range(2):
                    at = START + timedelta(days=person % 20, hours=20 * turn)
                    writer.writerow({
                        "message_id": f"{team}{person}-{turn}", "identity": f"user:{team}{person}",
                        "at": at.isoformat(), "channel": "phone", "touchpoint": "hotline",
                        "kind": "contact", "case_id": f"{team}{person}", "motive": "net",
                        "agent": f"{team}-{turn}", "team": team, "wait_s": 60, "duration_s": 600,
                        "outcome": "resolved" if turn else "unresolved",
                    })  # fmt: skip
    return file


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    folder = tmp_path_factory.mktemp("effort")
    with verite.create(folder / "acme", name="Acme") as made:
        made.listen(write_calls(folder / "calls.csv"))
        yield made


def kind(lost: EffortLost, loss: str, *by: str) -> LossRow:
    return next(
        row for row in lost.rows
        if row.loss == loss and tuple(label.value for label in row.by) == by
    )  # fmt: skip


def test_each_second_call_loses_its_wait_and_its_length_once(home: Home) -> None:
    lost = home.effort().result
    everything = kind(lost, "all").spent
    assert (everything.value, everything.n, everything.people) == (43 * 660.0, 43, 43)
    assert kind(lost, "retold").spent.value == 43 * 120.0
    assert kind(lost, "repeat").spent.value == 43 * 540.0
    assert kind(lost, "all").paid.value == 43 * 600.0


def test_money_is_paid_time_at_the_supposed_cost_and_the_note_says_so(home: Home) -> None:
    answer = home.effort()
    value, low, high = kind(answer.result, "all").money(answer.result.cost_per_minute)
    assert value == pytest.approx(43 * 10 * 0.75)
    assert low is not None and high is not None and low < value < high  # noqa: PT018
    assert any("supposée coûter 0,75\xa0€" in note for note in answer.notes("fr"))


def test_an_interval_is_that_of_a_compound_poisson_total(home: Home) -> None:
    spent = kind(home.effort().result, "all").spent
    assert spent.high - spent.value == pytest.approx(1.959964 * 660 * 43**0.5, rel=1e-6)


def test_few_people_are_hidden_and_so_is_what_would_give_them_away(home: Home) -> None:
    lost = home.effort(by=("team",)).result
    assert kind(lost, "all", "south").spent.status is Status.HIDDEN
    assert kind(lost, "all", "north").spent.status is Status.HIDDEN


def test_a_company_says_what_its_minute_costs(home: Home) -> None:
    with (home.path / "verite.toml").open("a", encoding="utf-8") as file:
        file.write('\n[effort]\ncost_per_minute = 2\ncurrency = "CHF"\n')
    with Home.open(home.path) as again:
        lost = again.effort().result
    assert (lost.cost_per_minute, lost.currency, lost.is_supposed) == (2.0, "CHF", False)
    assert kind(lost, "all").money(2.0)[0] == pytest.approx(43 * 20)


def test_a_figure_rests_on_exactly_the_interactions_it_counts(home: Home) -> None:
    figure = Behind(metric="effort.repeat", by=(Label(dimension="team", value="north"),))
    found = home.interactions(page=Page(behind=figure)).result
    assert found.total == 40
    assert {line.outcome for line in found.lines} == {"resolved"}


def test_a_period_counts_what_happened_in_it_knowing_what_came_before(home: Home) -> None:
    late = Filters(since=START + timedelta(hours=19), until=START + timedelta(hours=21))
    behind = Page(behind=Behind(metric="effort.repeat", by=()))
    assert home.interactions(where=late, page=behind).result.total == 3


def test_under_five_times_or_people_no_count_is_told_and_none_is_nought(home: Home) -> None:
    late = Filters(since=START + timedelta(hours=19), until=START + timedelta(hours=21))
    answer = home.effort(where=late)
    happened = {one.mark: (one.n, one.people) for one in answer.result.happened}
    assert happened[Mark.REPEAT] == happened[Mark.RETOLD] == (None, None)
    assert happened[Mark.ABANDONED] == (0, 0)
    told = {one["mark"]: one["n"] for one in answer.json("en")["happened"]}
    assert (told["repeat"], told["abandoned"]) == (None, 0)


@pytest.mark.parametrize(("people", "counted"), [(4, None), (5, 5)])
def test_a_change_of_channel_is_counted_from_five_on(
    tmp_path: Path, people: int, counted: int | None
) -> None:
    rows = [
        f"{person}-{channel},user:{person},{(START + timedelta(hours=hour)).isoformat()},{channel},"
        f"contact,case-{person},net"
        for person in range(people)
        for hour, channel in ((0, "chat"), (2, "phone"))
    ]
    (tmp_path / "rows.csv").write_text(
        "\n".join(["message_id,identity,at,channel,kind,case_id,motive", *rows])
    )
    with verite.create(tmp_path / "acme") as made:
        made.listen(tmp_path / "rows.csv")
        (switch,) = made.effort().result.switches
    assert (switch.source, switch.target) == ("chat", "phone")
    assert (switch.count, switch.by_customer) == (counted, counted)


def test_agents_are_never_told_apart(home: Home) -> None:
    with pytest.raises(BadInput) as refused:
        home.effort(by=("agent",))
    assert refused.value.code == "effort_by_agent"


def test_no_repetition_is_said_plainly(tmp_path: Path) -> None:
    with verite.create(tmp_path / "acme") as empty:
        assert empty.effort().sentence("fr") == "Aucune répétition."


def test_an_unknown_setting_is_refused_by_its_name(tmp_path: Path) -> None:
    verite.create(tmp_path / "acme").close()
    with (tmp_path / "acme" / "verite.toml").open("a", encoding="utf-8") as file:
        file.write("\n[effort]\ncost = 2\n")
    with Home.open(tmp_path / "acme") as home, pytest.raises(BadInput) as refused:
        home.effort()
    assert (refused.value.code, refused.value.fields["name"]) == ("unknown_setting", "cost")


def test_what_no_source_gives_the_length_of_is_unknown_not_nothing(tmp_path: Path) -> None:
    file = write_calls(tmp_path / "calls.csv")
    text = file.read_text(encoding="utf-8").replace(",60,600,", ",,,")
    file.write_text(text, encoding="utf-8")
    with verite.create(tmp_path / "acme") as home:
        home.listen(file)
        answer = home.effort()
    repeat = kind(answer.result, "repeat").spent
    assert (repeat.value, repeat.n, repeat.status) == (None, 43, Status.UNKNOWN)
    assert any(": 43 ;" in note.replace("\u202f", " ") for note in answer.notes("fr"))
